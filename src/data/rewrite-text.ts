import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Encoding } from "./dialect.ts";
import { unpackedParts, type Packing } from "./text/unpack.ts";
import { utf8Parts } from "./text/utf8-parts.ts";

/** How a text is stored in its file. */
export interface TextStorage {
  readonly packing: Packing;
  readonly encoding: Encoding;
  readonly wide: boolean;
}

/** Copies a text file as UTF-8 without byte order mark, unpacked. Gives what there is to say about its encoding. */
export async function rewriteText(
  from: string,
  to: string,
  { packing, encoding, wide }: TextStorage,
): Promise<string | null> {
  const found = { encoding, note: null, wide };
  await pipeline(utf8Parts(unpackedParts(from, packing), found), createWriteStream(to));
  return found.note;
}
