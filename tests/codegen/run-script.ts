import type { EnsembleSpec, FeatureSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { models, pipeline } from "../../src/models/builders.ts";
import { column } from "../../src/preprocess/features/column.ts";
import { steps } from "../../src/preprocess/steps/build-steps.ts";
import { target } from "../../src/preprocess/target/build-target.ts";

/** What a script did when it ran over building blocks that only remember what they were given. */
export interface ScriptCalls<S = TrialSpec> {
  readonly spec: S;
  readonly recorded: unknown;
  readonly path: string;
  readonly readOptions: {
    readonly sha256: string;
    readonly features: readonly FeatureSpec[];
    readonly also?: readonly FeatureSpec[];
  };
  readonly split: object;
  readonly tuneOptions: { readonly space: object; readonly metric?: string } | null;
  readonly evaluateOptions: { readonly metric?: string } | undefined;
  readonly row: Readonly<Record<string, unknown>> | null;
  readonly printed: readonly unknown[];
}

type Run = (vocabulary: object, console: object) => Promise<void>;
const AsyncFunction = (async () => undefined).constructor as new (...code: string[]) => Run;

const importStatement = /^import \{([^}]*)\} from "glassbox-automl";$/m;

/** Runs a generated script with the real builders and stand-ins for everything that needs data. */
export async function runScript<S extends TrialSpec | EnsembleSpec = TrialSpec>(
  script: string,
): Promise<ScriptCalls<S>> {
  const names = importStatement.exec(script)?.[1] ?? "";
  // The one type annotation a script can hold.
  const code = script
    .replace(importStatement, `const {${names}} = vocabulary;`)
    .replaceAll("<const N extends string>(name: N)", "(name)");
  const calls: Record<string, unknown> = { tuneOptions: null, row: null };
  const remember = (values: object): void => void Object.assign(calls, values);
  const parts = { training: "training", all: "all" };
  const range = {
    log: (low: number, high: number) => ({ low, high }),
    linear: (low: number, high: number) => ({ low, high }),
    int: (low: number, high: number) => ({ low, high }),
  };
  const vocabulary = {
    column,
    models,
    pipeline,
    steps,
    target,
    range,
    defineTrial: (spec: unknown) => spec,
    defineEnsemble: (spec: unknown) => spec,
    readTable: (path: string, readOptions: object) => (remember({ path, readOptions }), {}),
    split: {
      random: (_table: unknown, options: object) => (remember({ split: options }), parts),
      ...Object.fromEntries(
        ["byTime", "byGroup", "byColumn"].map((by) => [
          by,
          (_table: unknown, divided: string, options: object = {}) => (
            remember({ split: { by, column: divided, ...options } }),
            parts
          ),
        ]),
      ),
    },
    tune: (trial: unknown, _table: unknown, _parts: unknown, tuneOptions: object) => {
      remember({ tuneOptions });
      return trial;
    },
    evaluate: (spec: unknown, _table: unknown, _parts: unknown, evaluateOptions?: object) => {
      remember({ spec, evaluateOptions });
      return {};
    },
    explain: { importance: () => ({}) },
    fit: () => ({
      predict: (row: object) => (remember({ row }), 1.5),
      predictTable: () => new Float64Array(9),
    }),
    scoreTest: () => ({}),
    show: () => undefined,
    save: () => undefined,
    record: (_result: unknown, recorded: unknown) => remember({ recorded }),
  };
  const log = (...printed: unknown[]): void => remember({ printed });
  await new AsyncFunction("vocabulary", "console", code)(vocabulary, { log });
  return calls as unknown as ScriptCalls<S>;
}
