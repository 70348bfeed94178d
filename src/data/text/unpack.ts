import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { AutomlError } from "../../core/errors.ts";
import { unzstd } from "./unzstd.ts";

/** How a file is packed, told from its first bytes. */
export type Packing = "none" | "gzip" | "zstd";

export const packingOf = (bytes: Uint8Array): Packing => {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  return magic.every((byte, i) => bytes[i] === byte) ? "zstd" : "none";
};

/** Bytes that are read from the disk at once. */
const part = 1 << 20;

/**
 * The bytes of a file in parts, unpacked. Damage is told before the last part is given: what comes out of a file that
 * was cut off is no table. Throws AUTOML_FILE_FORMAT.
 * @param onPacked is given the bytes as they are in the file
 */
export async function* unpackedParts(
  path: string,
  packing: Packing,
  onPacked: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: part });
  file.on("data", (bytes) => onPacked(bytes as Uint8Array));
  if (packing === "none") {
    yield* file as AsyncIterable<Uint8Array>;
    return;
  }
  try {
    if (packing === "gzip") yield* gunzipped(file);
    else yield* unzstd(file as AsyncIterable<Uint8Array>);
  } catch (cause) {
    throw damaged(path, packing, cause);
  }
}

async function* gunzipped(file: Readable): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: part });
  let failure: Error | null | undefined;
  const plain = pipeline(file, gunzip, new PassThrough({ highWaterMark: part }), (error) => {
    failure = error ?? null;
  });
  yield* plain as AsyncIterable<Uint8Array>;
  if (failure) throw failure;
}

function damaged(path: string, packing: Packing, cause: unknown): AutomlError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${basename(path)} is ${packing}, but damaged or cut off: ${reason}.`,
    { hint: "The download may be incomplete: fetch the file again.", cause },
  );
}

/** What can be unpacked of the first bytes of a file, `most` bytes of it. Throws when that is nothing. */
export async function unpackHead(
  bytes: Uint8Array,
  packing: Packing,
  most: number,
): Promise<Uint8Array> {
  if (packing === "none") return bytes.subarray(0, most);
  if (packing === "gzip") {
    // The stream may end anywhere: what could be unpacked is enough.
    const plain = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return plain.subarray(0, most);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const plain of unzstd([bytes])) {
      parts.push(plain);
      size += plain.length;
      if (size >= most) break;
    }
  } catch (cause) {
    if (size === 0) throw cause;
  }
  return Buffer.concat(parts).subarray(0, most);
}
