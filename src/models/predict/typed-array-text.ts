import { endianness } from "node:os";
import { invalidModel } from "./invalid-model.ts";

const constructors = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Element types a saved model's arrays may have. */
export type ElementType = keyof typeof constructors;

export interface TypedArrays {
  readonly uint8: Uint8Array;
  readonly uint16: Uint16Array;
  readonly int32: Int32Array;
  readonly uint32: Uint32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** The bytes of an array, little-endian on every machine, as base64. */
export function arrayToText(array: TypedArrays[ElementType]): string {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  if (isLittleEndian(array.BYTES_PER_ELEMENT)) return bytes.toString("base64");
  return swapBytes(Buffer.from(bytes), array.BYTES_PER_ELEMENT).toString("base64");
}

/** The array that `arrayToText` wrote. Throws AUTOML_MODEL_INVALID when the text is no such array. */
export function textToArray<T extends ElementType>(text: string, type: T): TypedArrays[T] {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const length = (text.length / 4) * 3 - padding;
  const size = constructors[type].BYTES_PER_ELEMENT;
  if (text.length % 4 !== 0 || length % size !== 0) throw broken(type);
  const array = new constructors[type](length / size);
  const bytes = Buffer.from(array.buffer);
  // Writing skips characters that are not base64, which shows in the length.
  if (bytes.write(text, "base64") !== length) throw broken(type);
  if (!isLittleEndian(size)) swapBytes(bytes, size);
  return array as TypedArrays[T];
}

/** Numbers as text in the smallest type that holds every one of them exactly: "uint8:AQID". */
export function packNumbers(numbers: TypedArrays[ElementType]): string {
  const type = smallestType(numbers);
  return `${type}:${arrayToText(new constructors[type](numbers))}`;
}

/** The numbers that `packNumbers` wrote. Throws AUTOML_MODEL_INVALID for anything else. */
export function unpackNumbers(text: unknown): TypedArrays[ElementType] {
  if (typeof text !== "string") throw invalidModel("an array is missing");
  const end = text.indexOf(":");
  const type = text.slice(0, Math.max(0, end));
  if (!Object.hasOwn(constructors, type)) throw invalidModel("an array is of an unknown type");
  return textToArray(text.slice(end + 1), type as ElementType);
}

/** Not a number is no whole number, nor is -0: bytes of integers would lose its sign. */
function smallestType(numbers: TypedArrays[ElementType]): ElementType {
  let areWhole = true;
  let areSingle = true;
  let low = 0;
  let high = 0;
  for (let i = 0; i < numbers.length && (areWhole || areSingle); i++) {
    const value = numbers[i]!;
    if (Math.floor(value) !== value || Object.is(value, -0)) areWhole = false;
    if (!Object.is(Math.fround(value), value)) areSingle = false;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (areWhole && low === 0) {
    if (high < 2 ** 8) return "uint8";
    if (high < 2 ** 16) return "uint16";
    if (high < 2 ** 32) return "uint32";
  }
  if (areWhole && low >= -(2 ** 31) && high < 2 ** 31) return "int32";
  return areSingle ? "float32" : "float64";
}

function isLittleEndian(size: number): boolean {
  return size === 1 || endianness() === "LE";
}

/** Swaps the bytes of each element in place. */
function swapBytes(bytes: Buffer, size: number): Buffer {
  return size === 2 ? bytes.swap16() : size === 4 ? bytes.swap32() : bytes.swap64();
}

function broken(type: ElementType): Error {
  return invalidModel(`it holds a broken ${type} array`);
}
