import { wordsOf } from "./words.ts";

/** What a text looks like, whatever it says: matrix columns `${column}.digits` and so on. */
export const shapeNames = ["digits", "capitals", "signs", "wordLength"] as const;

/** Digits, capital letters, signs that are neither letter, digit nor blank, and signs per word (0 without words). */
export function shapeOf(text: string): readonly number[] {
  const words = wordsOf(text);
  const inWords = words.reduce((sum, word) => sum + word.length, 0);
  return [
    countOf(text, /\p{N}/gu),
    countOf(text, /\p{Lu}/gu),
    countOf(text, /[^\p{L}\p{M}\p{N}\s]/gu),
    words.length === 0 ? 0 : inWords / words.length,
  ];
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const numberPattern = /\d+(?:[.,]\d+)*/g;
const commaGroups = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/**
 * The first `count` numbers of a text, 0 where there are fewer: "Core i5 2.5GHz" gives 5 and 2.5. Commas are taken out
 * where they group thousands and stand for the decimal point where there is one alone; what has several points, such as
 * an address, gives its leading number.
 */
export function numbersIn(text: string, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let next = 0;
  for (const [written] of text.matchAll(numberPattern)) {
    if (next === count) break;
    const plain = commaGroups.test(written)
      ? written.replaceAll(",", "")
      : written.replaceAll(",", ".");
    const value = Number.parseFloat(plain);
    numbers[next++] = Number.isFinite(value) ? value : Number.MAX_VALUE;
  }
  return numbers;
}
