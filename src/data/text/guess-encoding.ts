import type { Encoding } from "../dialect.ts";
import { decoderOf } from "./decoder.ts";
import { frequent } from "./frequent-characters.ts";

/** An encoding that is not UTF-8, with the evidence for it as a sentence. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  readonly why: string;
}

interface Candidate {
  readonly encoding: Encoding;
  readonly characters: string;
  /** How likely a character beyond ASCII is in a text of this encoding, -3 … 1; `before` and `after` stand beside it. */
  readonly plausible: (character: string, before: string, after: string) => number;
}

/** The first wins among equals. Each is asked about the same bytes. */
const candidates: readonly Candidate[] = [
  { encoding: "utf-8", characters: "valid", plausible: valid },
  { encoding: "windows-1252", characters: "Western letters", plausible: western },
  { encoding: "euc-kr", characters: "Korean syllables", plausible: korean },
  { encoding: "shift_jis", characters: "Japanese characters", plausible: japanese },
  { encoding: "gb18030", characters: "Chinese characters", plausible: chinese },
  { encoding: "windows-1251", characters: "Cyrillic letters", plausible: cyrillic },
  { encoding: "windows-1254", characters: "Turkish letters", plausible: turkish },
];

/** Characters beyond ASCII that are looked at: enough to be sure of. */
const mostCharacters = 4000;

/**
 * Tells which encoding bytes that are not UTF-8 are written in: decodes them as each candidate and asks how likely the
 * characters are. A sum over bytes, so that reading two bytes as two letters is worth no more than as one syllable.
 * @param bytes text with bytes beyond ASCII; they may begin and end anywhere
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess {
  const scored = candidates.map((candidate) => ({ candidate, ...score(bytes, candidate) }));
  const best = scored.reduce((a, b) => (a.mean >= b.mean ? a : b));
  const { candidate, likely, characters } = best;
  const share = characters === 0 ? 0 : Math.floor((100 * likely) / characters);
  return {
    encoding: candidate.encoding,
    why:
      candidate.encoding === "utf-8"
        ? "most of its characters beyond ASCII are valid"
        : `${share} % of its ${characters < mostCharacters ? characters : `first ${characters}`} characters beyond ASCII are then common ${candidate.characters}`,
  };
}

interface Score {
  /** Plausibility of a byte, in the mean. */
  readonly mean: number;
  readonly characters: number;
  /** Of these, characters that are expected. */
  readonly likely: number;
}

function score(bytes: Uint8Array, { encoding, plausible }: Candidate): Score {
  // In a stream: Node.js 20 decodes the bytes 80 to 9F of Windows-1252 wrongly otherwise, and a cut end is no error.
  const text = decoderOf(encoding).decode(bytes, { stream: true });
  const wide = encoding !== "utf-8" && !encoding.startsWith("windows");
  let sum = 0;
  let width = 0;
  let likely = 0;
  let characters = 0;
  for (let i = 0; i < text.length && characters < mostCharacters; i++) {
    const character = text[i]!;
    if (character < "\u0080") continue;
    const value = plausible(character, text[i - 1] ?? " ", text[i + 1] ?? " ");
    const taken = wide && !isHalfwidth(character) ? 2 : 1;
    sum += taken * value;
    width += taken;
    characters++;
    if (value > 0.3) likely++;
  }
  return { mean: width === 0 ? 0 : sum / width, characters, likely };
}

/** Text in UTF-8 of which single bytes were damaged: bytes of another encoding are hardly ever valid so often. */
function valid(character: string): number {
  return character === "\uFFFD" ? -4 : 1;
}

const isHalfwidth = (character: string) => character >= "\uFF61" && character <= "\uFF9F";
const isLatin = (character: string) => /[a-z\u00C0-\u00FF]/i.test(character);
const westernSigns = new Set("°£€µ²³½’“”‘–—…·©®™«»¿¡ºª§\u00A0");

function western(character: string, before: string, after: string): number {
  if (/[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FFŒœŠšŽžŸ]/.test(character)) {
    // "ção" is one word, "ÇÑ±¹" is none: accents seldom stand in rows, capitals hardly ever behind small letters.
    const accents = Number(before > "\u007F") + Number(after > "\u007F");
    if (accents === 2) return -0.5;
    if (character < "\u00DF" && /[a-z\u00E0-\u00FF]/.test(before)) return -0.3;
    if (accents === 1) return isLatin(before) && isLatin(after) ? 0.5 : 0.2;
    return isLatin(before) || isLatin(after) ? 1 : 0.5;
  }
  if (westernSigns.has(character)) {
    // Single signs between digits and letters; a row of them is the bytes of something else.
    return before > "\u007F" || after > "\u007F" ? 0.1 : 0.9;
  }
  return character < "\u00A0" ? -3 : -0.3;
}

/** The same bytes as Western letters but for six of them, which are Icelandic there: so are accents on a, i, o, u. */
function turkish(character: string, before: string, after: string): number {
  if (/[\u0131\u015F\u011F\u0130\u015E\u011E]/.test(character)) {
    return isTurkish(before) || isTurkish(after) ? 1.1 : 0.4;
  }
  return /[\u00E1\u00ED\u00F3\u00FA\u00E6\u00C1\u00CD\u00D3\u00DA\u00C6]/.test(character)
    ? -1
    : western(character, before, after);
}

const isTurkish = (character: string) =>
  /[a-z\u00C7\u00D6\u00DC\u00E7\u00F6\u00FC\u0131\u015F\u011F\u0130\u015E\u011E]/i.test(character);

function korean(character: string): number {
  if (character === "\uFFFD") return -3;
  if (/[\uAC00-\uD7A3]/.test(character)) {
    return frequent.hangul.has(character) ? 1 : isKsx(character) ? 0.45 : -0.5;
  }
  return symbol(character) ?? -0.5;
}

function japanese(character: string, before: string, after: string): number {
  if (character === "\uFFFD") return -3;
  if (isHalfwidth(character)) return isHalfwidth(before) || isHalfwidth(after) ? 0.4 : -0.3;
  if (/[\u3041-\u3096\u30A1-\u30FC]/.test(character)) return 1;
  if (/[\u4E00-\u9FFF]/.test(character)) {
    return frequent.japanese.has(character) ? 1 : isJisLevelOne(character) ? 0.4 : -0.4;
  }
  return symbol(character) ?? -0.5;
}

function chinese(character: string): number {
  if (character === "\uFFFD") return -3;
  if (/[\u4E00-\u9FFF]/.test(character)) {
    return frequent.chinese.has(character) ? 1 : isLevelOne(character) ? 0.3 : -0.4;
  }
  return symbol(character) ?? -0.5;
}

function cyrillic(character: string, before: string, after: string): number {
  if (!isCyrillic(character)) return character === "\uFFFD" ? -3 : -0.2;
  if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) return -1;
  if (!isCyrillic(before) && !isCyrillic(after)) return 0;
  const isCapital = /[\u0410-\u042F\u0401]/.test(character);
  if (isCapital && /[\u0430-\u044F\u0451]/.test(before)) return -0.5;
  return isCapital ? 0.7 : 0.9;
}

const isCyrillic = (character: string) => /[\u0410-\u044F\u0401\u0451]/.test(character);

/** Signs that all East Asian texts use: wide punctuation, units, wide digits and letters. */
function symbol(character: string): number | undefined {
  return /[\u3000-\u3015\uFF01-\uFF5E℃㎡㎥㎞㎏㎝№→○●△□※~×°±·“”‘’]/.test(character)
    ? 0.3
    : undefined;
}

/** The first, common level of the national standards, by their lead bytes. */
const levels = new Map<Encoding, ReadonlySet<string>>();

function firstLevel(
  encoding: Encoding,
  from: number,
  to: number,
  firstTrail = 0xa1,
): ReadonlySet<string> {
  const known = levels.get(encoding);
  if (known !== undefined) return known;
  const bytes: number[] = [];
  for (let lead = from; lead <= to; lead++) {
    for (let trail = firstTrail; trail <= 0xfe; trail++) bytes.push(lead, trail);
  }
  const level = new Set(decoderOf(encoding).decode(Uint8Array.from(bytes)));
  levels.set(encoding, level);
  return level;
}

const isKsx = (character: string) => firstLevel("euc-kr", 0xb0, 0xc8).has(character);
const isLevelOne = (character: string) => firstLevel("gb18030", 0xb0, 0xd7).has(character);
const isJisLevelOne = (character: string) =>
  firstLevel("shift_jis", 0x89, 0x97, 0x40).has(character);
