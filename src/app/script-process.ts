import { spawn, type ChildProcess } from "node:child_process";
import { AutomlError } from "../core/errors.ts";
import { compiledFile } from "./installation.ts";
import type { HostMessage, RunRequest, ScriptFailure } from "./script-messages.ts";
import type { ScriptReport } from "./script/script-report.ts";

/** How a script ended. */
export interface ScriptOutcome {
  /** 0: it ran to its end. */
  readonly exitCode: number;
  /** The signal that ended its process; null when it ended by itself. */
  readonly signal: string | null;
  readonly reports: readonly ScriptReport[];
  readonly failure: ScriptFailure | null;
  /** What it printed; empty when its output went to the terminal. */
  readonly output: string;
}

type Ended = Pick<ScriptOutcome, "exitCode" | "signal">;

/**
 * A child process that runs scripts, one after another. It loads the package while it waits, so the time from asking
 * to the first line of the script is a few milliseconds.
 */
export class ScriptProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<Ended>;
  #alive = true;
  #output = "";

  /**
   * @param output "terminal": the script prints where this process prints. "collect": what it prints is kept and given
   * back. A function gets what it prints on stdout, while stderr goes to the terminal.
   */
  constructor({ output }: { readonly output: "terminal" | "collect" | ((text: string) => void) }) {
    const stdout = output === "terminal" ? "inherit" : "pipe";
    const stderr = output === "collect" ? "pipe" : "inherit";
    this.#child = spawn(process.execPath, [compiledFile("app/script-host")], {
      stdio: [output === "terminal" ? "inherit" : "ignore", stdout, stderr, "ipc"],
    });
    this.#child.stdout?.setEncoding("utf8");
    this.#child.stderr?.setEncoding("utf8");
    if (typeof output === "function") this.#child.stdout?.on("data", output);
    const keep = (chunk: unknown): void => {
      // The end of a long output is what tells why it failed.
      this.#output = (this.#output + String(chunk)).slice(-20_000);
    };
    this.#child.stdout?.on("data", keep);
    this.#child.stderr?.on("data", keep);
    this.#exited = new Promise((resolve, reject) => {
      this.#child.once("error", (cause) => {
        this.#alive = false;
        reject(
          new AutomlError(
            "AUTOML_SCRIPT_FAILED",
            "A process for the script could not be started.",
            { cause },
          ),
        );
      });
      // "close" comes after all output was read.
      this.#child.once("close", (code, signal) => {
        this.#alive = false;
        resolve({ exitCode: code ?? (signal === "SIGINT" ? 130 : 1), signal });
      });
    });
    this.#exited.catch(() => undefined);
  }

  /** False once the process has ended: a script may end it. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Runs one script to its end. With `last`, until the process has ended as well. */
  async run(request: RunRequest): Promise<ScriptOutcome> {
    const reports: ScriptReport[] = [];
    let failure: ScriptFailure | null = null;
    this.#output = "";
    const done = new Promise<void>((resolve) => {
      this.#child.on("message", (message: HostMessage) => {
        if (message.type === "report") reports.push(message.report);
        if (message.type !== "done") return;
        failure = message.error;
        if (!request.last) resolve();
      });
    });
    if (this.#alive) this.#child.send(request, () => undefined);
    const finished = done.then(() => ({ exitCode: failure === null ? 0 : 1, signal: null }));
    const ended = await Promise.race([finished, this.#exited]);
    this.#child.removeAllListeners("message");
    return { ...ended, reports, failure, output: this.#output };
  }

  /** Ends the process, whatever it is doing. */
  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.#child.kill("SIGKILL");
    await this.#exited;
  }
}
