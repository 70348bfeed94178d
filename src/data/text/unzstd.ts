import { Decompress } from "fzstd";

/** Bytes given to the decoder at once: what comes out of them is in memory together. */
const slice = 1 << 16;

/**
 * Unpacks zstd (RFC 8878), all frames one after the other: Node.js can do it from version 22.15 only. Dictionaries are not
 * supported and checksums not compared. Throws a plain Error for damaged data.
 */
export async function* unzstd(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacked: Uint8Array[] = [];
  const decoder = new Decompress((bytes) => {
    // A copy: the decoder may use its buffer again.
    if (bytes.length > 0) unpacked.push(bytes.slice());
  });
  let isEmpty = true;
  for await (const bytes of parts) {
    for (let at = 0; at < bytes.length; at += slice) {
      isEmpty = false;
      decoder.push(bytes.subarray(at, at + slice));
      yield* unpacked.splice(0);
    }
  }
  if (!isEmpty) decoder.push(new Uint8Array(0), true);
  yield* unpacked.splice(0);
}
