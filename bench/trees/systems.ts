import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import type {
  DataAnswer,
  FitAnswer,
  MemoryAnswer,
  Message,
  PredictAnswer,
  RowsAnswer,
} from "./protocol.ts";

export type SystemName = "ours" | "lightgbm" | "histgb" | "xgboost" | "sklearn";

export const labels: Readonly<Record<SystemName, string>> = {
  ours: "ours",
  lightgbm: "LightGBM",
  histgb: "HistGradientBoosting",
  xgboost: "XGBoost",
  sklearn: "scikit-learn",
};

type Answer<M extends Message> = {
  readonly synthetic: DataAnswer;
  readonly load: DataAnswer;
  readonly fit: FitAnswer;
  readonly predict: PredictAnswer;
  readonly rows: RowsAnswer;
  readonly memory: MemoryAnswer;
}[M["do"]];

/** A system in a process of its own. */
export interface System {
  readonly name: SystemName;
  /** One message at a time. Throws when the process ends without an answer. */
  ask<M extends Message>(message: M): Promise<Answer<M>>;
  stop(): void;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the processes of this run; `close` removes what it left on the disk. */
export class Systems {
  readonly #python: string;
  readonly #dist: string;
  readonly #scratch = mkdtempSync(join(tmpdir(), "automl-trees-"));

  constructor(python: string, dist: string) {
    this.#python = python;
    this.#dist = pathToFileURL(join(dist, "/")).href;
    compileOurs(this.#scratch);
  }

  /** A path for a file that processes are to read. */
  file(name: string): string {
    return join(this.#scratch, name);
  }

  /** Versions of Python and its packages. Throws, saying what to do, when a needed one is missing. */
  versions(needed: readonly SystemName[]): Record<string, string> {
    const python = this.#python;
    const { status, stdout, error } = spawnSync(python, [join(here, "peers.py"), "--check"], {
      encoding: "utf8",
    });
    if (error !== undefined || status !== 0)
      throw new Error(`cannot run ${python}: give a Python 3 with --python`);
    const found = JSON.parse(stdout) as Record<string, string | null>;
    const packages = new Set(["numpy", ...needed.flatMap((name) => packageOf[name] ?? [])]);
    const missing = [...packages].filter((name) => found[name] === null);
    if (missing.length > 0) throw new Error(missingPackages(python, missing));
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, version]) =>
        version === null ? [] : [[name, version]],
      ),
    );
  }

  start(name: SystemName, threads: number): System {
    const command =
      name === "ours"
        ? [process.execPath, this.file("ours.js"), this.#dist, String(threads)]
        : [this.#python, join(here, "peers.py"), name, String(threads)];
    return startProcess(name, command);
  }

  close(): void {
    rmSync(this.#scratch, { recursive: true });
  }
}

const packageOf: Partial<Record<SystemName, string>> = {
  lightgbm: "lightgbm",
  histgb: "sklearn",
  xgboost: "xgboost",
  sklearn: "sklearn",
};

function missingPackages(python: string, missing: readonly string[]): string {
  return [
    `${python} has no ${missing.join(", no ")}. Make a virtual environment and give its Python:`,
    "  python3 -m venv peers && peers/bin/pip install numpy lightgbm scikit-learn xgboost-cpu",
    "  npx tsx bench/trees/run.ts --python peers/bin/python",
    "or leave systems out with --peers.",
  ].join("\n");
}

/** `ours.ts` as JavaScript, because tsx would add a third of the memory that is to be measured. */
function compileOurs(target: string): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const flags = "--ignoreConfig --noCheck --noResolve --rewriteRelativeImportExtensions";
  const settings = `${flags} --target es2023 --module esnext --outDir`.split(" ");
  const sources = ["ours.ts", "synthetic.ts"].map((name) => join(here, name));
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, ...settings, target, ...sources],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`ours.ts does not compile: ${stdout}`);
  writeFileSync(join(target, "package.json"), '{ "type": "module" }\n');
}

function startProcess(name: SystemName, [command = "", ...args]: readonly string[]): System {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new Error(`${name} ended (${signal ?? code})`)));
  });
  // A process that is stopped ends too; who waits for an answer hears of it through the race below.
  ended.catch(() => {});
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    async ask<M extends Message>(message: M): Promise<Answer<M>> {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const next = await Promise.race([lines.next(), ended]);
      if (next.done === true) return ended;
      return JSON.parse(next.value) as Answer<M>;
    },
    stop: () => void child.kill("SIGKILL"),
  };
}
