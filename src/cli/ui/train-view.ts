import type { TrainEvent } from "../../core/events.ts";
import { metrics, type MetricName } from "../../core/metrics.ts";
import {
  checksFact,
  columnFacts,
  dataFact,
  limitsLine,
  rowsFact,
  targetFact,
} from "./data-facts.ts";
import { truncate, wrap } from "./display-width.ts";
import { factLines, textColumn, type Fact } from "./facts.ts";
import { LiveRegion } from "./live-region.ts";
import { formatClock } from "./number-format.ts";
import { runPath } from "./next-steps.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";
import { progressLines, progressText, type BestSoFar, type Progress } from "./progress.ts";

/** What follows a training run while it goes on. */
export interface TrainView {
  event(event: TrainEvent): void;
  /** The first Ctrl-C was heard. */
  interrupted(): void;
  /** Takes away what is only good while it runs. */
  close(): void;
}

interface ViewOptions {
  readonly output: Output;
  /** Seconds, monotonic. */
  readonly clock: () => number;
  readonly familyLabel: (name: string) => string;
  /** Where a run's folder is told from. */
  readonly workingDirectory: string;
}

/** Frames a second of the progress bar, and seconds between progress lines where there is no terminal. */
const frames = 4;
const heartbeat = 10;

/** Facts before the training, a live bar on a terminal, plain lines elsewhere; all of it progress, none of it result. */
export class ProgressView implements TrainView {
  readonly #output: Output;
  readonly #clock: () => number;
  readonly #familyLabel: (name: string) => string;
  readonly #workingDirectory: string;
  readonly #region: LiveRegion;
  #textColumn = textColumn("");
  #knowsData = false;
  #progress: Progress | null = null;
  /** What the clock said when the engine's elapsed time was 0. */
  #start = 0;
  #lastLine = 0;
  #closing: string | null = null;
  #givesBack = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ViewOptions) {
    this.#output = options.output;
    this.#clock = options.clock;
    this.#familyLabel = options.familyLabel;
    this.#workingDirectory = options.workingDirectory;
    this.#region = new LiveRegion(options.output);
  }

  event(event: TrainEvent): void {
    switch (event.type) {
      case "data-read": {
        const fact = dataFact(event);
        this.#knowsData = true;
        this.#textColumn = textColumn(fact.label);
        this.#output.write("\n");
        return this.#facts([fact]);
      }
      case "target":
        return this.#facts([targetFact(event)]);
      case "columns":
        return this.#facts(columnFacts(event.columns, this.#output.width() - this.#textColumn));
      case "checks": {
        const fact = checksFact(event.checks);
        return this.#facts(fact ? [fact] : []);
      }
      case "split":
        return this.#facts([rowsFact(event)]);
      case "started":
        return this.#started(event);
      case "trial-started":
        return this.#at(event.elapsed, {});
      case "trial":
        return this.#trial(event);
      case "best":
        return this.#best(event);
      case "stopping":
        return this.#stopping(event);
      case "finished":
        return this.#finished();
    }
  }

  interrupted(): void {
    this.#say("  Stopping: what is finished is kept.\n  Ctrl-C again ends at once.\n");
  }

  close(): void {
    clearInterval(this.#timer);
    this.#region.clear();
    this.#progress = null;
  }

  /** Draws the current frame; for the timer and for tests. */
  draw(): void {
    if (!this.#output.isTerminal || !this.#progress) return;
    const elapsed = this.#clock() - this.#start;
    const now = { ...this.#progress, elapsed: Math.max(this.#progress.elapsed, elapsed) };
    const width = this.#output.width();
    this.#region.draw(
      this.#closing === null ? progressLines(now, width) : [truncate(this.#closing, width - 1)],
    );
  }

  #facts(facts: readonly Fact[]): void {
    const lines = facts.flatMap((fact) => {
      const [first = "", ...rest] = factLines(fact, this.#textColumn, this.#output.width());
      // What is predicted is the one guess that must not be overlooked.
      return [fact.label === "target" ? this.#output.paint.bold(first) : first, ...rest];
    });
    this.#output.write(lines.map((line) => `${line}\n`).join(""));
  }

  #say(text: string): void {
    if (this.#output.isTerminal) this.#region.print(text);
    else this.#output.write(text);
  }

  #started(event: Extract<TrainEvent, { type: "started" }>): void {
    // A run that is resumed does not tell its data again.
    if (!this.#knowsData) {
      const path = runPath(event.directory, this.#workingDirectory);
      this.#facts([{ label: "run", lines: [`${printable(path)}, from its journal`] }]);
    }
    const limits = wrap(limitsLine(event), this.#output.width() - 3);
    this.#output.write(`\n${limits.map((line) => `  ${line}\n`).join("")}\n`);
    this.#start = this.#clock();
    this.#progress = {
      metric: event.metric,
      seconds: event.seconds,
      trials: event.trials,
      elapsed: 0,
      done: 0,
      failed: 0,
      best: null,
    };
    if (!this.#output.isTerminal) return;
    this.draw();
    this.#timer = setInterval(() => this.draw(), 1000 / frames);
    this.#timer.unref();
  }

  /** Takes over new facts at the engine's elapsed time. */
  #at(elapsed: number, change: Partial<Progress>): void {
    if (!this.#progress) return;
    this.#start = this.#clock() - elapsed;
    this.#progress = { ...this.#progress, ...change, elapsed };
  }

  #trial(event: Extract<TrainEvent, { type: "trial" }>): void {
    const progress = this.#progress;
    const { status } = event.trial;
    if (!progress || status === "skipped") return;
    const fine = status === "completed" || status === "pruned";
    this.#at(event.elapsed, {
      done: progress.done + 1,
      failed: progress.failed + (fine ? 0 : 1),
    });
    if (event.elapsed - this.#lastLine >= heartbeat) this.#line(event.elapsed);
  }

  #best(event: Extract<TrainEvent, { type: "best" }>): void {
    if (!this.#progress) return;
    const { metric, best } = this.#progress;
    const next: BestSoFar = {
      id: event.id,
      label: this.#familyLabel(event.family),
      score: event.score,
      standardError: event.standardError,
      since: event.elapsed,
      withinNoise: best !== null && isSmallGain(metric, best, event),
    };
    this.#at(event.elapsed, { best: next });
    this.#line(event.elapsed);
    // The first ranked model is worth a frame of its own.
    if (best === null) this.draw();
  }

  /** One progress line where there is no terminal to draw on. */
  #line(elapsed: number): void {
    if (this.#output.isTerminal || !this.#progress) return;
    this.#lastLine = elapsed;
    this.#output.write(`  ${progressText(this.#progress)}\n`);
  }

  #stopping(event: Extract<TrainEvent, { type: "stopping" }>): void {
    const reason = printable(event.reason).replace(/\.$/, "");
    // What is left when the budget is used, or when the user stops it, is not given back by us.
    this.#givesBack = !/budget|interrupted/.test(reason);
    const text = `Stopped searching after ${formatClock(event.elapsed)}: ${reason}.`;
    const lines = wrap(text, this.#output.width() - 3).map((line) => `  ${line}\n`);
    this.#say(`${this.#output.isTerminal ? "" : "\n"}${lines.join("")}`);
    this.#closing = "  Fitting the best on all rows, writing scripts and report.";
    this.draw();
  }

  /** Only now it is known what is left of the budget: models, scripts and report have taken their part. */
  #finished(): void {
    const budget = this.#progress?.seconds ?? null;
    const used = this.#clock() - this.#start;
    const left = budget === null ? 0 : Math.floor(budget - used);
    if (this.#givesBack && left >= 1)
      this.#say(`  ${formatClock(left)} of the budget ${left === 1 ? "is" : "are"} given back.\n`);
    this.close();
  }
}

/** True when the gain over the best before is no larger than the noise of the new score. */
function isSmallGain(
  metric: MetricName,
  before: BestSoFar,
  now: { readonly score: number; readonly standardError: number | null },
): boolean {
  const sign = metrics[metric].higherIsBetter ? -1 : 1;
  return now.standardError !== null && sign * (before.score - now.score) < now.standardError;
}

/** One JSON object per line on stdout: the events as they are. */
export class JsonView implements TrainView {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  event(event: TrainEvent): void {
    this.#output.write(`${JSON.stringify(event)}\n`);
  }

  interrupted(): void {}
  close(): void {}
}

/** Says nothing. */
export const silentView: TrainView = {
  event: () => {},
  interrupted: () => {},
  close: () => {},
};
