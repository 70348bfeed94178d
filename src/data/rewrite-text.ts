import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Encoding } from "./dialect.ts";

/** Copies a text file as UTF-8 without byte order mark, unpacked, with LF for every CRLF, LF and CR. */
export async function rewriteText(
  from: string,
  to: string,
  options: { readonly gzip: boolean; readonly encoding: Encoding },
): Promise<void> {
  const decoder = new TextDecoder(options.encoding);
  const convert = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    // A CR at the end of a part waits for the LF that may follow it in the next.
    let held = "";
    for await (const part of source) {
      const text = held + decoder.decode(part, { stream: true });
      held = text.endsWith("\r") ? "\r" : "";
      yield text.slice(0, text.length - held.length).replace(/\r\n?/g, "\n");
    }
    yield (held + decoder.decode()).replace(/\r\n?/g, "\n");
  };
  const file = createReadStream(from, { highWaterMark: 1 << 20 });
  const write = createWriteStream(to);
  if (options.gzip) await pipeline(file, createGunzip(), convert, write);
  else await pipeline(file, convert, write);
}
