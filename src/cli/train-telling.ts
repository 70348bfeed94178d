import type { RunRecord } from "../core/run-record.ts";
import type { Cli } from "./cli.ts";
import { renderLeaderboard } from "./ui/leaderboard.ts";
import { shellWord } from "../report/commands.ts";
import { nextSteps, runPath } from "./ui/next-steps.ts";
import { JsonView, ProgressView, silentView, type TrainView } from "./ui/train-view.ts";

/** How much of a run is told, and to whom. */
export interface Telling {
  /** Events on stdout for programs, nothing for people. */
  readonly json: boolean;
  readonly quiet: boolean;
}

type FamilyLabel = (name: string) => string;

export function createView(telling: Telling, familyLabel: FamilyLabel, cli: Cli): TrainView {
  if (telling.json) return new JsonView(cli.out);
  if (telling.quiet) return silentView;
  return new ProgressView({
    output: cli.err,
    clock: () => cli.clock(),
    familyLabel,
    workingDirectory: cli.workingDirectory,
  });
}

/** The leaderboard and the next commands, on stdout. */
export function tellResult(
  run: {
    readonly record: RunRecord;
    readonly directory: string;
    readonly interrupted: boolean;
  },
  telling: Telling,
  familyLabel: FamilyLabel,
  cli: Cli,
): void {
  if (telling.json) return;
  const { paint } = cli.out;
  const path = runPath(run.directory, cli.workingDirectory);
  const failedCommand = `${cli.command} runs ${shellWord(path)} --failed`;
  const width = cli.out.width();
  const fullWidth = cli.out.fullWidth();
  cli.out.write(
    renderLeaderboard(run.record, { paint, width, fullWidth, familyLabel, failedCommand }),
  );
  cli.out.write(nextSteps(run, path, cli.command));
}
