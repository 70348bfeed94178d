import { readFileSync } from "node:fs";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { AutomlError } from "../core/errors.ts";
import type { EnsembleWeighting } from "../core/trial-spec.ts";
import type { ModelStructure } from "../models/contract/structure.ts";
import { decodeStructure, encodeStructure } from "../models/predict/structure-codec.ts";
import type { FittedEnsemble, FittedMember, FittedPredictor } from "./ensemble-model.ts";
import type { FittedTrial } from "./trial-model.ts";

/** What a saved model says of itself beside the fit. */
export interface ModelNote {
  /** The trial it comes from, or "ensemble"; null outside a run. */
  readonly trial: string | null;
  /** In words: which rows it was fitted on. */
  readonly fittedOn: string;
}

/** model.json of a fitted trial or ensemble. Throws AUTOML_CUSTOM_MODEL for a model given as functions. */
export function encodeModel(fitted: FittedPredictor, note: ModelNote): string {
  if (!("members" in fitted)) return encodeTrial(fitted, note);
  const members = fitted.members.map(({ trial, weight, fitted: member }) => ({
    trial,
    weight,
    model: encodeTrial(member, { ...note, trial }),
  }));
  return encodeEnsemble(members, fitted.weighting, note);
}

function encodeTrial(fitted: FittedTrial, note: ModelNote): string {
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

/** A member of an ensemble with its model.json, as text. */
export interface EncodedMember {
  readonly trial: string;
  readonly weight: number;
  readonly model: string;
}

/**
 * model.json of an ensemble: the models of its members as they were saved, put together without reading them, and the
 * weights.
 */
export function encodeEnsemble(
  members: readonly EncodedMember[],
  weighting: EnsembleWeighting,
  note: ModelNote,
): string {
  const models = members.map(({ trial, weight, model }) => {
    const head = JSON.stringify({ trial, weight });
    return `${head.slice(0, -1)},"model":${model}}`;
  });
  const { trial, fittedOn } = note;
  const head = JSON.stringify({ kind: "ensemble-model", version: 1, trial, fittedOn, weighting });
  return `${head.slice(0, -1)},"members":[${models.join(",")}]}`;
}

/** Reads what `encodeModel` or `encodeEnsemble` wrote; predictions are the same to the last bit. AUTOML_MODEL_INVALID otherwise. */
function decodeModel(text: string, source: string): FittedPredictor & ModelNote {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(source, "it is not JSON", cause);
  }
  return isKind(json, "ensemble-model") ? readEnsemble(json, source) : readTrial(json, source);
}

function isKind(json: unknown, kind: string): json is object {
  return isObject(json) && Reflect.get(json, "kind") === kind;
}

function readTrial(json: unknown, source: string): FittedTrial & ModelNote {
  if (!isKind(json, "trial-model")) throw invalid(source, "it is not a saved trial or ensemble");
  requireVersion(json, source);
  const lacking = lackingPart(json);
  if (lacking !== undefined) throw invalid(source, `its ${lacking} is missing or damaged`);
  // The parts validate themselves further where they are used; the structure is decoded and checked here.
  const saved = json as Omit<FittedTrial, "model"> & ModelNote & { readonly structure: unknown };
  const { spec, preparation, steps, target, ranges, rows, trial, fittedOn } = saved;
  const model = { kind: "structure", structure: readStructure(saved.structure, source) } as const;
  return { spec, preparation, steps, target, ranges, rows, trial, fittedOn, model };
}

function readEnsemble(json: object, source: string): FittedEnsemble & ModelNote {
  requireVersion(json, source);
  const members: unknown = Reflect.get(json, "members");
  if (!Array.isArray(members) || members.length === 0 || !areObjects(members)) {
    throw invalid(source, "its members are missing or damaged");
  }
  const { weighting, trial, fittedOn } = json as FittedEnsemble & ModelNote;
  return {
    weighting,
    trial,
    fittedOn,
    members: members.map((member: object): FittedMember => {
      const weight: unknown = Reflect.get(member, "weight");
      if (typeof weight !== "number" || !Number.isFinite(weight))
        throw invalid(source, "a weight is missing or damaged");
      const fitted = readTrial(Reflect.get(member, "model"), source);
      return { trial: String(Reflect.get(member, "trial")), weight, fitted };
    }),
  };
}

function requireVersion(json: object, source: string): void {
  if (Reflect.get(json, "version") !== 1)
    throw invalid(source, "it has a version this release does not know");
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

/** A saved trial or ensemble. AUTOML_MODEL_INVALID for anything else. */
export function loadModel(path: string): FittedPredictor & ModelNote {
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
