import { AutomlError } from "../core/errors.ts";
import { describeFailure, scriptHint } from "./describe-failure.ts";
import { compiledModule, fileUrl } from "./installation.ts";
import type { HostMessage, RunRequest } from "./script-messages.ts";
import { registerScriptHooks } from "./script-register.ts";
import { asksForTest, beginScript } from "./script/context.ts";

/**
 * Entry point of the child process that scripts run in. It waits for requests, one script after another; each script
 * is imported once, as a module of its own.
 */
const ready = prepare();
process.on("message", (request: RunRequest) => void run(request));

/** The script that was asked for last, and whether it has not come to its end. */
let script = "";
let isRunning = false;

// Timers and promises that nobody waits for fail outside of the import.
process.on("uncaughtException", (error) => tell(error, () => process.exit(1)));
// Nothing is left that could settle what the script waits for.
process.on("beforeExit", () => {
  if (isRunning) tell(unfinished("The script waits for something that never comes."));
});
process.on("exit", (code) => {
  if (!isRunning || code === 0) return;
  const error = unfinished(`The script ended its process with exit code ${code}.`);
  console.error(describeFailure(error, script).text);
});

/**
 * Loads the package before a script asks for it, so that a host that waits for an edit is ready to run it; and before
 * the hooks are there, because every module that passes through them takes a detour through another thread.
 */
async function prepare(): Promise<void> {
  await import(compiledModule("index").href);
  registerScriptHooks();
}

async function run(request: RunRequest): Promise<void> {
  const { file, as, scratch, openTest, quiet, last } = request;
  script = file;
  isRunning = true;
  process.argv.splice(1, process.argv.length, as, ...request.arguments);
  beginScript({
    script: as,
    scratch,
    openTest: openTest || asksForTest(),
    quiet,
    report: (report) => send({ type: "report", report }),
  });
  if (last) {
    // The process ends by itself when the script has nothing left to do.
    process.removeAllListeners("message");
    process.channel?.unref();
  }
  try {
    await ready;
    await import(fileUrl(file));
    isRunning = false;
    send({ type: "done", error: null });
  } catch (error) {
    tell(error);
  }
}

function unfinished(message: string): AutomlError {
  return new AutomlError("AUTOML_SCRIPT_FAILED", message, { hint: scriptHint });
}

/** Says on stderr and to the process that asked why the script failed. */
function tell(error: unknown, then: () => void = () => {}): void {
  isRunning = false;
  const { text, ...failure } = describeFailure(error, script);
  console.error(text);
  process.exitCode = 1;
  send({ type: "done", error: failure }, then);
}

function send(message: HostMessage, then: () => void = () => {}): void {
  if (process.send === undefined) then();
  else process.send(message, then);
}
