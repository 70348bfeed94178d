import { CommanderError } from "commander";
import { AutomlError } from "../core/errors.ts";
import { exitCodes, type Cli } from "./cli.ts";
import { wrap } from "./ui/display-width.ts";
import { printableLines } from "./ui/printable.ts";

/** A command of ours inside a sentence. The library's hints are written for everybody and say `automl runs`. */
const ownCommand =
  /(?<![\w./-])(?:npx )?automl (?=(?:train|explore|run|verify|resume|report|restore|predict|runs)\b)/g;

/** Prints what went wrong with `automl <command>` on stderr and returns the exit code it means. */
export function reportFailure(failure: unknown, command: string | null, cli: Cli): number {
  // Help and version are "errors" of commander that are none.
  if (failure instanceof CommanderError && failure.exitCode === 0) return exitCodes.done;
  const error = asAutomlError(failure, command, cli);
  if (cli.json) cli.out.write(jsonLine(error, cli));
  if (error.code === "AUTOML_INTERRUPTED") {
    cli.err.write(`\n  ${printableLines(error.message)}\n`);
    return exitCodes.interrupted;
  }
  cli.err.write(describe(error, cli));
  if (error.code === "AUTOML_INTERNAL" && error.cause instanceof Error)
    cli.err.write(`${cli.err.paint.dim(printableLines(error.cause.stack ?? ""))}\n`);
  return error.code === "AUTOML_OPTION_INVALID" ? exitCodes.usage : exitCodes.failed;
}

/** The last line on stdout with `--json`. */
function jsonLine(error: AutomlError, cli: Cli): string {
  const { code, message } = error;
  return `${JSON.stringify({ type: "error", code, message, hint: hintOf(error, cli) })}\n`;
}

/** The hint, with the lines to paste in it as this program is called here. */
function hintOf(error: AutomlError, cli: Cli): string | null {
  return error.hint?.replace(ownCommand, `${cli.command} `) ?? null;
}

/** "error CODE  message", the hint below it, both wrapped and indented. */
function describe(error: AutomlError, cli: Cli): string {
  const { paint } = cli.err;
  const head = `  error ${error.code}  `;
  const indent = " ".repeat(8);
  const room = cli.err.width() - indent.length - 1;
  const [first = "", ...rest] = paragraphs(`${head.trimStart()}${error.message}`, room);
  const more = [...rest, ...paragraphs(hintOf(error, cli) ?? "", room)].filter(
    (line) => line !== "",
  );
  const painted = first.replace(/^error \S+/, (text) => paint.bad(text));
  return `\n${[`  ${painted}`, ...more.map((line) => indent + line)].join("\n")}\n`;
}

function paragraphs(text: string, room: number): string[] {
  return printableLines(text)
    .split("\n")
    .flatMap((line) => wrap(line, room));
}

function asAutomlError(failure: unknown, command: string | null, cli: Cli): AutomlError {
  if (failure instanceof AutomlError) return failure;
  if (failure instanceof CommanderError) return usageError(failure, command, cli);
  return new AutomlError(
    "AUTOML_INTERNAL",
    failure instanceof Error ? failure.message : String(failure),
    {
      hint: "This is a defect of glassbox-automl. Please report it with the lines below.",
      cause: failure,
    },
  );
}

/** What commander says about a command line it cannot take, in our words and with the nearest name. */
function usageError(failure: CommanderError, command: string | null, cli: Cli): AutomlError {
  const [text = "", suggestion] = failure.message.replace(/^error: /, "").split("\n");
  const nearest = /\(Did you mean (.+)\?\)/.exec(suggestion ?? "")?.[1];
  const message = `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replaceAll("'", '"');
  const pattern =
    failure.code === "commander.excessArguments" && /^(train|explore|predict)$/.test(command ?? "")
      ? `Several files are read as one table by a pattern in quotes: ${cli.command} ${command} 'data-*.csv'.\n`
      : "";
  const help =
    command === null
      ? `${cli.command} --help lists the commands.`
      : `${cli.command} ${command} --help lists the options.`;
  return new AutomlError("AUTOML_OPTION_INVALID", message, {
    hint: nearest === undefined ? `${pattern}${help}` : `Did you mean "${nearest}"?\n${help}`,
    cause: failure,
  });
}
