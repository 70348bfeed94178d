/** What TextDecoder and our own decoders have in common. */
export interface StreamDecoder {
  /** The text of the bytes; with `stream` the start of a character at their end waits for the next part. */
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

const replacement = 0xfffd;

/**
 * Decodes CP949 (Windows-949): EUC-KR and the 8,822 syllables that Microsoft added. Node.js knows EUC-KR only and drops
 * the bytes of the others. They stand in the order of Unicode where EUC-KR has no characters, so no table is needed.
 */
export class Cp949Decoder implements StreamDecoder {
  #held = -1;

  decode(bytes: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const pairs = pairTable();
    const units = new Uint16Array(bytes.length + 2);
    let length = 0;
    for (const byte of bytes) {
      if (this.#held < 0) {
        if (byte < 0x80) units[length++] = byte;
        else this.#held = byte;
        continue;
      }
      const character = pairs[(this.#held << 8) | byte]!;
      this.#held = -1;
      units[length++] = character === 0 ? replacement : character;
      // A separator or newline behind a broken character is still one.
      if (character === 0 && byte < 0x80) units[length++] = byte;
    }
    if (!stream && this.#held >= 0) {
      units[length++] = replacement;
      this.#held = -1;
    }
    return textOf(units, length);
  }
}

function textOf(units: Uint16Array, length: number): string {
  const parts: string[] = [];
  for (let at = 0; at < length; at += 8192) {
    parts.push(String.fromCharCode(...units.subarray(at, Math.min(at + 8192, length))));
  }
  return parts.join("");
}

let pairs: Uint16Array | undefined;

/** The character of each pair of bytes; 0: none. */
function pairTable(): Uint16Array {
  if (pairs !== undefined) return pairs;
  const table = new Uint16Array(65_536);
  const known = new Set<number>();
  const decoder = new TextDecoder("euc-kr");
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length !== 1 || text === "\uFFFD") continue;
      table[(lead << 8) | trail] = text.charCodeAt(0);
      known.add(text.charCodeAt(0));
    }
  }
  const places = freePlaces();
  for (let syllable = 0xac00; syllable <= 0xd7a3; syllable++) {
    if (!known.has(syllable)) table[places.next().value as number] = syllable;
  }
  pairs = table;
  return table;
}

function* freePlaces(): Generator<number> {
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail++) {
      const isLetter = trail <= 0x5a || (trail >= 0x61 && trail <= 0x7a) || trail >= 0x81;
      if (isLetter) yield (lead << 8) | trail;
    }
  }
}
