import { AutomlError } from "../../core/errors.ts";
import type { ModelStructure } from "../contract/structure.ts";
import { checkStructure } from "./structure-check.ts";
import { arrayToText, textToArray, type ElementType } from "./typed-array-text.ts";

/** A structure as plain JSON: numbers and words as they are, arrays as base64 of their little-endian bytes. */
export interface EncodedStructure {
  readonly kind: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

type Field = "number" | "word" | ElementType | "terms";

/** What each kind of structure is made of, beside kind and version. */
const fields: { readonly [K in ModelStructure["kind"]]: Readonly<Record<string, Field>> } = {
  constant: { value: "number" },
  linear: { intercept: "number", weights: "float64", terms: "terms" },
  trees: {
    base: "number",
    treeOffsets: "int32",
    feature: "int32",
    threshold: "float64",
    left: "int32",
    right: "int32",
    missingLeft: "uint8",
    categoryStart: "int32",
    categoryWords: "int32",
    categoryBits: "uint32",
    value: "float64",
    cover: "float64",
    gain: "float64",
  },
  neighbors: {
    neighbors: "number",
    weighting: "word",
    power: "number",
    points: "float64",
    columns: "number",
    targets: "float64",
  },
  kernel: {
    kernel: "word",
    gamma: "number",
    intercept: "number",
    points: "float64",
    columns: "number",
    weights: "float64",
  },
};

const termFields = { offsets: "int32", columns: "int32" } as const;

/**
 * A structure as JSON; `decodeStructure` gives it back with the same predictions to the last bit. Throws
 * AUTOML_MODEL_NOT_FINITE for a number that is not finite.
 */
export function encodeStructure(structure: ModelStructure): EncodedStructure {
  const { kind, version } = structure;
  return { kind, version, ...encodeFields(structure, fields[kind]) };
}

/** Reads what `encodeStructure` wrote, checked so far that predicting with it ends. AUTOML_MODEL_INVALID otherwise. */
export function decodeStructure(json: unknown): ModelStructure {
  const kind = read(json, "kind");
  if (typeof kind !== "string" || !Object.hasOwn(fields, kind)) {
    throw invalid(`it is of the unknown kind ${JSON.stringify(kind)}`);
  }
  const version = read(json, "version");
  if (version !== 1) throw invalid(`this release reads version 1, not ${JSON.stringify(version)}`);
  const decoded = { kind, version, ...decodeFields(json, fields[kind as ModelStructure["kind"]]) };
  // Every field is there with its type; what they say together is checked next.
  const structure = decoded as unknown as ModelStructure;
  const problem = checkStructure(structure);
  if (problem !== undefined) throw invalid(problem);
  return structure;
}

function encodeFields(
  from: object,
  schema: Readonly<Record<string, Field>>,
): Record<string, unknown> {
  const encoded: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value: unknown = Reflect.get(from, name);
    if (field === "number") {
      if (!Number.isFinite(value)) {
        throw new AutomlError(
          "AUTOML_MODEL_NOT_FINITE",
          `The model's ${name} is ${String(value)}.`,
        );
      }
      encoded[name] = value;
    } else if (field === "word") encoded[name] = value;
    else if (field === "terms")
      encoded[name] = value === null ? null : encodeFields(value as object, termFields);
    else encoded[name] = arrayToText(value as Float64Array);
  }
  return encoded;
}

function decodeFields(
  json: unknown,
  schema: Readonly<Record<string, Field>>,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = read(json, name);
    if (field === "terms") decoded[name] = value === null ? null : decodeFields(value, termFields);
    else if (typeof value !== (field === "number" ? "number" : "string"))
      throw invalid(`${name} is missing`);
    else if (field === "number" || field === "word") decoded[name] = value;
    else decoded[name] = textToArray(value as string, field);
  }
  return decoded;
}

function read(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, name)) return undefined;
  return Reflect.get(json, name);
}

function invalid(why: string): AutomlError {
  return new AutomlError("AUTOML_MODEL_INVALID", `The saved model cannot be used: ${why}.`);
}
