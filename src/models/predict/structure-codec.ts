import { AutomlError } from "../../core/errors.ts";
import type { ModelStructure } from "../contract/structure.ts";
import { decodeTrees } from "./decode-trees.ts";
import { encodeTrees } from "./encode-trees.ts";
import { invalidModel } from "./invalid-model.ts";
import { checkStructure } from "./structure-check.ts";
import { arrayToText, textToArray, type ElementType } from "./typed-array-text.ts";

/** A structure as plain JSON: numbers and words as they are, arrays as base64 of their little-endian bytes. */
export interface EncodedStructure {
  readonly kind: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

type Field = "number" | "word" | ElementType | "terms";

/** What each kind of structure but trees is made of, beside kind and version. */
const fields: {
  readonly [K in Exclude<ModelStructure["kind"], "trees">]: Readonly<Record<string, Field>>;
} = {
  constant: { value: "number" },
  linear: { intercept: "number", weights: "float64", terms: "terms" },
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
    columns: "number",
    scales: "float64",
    intercept: "number",
    linear: "float64",
    points: "float64",
    weights: "float64",
  },
  network: {
    activation: "word",
    base: "number",
    scale: "number",
    members: "number",
    widths: "int32",
    centres: "float64",
    divisors: "float64",
    pieces: "int32",
    edges: "float64",
    gates: "float32",
    weights: "float32",
    biases: "float32",
    heads: "float32",
    headBiases: "float32",
  },
};

const termFields = { offsets: "int32", columns: "int32" } as const;

/**
 * A structure as JSON; `decodeStructure` gives it back with the same predictions to the last bit. Throws
 * AUTOML_MODEL_NOT_FINITE for a number that is not finite.
 */
export function encodeStructure(structure: ModelStructure): EncodedStructure {
  if (structure.kind === "trees") return { ...encodeTrees(structure) };
  const { kind, version } = structure;
  return { kind, version, ...encodeFields(structure, fields[kind]) };
}

/** Reads what `encodeStructure` wrote, checked so far that predicting with it ends. AUTOML_MODEL_INVALID otherwise. */
export function decodeStructure(json: unknown): ModelStructure {
  const kind = read(json, "kind");
  const structure = kind === "trees" ? readTrees(json as object) : readFields(json, kind);
  const problem = checkStructure(structure);
  if (problem !== undefined) throw invalidModel(problem);
  return structure;
}

function readTrees(json: object): ModelStructure {
  requireVersion(json, 2);
  return decodeTrees(json);
}

function readFields(json: unknown, kind: unknown): ModelStructure {
  if (typeof kind !== "string" || !Object.hasOwn(fields, kind)) {
    throw invalidModel(`it is of the unknown kind ${JSON.stringify(kind)}`);
  }
  const version = kind === "kernel" ? 2 : 1;
  requireVersion(json, version);
  const decoded = { kind, version, ...decodeFields(json, fields[kind as keyof typeof fields]) };
  // Every field is there with its type; what they say together is checked next.
  return decoded as unknown as ModelStructure;
}

function requireVersion(json: unknown, known: number): void {
  const version = read(json, "version");
  if (version === known) return;
  throw invalidModel(`this release reads version ${known}, not ${JSON.stringify(version)}`);
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
      throw invalidModel(`${name} is missing`);
    else if (field === "number" || field === "word") decoded[name] = value;
    else decoded[name] = textToArray(value as string, field);
  }
  return decoded;
}

function read(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, name)) return undefined;
  return Reflect.get(json, name);
}
