import type { RowIndex } from "../../core/split.ts";
import type { TextSpec } from "../../core/trial-spec.ts";
import type { ColumnSource } from "./column-source.ts";
import type { FittedLine, Writer } from "./fitted-feature.ts";
import { hashText } from "./text-hash.ts";
import { numbersIn, shapeNames, shapeOf } from "./text-shape.ts";
import { fitTextTarget, textTargetReader, type TextTarget } from "./text-target.ts";
import { Words } from "./words.ts";

export const defaultTerms = 20;

/**
 * Matrix columns: length in UTF-16 code units, number of words, then one 0/1 column per term, then the shape, the first numbers, the
 * hashed pieces of words, then with an encoding the target as the words tell it. Missing text is empty.
 */
export interface FittedText extends FittedLine {
  readonly kind: "text";
  /** The most frequent words: by the number of training rows that hold them, then by code unit. */
  readonly terms: readonly string[];
  readonly shape?: true;
  /** Columns of the first numbers. */
  readonly numbers?: number;
  /** Columns of hashed pieces. */
  readonly hashed?: number;
  readonly target?: TextTarget;
}

/** A fitted text line; with an encoding also the values of the training rows in its last column. */
export interface TextFit {
  readonly state: FittedText;
  readonly training: Float64Array | undefined;
}

export function fitText(
  spec: TextSpec,
  source: ColumnSource,
  rows: RowIndex,
  y: Float64Array,
): TextFit {
  const { column } = spec;
  const coded = source.coded(column, "text");
  const { codes, levels } = coded;
  const words = Words.of(levels);
  const rowsOfCode = new Int32Array(levels.length);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    if (code >= 0) rowsOfCode[code]!++;
  }
  const frequencies: number[] = [];
  for (let code = 0; code < levels.length; code++) {
    const occurrences = rowsOfCode[code]!;
    if (occurrences === 0) continue;
    for (const id of words.distinct(code)) frequencies[id] = (frequencies[id] ?? 0) + occurrences;
  }
  const terms = mostFrequent(frequencies, words.vocabulary, spec.terms ?? defaultTerms);
  const names = [
    `${column}.length`,
    `${column}.words`,
    ...terms.map((term) => `${column} has ${term}`),
    ...(spec.shape === true ? shapeNames.map((shape) => `${column}.${shape}`) : []),
    ...Array.from({ length: spec.numbers ?? 0 }, (_, place) => `${column}.number${place + 1}`),
    ...Array.from({ length: spec.hashed ?? 0 }, (_, bucket) => `${column}.hash${bucket + 1}`),
  ];
  const state: FittedText = {
    kind: "text",
    column,
    names,
    terms,
    ...(spec.shape === true && { shape: true }),
    ...(spec.numbers !== undefined && { numbers: spec.numbers }),
    ...(spec.hashed !== undefined && { hashed: spec.hashed }),
  };
  if (spec.encode === undefined) return { state, training: undefined };
  const { state: target, training } = fitTextTarget(spec.encode, coded, rows, y);
  return { state: { ...state, names: [...names, `${column}.target`], target }, training };
}

export function textWriter(state: FittedText): Writer {
  const placeOf = new Map(state.terms.map((term, place) => [term, place]));
  return {
    levels: state.names.map(() => 0),
    write(source, rows, out, start) {
      const { codes, levels } = source.coded(state.column, "text");
      const words = Words.of(levels);
      const count = rows.length;
      for (let i = 0; i < count; i++) {
        const code = codes[rows[i]!]!;
        if (code < 0) continue;
        out[start + i] = levels[code]!.length;
        out[start + count + i] = words.count(code);
      }
      // Only now is every word of these rows numbered.
      const placeOfId = new Int32Array(words.vocabulary.length).fill(-1);
      for (const [term, place] of placeOf) {
        const id = words.idOf(term);
        if (id !== undefined) placeOfId[id] = place;
      }
      for (let i = 0; i < count; i++) {
        const code = codes[rows[i]!]!;
        if (code < 0) continue;
        for (const id of words.distinct(code)) {
          const place = placeOfId[id]!;
          if (place >= 0) out[start + (2 + place) * count + i] = 1;
        }
      }
      const { shape, numbers = 0, hashed = 0 } = state;
      let next = start + (2 + state.terms.length) * count;
      const add = (width: number, numbersOf: (text: string) => ArrayLike<number>): void => {
        if (width > 0)
          writeTexts(codes, rows, out, next, width, (code) => numbersOf(levels[code]!));
        next += width * count;
      };
      add(shape === true ? shapeNames.length : 0, shapeOf);
      add(numbers, (text) => numbersIn(text, numbers));
      add(hashed, (text) => hashText(text, hashed));
      if (state.target === undefined) return;
      const valueOf = textTargetReader(state.target, levels);
      const last = start + (state.names.length - 1) * count;
      for (let i = 0; i < count; i++) out[last + i] = valueOf(codes[rows[i]!]!);
    },
  };
}

/** Writes the numbers of each row's text to columns from out[start] on; every distinct text is worked out once. */
function writeTexts(
  codes: Int32Array,
  rows: RowIndex,
  out: Float64Array,
  start: number,
  width: number,
  numbersOf: (code: number) => ArrayLike<number>,
): void {
  const count = rows.length;
  const firstOf = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const code = codes[rows[i]!]!;
    if (code < 0) continue;
    const first = firstOf.get(code);
    if (first === undefined) {
      firstOf.set(code, i);
      const numbers = numbersOf(code);
      for (let place = 0; place < width; place++) out[start + place * count + i] = numbers[place]!;
    } else {
      for (let place = 0; place < width; place++)
        out[start + place * count + i] = out[start + place * count + first]!;
    }
  }
}

/** The `count` words with the highest frequency, ties by code unit. `frequencies` is by word number, with holes. */
function mostFrequent(
  frequencies: readonly (number | undefined)[],
  vocabulary: readonly string[],
  count: number,
): string[] {
  const present = frequencies.flatMap((frequency, id) =>
    frequency === undefined ? [] : [{ frequency, word: vocabulary[id]! }],
  );
  present.sort((a, b) => b.frequency - a.frequency || (a.word < b.word ? -1 : 1));
  return present.slice(0, count).map(({ word }) => word);
}
