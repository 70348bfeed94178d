/** Letters and symbols, emoji left out, that take two columns in a fixed-width font (Unicode's East Asian Width W and F). */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x2e99],
  [0x2e9b, 0x2ef3],
  [0x2f00, 0x2fd5],
  [0x2ff0, 0x303e],
  [0x3041, 0x3096],
  [0x3099, 0x30ff],
  [0x3105, 0x312f],
  [0x3131, 0x318e],
  [0x3190, 0x31e5],
  [0x31ef, 0x321e],
  [0x3220, 0x3247],
  [0x3250, 0xa48c],
  [0xa490, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe52],
  [0xfe54, 0xfe66],
  [0xfe68, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x3fffd],
];

const ascii = /^[\x20-\x7e]*$/;
const zeroWidth = /[\p{Nonspacing_Mark}\p{Enclosing_Mark}]/u;
/** Emoji; flags, which are two characters of one column each, are none here. */
const emoji = /(?!\p{Regional_Indicator})\p{Emoji_Presentation}/u;
/** A skin tone is drawn into the emoji before it. */
const skinTone = /(\p{Emoji_Modifier_Base})\p{Emoji_Modifier}/gu;

/** Columns that a text takes on screen: what prettier counts when it decides whether a line is full. O(length). */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(skinTone, "$1")) {
    if (zeroWidth.test(character)) continue;
    width += isWide(character.codePointAt(0) ?? 0) || emoji.test(character) ? 2 : 1;
  }
  return width;
}

function isWide(codePoint: number): boolean {
  if (codePoint < 0x1100) return false;
  return wideRanges.some(([low, high]) => codePoint >= low && codePoint <= high);
}
