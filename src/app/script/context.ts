import { dirname, resolve } from "node:path";
import type { Table } from "../../core/table.ts";
import type { FitSession } from "../../ensemble/fit-session.ts";
import { visibleName } from "../../report/names.ts";
import type { AnySpec } from "./same-trial.ts";
import type { ScriptReport } from "./script-report.ts";

/** What a script's building blocks have to know about the script they are called from. */
export interface ScriptContext {
  /** The script's own file; null in a notebook. */
  readonly script: string | null;
  /** Folder that the script's relative paths start from. */
  readonly folder: string;
  /** Folder that everything is written to instead of the run: nothing of the run may change. Null: write as asked. */
  readonly scratch: string | null;
  /** The person running the script asked for the test part. */
  readonly openTest: boolean;
  /** Results are not printed: whoever listens to the reports shows them in another way. */
  readonly quiet: boolean;
  /** Where results go besides the terminal: the process that runs the script listens. */
  readonly report: (report: ScriptReport) => void;
  /** Notes printed so far; each is printed once. */
  readonly notes: Set<string>;
  /** Id of the trial that the script says it was made for, once it has said so. */
  recordedTrial: string | null;
  /** The script's edit, once it is recorded. */
  edit: RecordedEdit | null;
  /** What was prepared for each table; forgotten with the script. */
  readonly sessions: WeakMap<Table, FitSession>;
  /** Paths the script gave for its data, as it wrote them. */
  readonly dataPaths: Set<string>;
}

/** An edit that is on the leaderboard of its run. */
export interface RecordedEdit {
  readonly id: string;
  readonly folder: string;
  readonly spec: AnySpec;
}

/** One script runs in a process at a time: there is one context, replaced when the next script begins. */
let current: ScriptContext | undefined;

/** The context of the script this process runs; of the process itself when nothing began one. */
export function scriptContext(): ScriptContext {
  current ??= contextOfProcess();
  return current;
}

/** Begins a script: what was noted for the one before is forgotten. */
export function beginScript(options: {
  readonly script: string;
  readonly scratch?: string | null;
  readonly openTest?: boolean;
  readonly quiet?: boolean;
  readonly report?: (report: ScriptReport) => void;
}): void {
  const script = resolve(options.script);
  current = {
    script,
    folder: dirname(script),
    scratch: options.scratch ?? null,
    openTest: options.openTest ?? false,
    quiet: options.quiet ?? false,
    report: options.report ?? (() => undefined),
    notes: new Set(),
    recordedTrial: null,
    edit: null,
    sessions: new WeakMap(),
    dataPaths: new Set(),
  };
}

/** Says something about the data or the trial on stderr, once per script. */
export function note(text: string): void {
  const { notes } = scriptContext();
  if (notes.has(text)) return;
  notes.add(text);
  console.error(`  note  ${visibleName(text)}`);
}

/**
 * The script is the file Node was started with. Kernels of notebooks are started with something else, and their
 * working directory is the notebook's folder. `import.meta` would not do: Deno's kernel has none.
 */
function contextOfProcess(): ScriptContext {
  const file = process.argv[1];
  const isScript = file !== undefined && /\.[cm]?[jt]s$/.test(file) && !inNotebook();
  return {
    script: isScript ? resolve(file) : null,
    folder: isScript ? dirname(resolve(file)) : process.cwd(),
    scratch: null,
    openTest: asksForTest(),
    quiet: false,
    report: () => undefined,
    notes: new Set(),
    recordedTrial: null,
    edit: null,
    sessions: new WeakMap(),
    dataPaths: new Set(),
  };
}

/** True when the test part is asked for where the script was started: `npx tsx trial.ts --test`. */
export function asksForTest(): boolean {
  return process.argv.includes("--test") || (process.env["AUTOML_OPEN_TEST"] ?? "") !== "";
}

/** True inside a Deno Jupyter kernel. */
function inNotebook(): boolean {
  return denoJupyter() !== undefined;
}

interface DenoJupyter {
  broadcast(type: string, content: object): Promise<void> | undefined;
}

/** Deno's notebook interface, when this is its kernel. */
export function denoJupyter(): DenoJupyter | undefined {
  const deno: unknown = Reflect.get(globalThis, "Deno");
  if (typeof deno !== "object" || deno === null) return undefined;
  try {
    // Outside a kernel the getter is missing or throws.
    const jupyter: unknown = Reflect.get(deno, "jupyter");
    return typeof jupyter === "object" && jupyter !== null ? (jupyter as DenoJupyter) : undefined;
  } catch {
    return undefined;
  }
}
