import { readFileSync } from "node:fs";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { AutomlError } from "../core/errors.ts";
import type { ModelStructure } from "../models/contract/structure.ts";
import { decodeStructure, encodeStructure } from "../models/predict/structure-codec.ts";
import type { FittedTrial } from "./trial-model.ts";

/** What a saved model says of itself beside the fit. */
export interface ModelNote {
  /** The trial it comes from; null outside a run. */
  readonly trial: string | null;
  /** In words: which rows it was fitted on. */
  readonly fittedOn: string;
}

/** model.json of a fitted trial. Throws AUTOML_CUSTOM_MODEL for a model given as functions. */
export function encodeModel(fitted: FittedTrial, note: ModelNote): string {
  if (fitted.model.kind === "custom") {
    throw new AutomlError(
      "AUTOML_CUSTOM_MODEL",
      "A model given as functions (models.custom) cannot be saved: functions are code, a saved model is data.",
      {
        hint: "Keep the script: it fits the model again. To save, use one of the families under models.",
      },
    );
  }
  const { spec, preparation, steps, target, ranges, rows } = fitted;
  return JSON.stringify({
    kind: "trial-model",
    version: 1,
    trial: note.trial,
    fittedOn: note.fittedOn,
    rows,
    spec,
    preparation,
    steps,
    target,
    ranges,
    structure: encodeStructure(fitted.model.structure),
  });
}

/** Reads what `encodeModel` wrote; predictions are the same to the last bit. AUTOML_MODEL_INVALID otherwise. */
function decodeModel(text: string, source: string): FittedTrial & ModelNote {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(source, "it is not JSON", cause);
  }
  if (typeof json !== "object" || json === null || Reflect.get(json, "kind") !== "trial-model") {
    throw invalid(source, "it is not a saved trial");
  }
  if (Reflect.get(json, "version") !== 1)
    throw invalid(source, "it has a version this release does not know");
  const lacking = lackingPart(json);
  if (lacking !== undefined) throw invalid(source, `its ${lacking} is missing or damaged`);
  // The parts validate themselves further where they are used; the structure is decoded and checked here.
  const saved = json as Omit<FittedTrial, "model"> & ModelNote & { readonly structure: unknown };
  const { spec, preparation, steps, target, ranges, rows, trial, fittedOn } = saved;
  const model = { kind: "structure", structure: readStructure(saved.structure, source) } as const;
  return { spec, preparation, steps, target, ranges, rows, trial, fittedOn, model };
}

function readStructure(structure: unknown, source: string): ModelStructure {
  try {
    return decodeStructure(structure);
  } catch (cause) {
    if (!(cause instanceof AutomlError)) throw cause;
    throw invalid(source, `its structure is damaged (${cause.message.replace(/\.$/, "")})`, cause);
  }
}

/** The first part of a saved model that is not there in the form that reading it needs. */
function lackingPart(saved: object): string | undefined {
  const part = (name: string): unknown => Reflect.get(saved, name);
  const spec = part("spec");
  const checks: readonly (readonly [name: string, isThere: boolean])[] = [
    ["spec", isObject(spec) && areObjects(Reflect.get(spec, "features"))],
    ["spec", isObject(spec) && isObject(Reflect.get(spec, "target"))],
    ["preparation", isObject(part("preparation"))],
    ["steps", areObjects(part("steps"))],
    ["target", isObject(part("target"))],
    ["ranges", areObjects(part("ranges"))],
    ["structure", isObject(part("structure"))],
  ];
  return checks.find(([, isThere]) => !isThere)?.[0];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}

export function saveModel(path: string, fitted: FittedTrial, note: ModelNote): number {
  const text = encodeModel(fitted, note);
  writeFileAtomic(path, text);
  return Buffer.byteLength(text);
}

export function loadModel(path: string): FittedTrial & ModelNote {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw invalid(path, "it cannot be read", cause);
  }
  return decodeModel(text, path);
}

function invalid(source: string, why: string, cause?: unknown): AutomlError {
  return new AutomlError("AUTOML_MODEL_INVALID", `${source} cannot be used as a model: ${why}.`, {
    hint: "Its script saves the model again: automl run, with the trial's id.",
    cause,
  });
}
