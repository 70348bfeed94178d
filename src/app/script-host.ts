import { describeFailure } from "./describe-failure.ts";
import { fileUrl } from "./installation.ts";
import type { HostMessage, RunRequest } from "./script-messages.ts";
import { registerScriptHooks } from "./script-register.ts";
import { beginScript } from "./script/context.ts";
// Loaded before a script asks for it: a host that waits for an edit is then ready to run it.
import "../index.ts";

/**
 * Entry point of the child process that scripts run in. It waits for requests, one script after another; each script
 * is imported once, as a module of its own.
 */
registerScriptHooks();

process.on("message", (request: RunRequest) => void run(request));
send({ type: "ready" });

async function run(request: RunRequest): Promise<void> {
  process.argv.splice(1, process.argv.length, request.as, ...request.arguments);
  beginScript({
    script: request.as,
    scratch: request.scratch,
    openTest: request.openTest,
    report: (report) => send({ type: "report", report }),
  });
  if (request.last) {
    process.removeAllListeners("message");
    process.channel?.unref();
  }
  try {
    await import(fileUrl(request.file));
    send({ type: "done", error: null });
  } catch (error) {
    const failure = describeFailure(error, request.file);
    console.error(failure.text);
    process.exitCode = 1;
    send({ type: "done", error: failure });
  }
}

function send(message: HostMessage): void {
  process.send?.(message);
}
