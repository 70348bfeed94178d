import { isAscii, isUtf8 } from "node:buffer";
import type { Encoding } from "../dialect.ts";
import type { StreamDecoder } from "./cp949-decoder.ts";
import { decoderOf } from "./decoder.ts";
import { guessEncoding } from "./guess-encoding.ts";

/** What is known about the encoding of a text; it may turn out to be another one further down than the first look goes. */
export interface EncodingFound {
  encoding: Encoding;
  /** Why it was changed on the way, as a sentence; null: it was not. */
  note: string | null;
  /** Whether characters beyond ASCII were met that are valid in UTF-8. */
  wide: boolean;
}

const nothing = new Uint8Array();

/** Copies of the parts of a text in UTF-8, without byte order mark, cut between characters. Updates `found`. */
export async function* utf8Parts(
  parts: AsyncIterable<Uint8Array>,
  found: EncodingFound,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let decoder: StreamDecoder | null = found.encoding === "utf-8" ? null : decoderOf(found.encoding);
  let held: Uint8Array = nothing;
  let isFirst = true;
  const convert = (bytes: Uint8Array, last: boolean): Uint8Array => {
    let rest = bytes;
    if (decoder === null) {
      const all = joined(held, bytes);
      const complete = last ? all.length : completeLength(all);
      const whole = all.subarray(0, complete);
      held = all.subarray(complete);
      if (isUtf8(whole)) {
        found.wide ||= !isAscii(whole);
        const skipped = isFirst && hasMark(whole) ? 3 : 0;
        if (whole.length > 0) isFirst = false;
        return whole.subarray(skipped);
      }
      decoder = otherDecoder(all, found);
      rest = all;
    }
    return encoder.encode(decoder.decode(rest, { stream: !last }));
  };
  for await (const part of parts) yield convert(part, false);
  yield convert(nothing, true);
}

/** For bytes that are not UTF-8, met now. */
function otherDecoder(bytes: Uint8Array, found: EncodingFound): StreamDecoder {
  const guess = found.wide ? { encoding: "utf-8" as const, why: "" } : guessEncoding(bytes);
  found.encoding = guess.encoding;
  found.note = encodingNote(guess.encoding, guess.why);
  return decoderOf(guess.encoding);
}

/** What is said about a text that is not valid UTF-8. */
export function encodingNote(encoding: Encoding, why: string): string {
  return encoding === "utf-8"
    ? "Some bytes are not valid UTF-8: each is read as the character \uFFFD."
    : `The file is not valid UTF-8: it is read as ${encodingNames[encoding]}, because ${why}.`;
}

const encodingNames: { readonly [E in Encoding]: string } = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252 (Latin-1)",
  "windows-1251": "Windows-1251 (Cyrillic)",
  "windows-1254": "Windows-1254 (Turkish)",
  "euc-kr": "CP949 (EUC-KR)",
  shift_jis: "Shift-JIS",
  gb18030: "GB18030",
};

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  return other.length === 0 ? one : Buffer.concat([one, other]);
}

const hasMark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** Without the start of a character that the end of the part cuts. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return width > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
