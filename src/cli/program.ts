import { readFileSync } from "node:fs";
import { Command } from "commander";
import { exitCodes, type Cli } from "./cli.ts";
import { reportFailure } from "./failure.ts";
import { refuseRepeats } from "./flags.ts";

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Adds arguments, options and the action. Loaded only when the command is called. */
  readonly load: () => Promise<(command: Command, cli: Cli) => void>;
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: "train",
    summary: "find good models for a table; a script and a notebook for each, and a report",
    load: async () => (await import("./commands/train.ts")).registerTrain,
  },
  {
    name: "explore",
    summary: "look at a table without training: types with reasons, findings, a page, a script",
    load: async () => (await import("./commands/explore.ts")).registerExplore,
  },
  {
    name: "run",
    summary: "run a generated or edited script and record its result in its run",
    load: async () => (await import("./commands/run.ts")).registerRun,
  },
  {
    name: "verify",
    summary: "run every trial's script again and compare with the recorded scores",
    load: async () => (await import("./commands/verify.ts")).registerVerify,
  },
  {
    name: "resume",
    summary: "go on with an interrupted or finished run",
    load: async () => (await import("./commands/resume.ts")).registerResume,
  },
  {
    name: "report",
    summary: "rebuild run.json and the report, edits included; several runs are compared",
    load: async () => (await import("./commands/report.ts")).registerReport,
  },
  {
    name: "restore",
    summary: "print a trial's original script again",
    load: async () => (await import("./commands/restore.ts")).registerRestore,
  },
  {
    name: "predict",
    summary: "predict the rows of a new file",
    load: async () => (await import("./commands/predict.ts")).registerPredict,
  },
  {
    name: "runs",
    summary: "list runs and their best scores",
    load: async () => (await import("./commands/runs.ts")).registerRuns,
  },
];

/** The version in package.json, which lies two folders above both `src/cli/` and `dist/cli/`. */
function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** The program with all commands named and those in `needed` complete: the help of the program needs no more. */
export async function createProgram(cli: Cli, needed: readonly string[]): Promise<Command> {
  const program = new Command("automl")
    .description(
      "Glass-box AutoML for regression on tables: every model comes with its source code.",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.out.write(text),
      writeErr: (text) => cli.err.write(text),
      // Errors are printed in one place, for all commands: failure.ts.
      outputError: () => {},
      getOutHelpWidth: () => cli.out.width(),
      getErrHelpWidth: () => cli.err.width(),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .version(packageVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText(
      "after",
      `\nFirst steps:\n  ${cli.command} train data.csv\n  ${cli.command} report --open`,
    );
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary);
    if (!needed.includes(name)) continue;
    (await load())(command, cli);
    refuseRepeats(command);
  }
  return program;
}

/** Runs one command line (without `node` and the program's name) and returns the exit code. */
export async function runCli(given: readonly string[], cli: Cli): Promise<number> {
  const argv = withHelp(given);
  try {
    const program = await createProgram(cli, argv.slice(0, 1));
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return exitCodes.usage;
    }
    await program.parseAsync(argv, { from: "user" });
    return cli.exitCode;
  } catch (error) {
    // A command line that commander refuses reaches no command: what was asked for is in its words.
    const options = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
    if (options.includes("--json")) cli.json = true;
    const command = commands.find(({ name }) => name === argv[0]);
    return reportFailure(error, command?.name ?? null, cli);
  }
}

/** `automl help train` as `automl train --help`; `automl help` as `automl --help`. */
function withHelp(argv: readonly string[]): readonly string[] {
  const [first, topic] = argv;
  if (first !== "help") return argv;
  if (topic === undefined || topic.startsWith("-")) return ["--help"];
  // What is no command is refused as one.
  return commands.some(({ name }) => name === topic) ? [topic, "--help"] : [topic];
}
