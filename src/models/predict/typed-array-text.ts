import { endianness } from "node:os";
import { AutomlError } from "../../core/errors.ts";

const constructors = {
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
} as const;

/** Element types a saved model's arrays may have. */
export type ElementType = keyof typeof constructors;

export interface TypedArrays {
  readonly float64: Float64Array;
  readonly int32: Int32Array;
  readonly uint32: Uint32Array;
  readonly uint8: Uint8Array;
}

/** The bytes of an array, little-endian on every machine, as base64. */
export function arrayToText(array: TypedArrays[ElementType]): string {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return toLittleEndian(Buffer.from(bytes), array.BYTES_PER_ELEMENT).toString("base64");
}

/** The array that `arrayToText` wrote. Throws AUTOML_MODEL_INVALID when the text is no such array. */
export function textToArray<T extends ElementType>(text: string, type: T): TypedArrays[T] {
  const bytes = Buffer.from(text, "base64");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const size = constructors[type].BYTES_PER_ELEMENT;
  // Buffer skips characters that are not base64, which shows in the length.
  if (
    text.length % 4 !== 0 ||
    bytes.length !== (text.length / 4) * 3 - padding ||
    bytes.length % size !== 0
  ) {
    throw new AutomlError("AUTOML_MODEL_INVALID", `The saved model holds a broken ${type} array.`);
  }
  const array = new constructors[type](bytes.length / size);
  toLittleEndian(bytes, size).copy(Buffer.from(array.buffer));
  return array as TypedArrays[T];
}

/** Swaps the bytes of each element in place on a big-endian machine. */
function toLittleEndian(bytes: Buffer, size: number): Buffer {
  if (size === 1 || endianness() === "LE") return bytes;
  return size === 4 ? bytes.swap32() : bytes.swap64();
}
