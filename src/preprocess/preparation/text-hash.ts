import { wordsOf } from "./words.ts";

/** Pieces of a word in signs (UTF-16 code units), the ends of the word counted as signs. */
const shortestPiece = 3;
const longestPiece = 5;
/** Signs of one text that are looked at: a novel in a cell costs no more than its first pages. */
const mostSigns = 4000;

/**
 * Words and pieces of words, each added to or taken from one of `buckets` columns (Weinberger et al. 2009, "Feature
 * Hashing for Large Scale Multitask Learning"), over the root of how many there are, so that long texts weigh no more.
 * Nothing is learnt: any word of any later text has its place. O(signs).
 */
export function hashText(text: string, buckets: number): Float64Array {
  const sums = new Float64Array(buckets);
  let pieces = 0;
  for (const word of wordsOf(text.slice(0, mostSigns))) {
    const marked = `<${word}>`;
    const place = (from: number, to: number): void => {
      const hash = hashOf(marked, from, to);
      // The lowest bit gives the sign, the others the column.
      sums[(hash >>> 1) % buckets]! += (hash & 1) === 0 ? 1 : -1;
      pieces += 1;
    };
    place(0, marked.length);
    for (let size = shortestPiece; size <= longestPiece && size < marked.length; size++) {
      for (let from = 0; from + size <= marked.length; from++) place(from, from + size);
    }
  }
  // Adding 0 turns a -0 into 0.
  if (pieces > 0) for (let b = 0; b < buckets; b++) sums[b] = sums[b]! / Math.sqrt(pieces) + 0;
  return sums;
}

/** FNV-1a over code units, its bits mixed by the last step of MurmurHash3: 32 bits, the same on every machine. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
