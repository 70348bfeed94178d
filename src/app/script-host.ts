import { describeFailure } from "./describe-failure.ts";
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
    send({ type: "done", error: null });
  } catch (error) {
    const { text, ...failure } = describeFailure(error, file);
    console.error(text);
    process.exitCode = 1;
    send({ type: "done", error: failure });
  }
}

function send(message: HostMessage): void {
  process.send?.(message);
}
