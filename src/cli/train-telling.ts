import { AutomlError } from "../core/errors.ts";
import type { RunRecord } from "../core/run-record.ts";
import type { Cli } from "./cli.ts";
import { renderLeaderboard } from "./ui/leaderboard.ts";
import { nameRun, nextSteps } from "./ui/next-steps.ts";
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
  return new ProgressView({ output: cli.err, clock: () => cli.clock(), familyLabel });
}

/** The last of the events, when a run ends with an error; people are told elsewhere. */
export function tellError(error: unknown, telling: Telling, cli: Cli): void {
  if (!telling.json || !(error instanceof AutomlError)) return;
  const { code, message, hint = null } = error;
  cli.out.write(`${JSON.stringify({ type: "error", code, message, hint })}\n`);
}

/** The leaderboard and the next commands, on stdout. */
export function tellResult(
  run: { readonly record: RunRecord; readonly directory: string },
  telling: Telling,
  familyLabel: FamilyLabel,
  cli: Cli,
): void {
  if (telling.json) return;
  const { paint } = cli.out;
  const name = nameRun(run.directory, cli.workingDirectory);
  const failedCommand = `${cli.command} runs${name.usual ? "" : ` ${name.word}`} --failed`;
  const width = cli.out.width();
  const fullWidth = cli.out.fullWidth();
  cli.out.write(
    renderLeaderboard(run.record, { paint, width, fullWidth, familyLabel, failedCommand }),
  );
  cli.out.write(nextSteps(run.record, name, cli.command));
}
