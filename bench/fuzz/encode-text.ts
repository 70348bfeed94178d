export type FileEncoding =
  "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "euc-kr" | "shift_jis" | "gb18030";

const maps = new Map<FileEncoding, ReadonlyMap<string, readonly number[]>>();

/** Text in an encoding, characters that it lacks as a question mark. */
export function encodeText(text: string, encoding: FileEncoding, bom = false): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(bom ? `\ufeff${text}` : text, "utf8");
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const bytes = Buffer.from(bom ? `\ufeff${text}` : text, "utf16le");
    return encoding === "utf-16le" ? bytes : bytes.swap16();
  }
  const map = bytesOf(encoding);
  const bytes: number[] = [];
  for (const character of text) bytes.push(...(map.get(character) ?? [0x3f]));
  return Uint8Array.from(bytes);
}

/** Node.js only decodes: the way back is found by decoding all characters of one and two bytes. */
function bytesOf(encoding: FileEncoding): ReadonlyMap<string, readonly number[]> {
  const known = maps.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const map = new Map<string, readonly number[]>();
  const add = (...bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(character).length === 1 && !map.has(character)) map.set(character, bytes);
    } catch {
      // No character of this encoding.
    }
  };
  for (let first = 0; first < 256; first++) add(first);
  if (encoding !== "windows-1252") {
    for (let first = 0x81; first < 255; first++) {
      for (let second = 0x40; second < 255; second++) add(first, second);
    }
  }
  maps.set(encoding, map);
  return map;
}
