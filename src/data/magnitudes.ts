/**
 * Words behind digits that multiply them: "1.2k", "3,4 Mio. €", "950만원", "1억 2,000만". What a number in a format is
 * multiplied by stands in braces: "1234.5{k|M}", "1,234.5{억|만}원".
 */

/** By language; letters that also name units (m, b, t, K) are told apart by what else stands in the column. */
const magnitudes: readonly (readonly [times: number, words: string])[] = [
  [1e12, "조 兆 t tn trn trillion trillions bio"],
  [1e9, "b bn bln billion billions mrd milliarden md"],
  [1e8, "억 亿 億"],
  [1e7, "천만 crore crores cr"],
  [1e6, "백만 m mm mn mio mill million millions millionen"],
  [1e5, "lakh lakhs lac lacs"],
  [1e4, "만 万 萬"],
  [1e3, "천 千 k tsd thousand thousands tausend"],
];

const timesOf = new Map(
  magnitudes.flatMap(([times, words]) => words.split(" ").map((word) => [word, times] as const)),
);

/** Too short to mean a magnitude by themselves: metre, byte, tonne. */
const shortWords: ReadonlySet<string> = new Set(["m", "mm", "b", "t", "T", "cr", "md", "bio"]);

/** What the word multiplies by, or undefined when it is no magnitude. Case means nothing. */
export function magnitudeOf(word: string): number | undefined {
  return timesOf.get(word.toLowerCase());
}

/** Whether the word is a magnitude whatever stands beside it. */
export function isClearMagnitude(word: string): boolean {
  return magnitudeOf(word) !== undefined && !shortWords.has(word);
}

/**
 * Whether a further number may follow the word and be added, as in "1억 2,000만" and "1 crore 20 lakh". Behind one letter it
 * is another unit: "5m 30s", "12 m2".
 */
export function addsUp(word: string): boolean {
  return !/^[a-z]{1,2}$/i.test(word) || word.toLowerCase() === "cr";
}

const cjk = "천만|백만|[조兆억亿億만万萬천千]";

/** The magnitude that a suffix begins with, and the unit behind it: "만원" -> 만, 원; "Mio. €" -> Mio, €. */
export function cutMagnitude(suffix: string): { readonly word: string; readonly unit: string } {
  const found =
    new RegExp(`^(${cjk})(.*)$`, "u").exec(suffix) ??
    /^(\p{L}+)(?![\p{L}0-9])\.?\s*(.*)$/u.exec(suffix);
  if (found === null || magnitudeOf(found[1]!) === undefined) return { word: "", unit: suffix };
  return { word: found[1]!, unit: found[2]!.trim() };
}

/** As a regular expression for JavaScript and DuckDB alike, in any case. */
export function magnitudePattern(word: string): string {
  const letters = Array.from(word, (letter) => {
    const [low, high] = [letter.toLowerCase(), letter.toUpperCase()];
    return low === high ? letter : `[${low}${high}]`;
  });
  return `${letters.join("")}${/^[a-z]{2,}$/i.test(word) ? "\\.?" : ""}`;
}
