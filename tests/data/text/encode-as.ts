import type { Encoding } from "../../../src/data/dialect.ts";
import { decoderOf } from "../../../src/data/text/decoder.ts";

const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();

/** A text in an encoding of one or two bytes, the other way round from TextDecoder: Node.js cannot encode them. */
export function encodeAs(text: string, encoding: Encoding): Uint8Array {
  const table = tableOf(encoding);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      if (character < "\u0080") return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${character} is not in ${encoding}`);
      return [...bytes];
    }),
  );
}

function tableOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const add = (bytes: readonly number[]) => {
    const text = decoderOf(encoding).decode(Uint8Array.from(bytes), { stream: true });
    if (Array.from(text).length === 1 && text !== "\uFFFD" && !table.has(text))
      table.set(text, bytes);
  };
  for (let lead = 0x80; lead <= 0xff; lead++) {
    add([lead]);
    if (encoding.startsWith("windows")) continue;
    for (let trail = 0x40; trail <= 0xfe; trail++) add([lead, trail]);
  }
  tables.set(encoding, table);
  return table;
}
