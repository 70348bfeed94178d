import type { RowIndex } from "../../core/split.ts";
import type { TextEncoding } from "../../core/trial-spec.ts";
import type { CodedColumn } from "../../core/table.ts";
import { assignFolds, defaultFolds } from "./target-encoding.ts";
import { Words } from "./words.ts";

const defaultPenalty = 5;
/** Passes over all words; a word's weight hardly moves after the first few. */
const passes = 12;
/** A word or text of a single training row tells only of that row. */
const leastRows = 2;

/** What every word, and every text that occurs more than once, adds to the mean target. Plain JSON. */
export interface TextTarget {
  readonly words: readonly string[];
  readonly wordWeights: readonly number[];
  readonly texts: readonly string[];
  readonly textWeights: readonly number[];
  readonly intercept: number;
}

/**
 * The target as its words tell it: ridge regression of the target on which words a text holds and on which text it is,
 * so that a frequent text has a value of its own and a rare one that of its words. Like a target encoding, a training
 * row's value comes from a fit without its fold. Missing text holds nothing: its value is the intercept.
 *
 * Coordinate descent on the normal equations in a fixed order, distinct texts as rows: O(folds x passes x words of all
 * distinct texts).
 */
export function fitTextTarget(
  encode: TextEncoding,
  coded: CodedColumn,
  rows: RowIndex,
  y: Float64Array,
): { readonly state: TextTarget; readonly training: Float64Array } {
  const penalty = encode.penalty ?? defaultPenalty;
  const folds = Math.max(1, Math.min(encode.folds ?? defaultFolds, rows.length));
  const foldOf = assignFolds(rows.length, folds);
  const words = Words.of(coded.levels);
  const codes = Int32Array.from(rows, (row) => coded.codes[row]!);
  const training = new Float64Array(rows.length);
  for (let fold = 0; fold < folds; fold++) {
    const model = fit(codes, y, foldOf, fold, words, coded.levels.length, penalty);
    for (let i = 0; i < codes.length; i++)
      if (foldOf[i] === fold) training[i] = model.predict(codes[i]!);
  }
  const whole = fit(codes, y, foldOf, -1, words, coded.levels.length, penalty);
  return { state: whole.state(coded.levels), training };
}

/** The value of any text under a fitted state; made ready once per state and column. */
export function textTargetReader(
  { words, wordWeights, texts, textWeights, intercept }: TextTarget,
  levels: readonly string[],
): (code: number) => number {
  const weightOfWord = new Map(words.map((word, i) => [word, wordWeights[i]!]));
  const weightOfText = new Map(texts.map((text, i) => [text, textWeights[i]!]));
  const vocabulary = Words.of(levels);
  const known: (number | undefined)[] = [];
  return (code) => {
    if (code < 0) return intercept;
    return (known[code] ??= valueOf(code));
  };
  function valueOf(code: number): number {
    let value = intercept + (weightOfText.get(levels[code]!) ?? 0);
    // In the order of the words in the text: the same sum whatever else the column holds.
    for (const id of vocabulary.distinct(code))
      value += weightOfWord.get(vocabulary.vocabulary[id]!) ?? 0;
    return value;
  }
}

/** Fits on all rows but those of one fold (-1: on all). */
function fit(
  codes: Int32Array,
  y: Float64Array,
  foldOf: Int32Array,
  without: number,
  words: Words,
  levels: number,
  penalty: number,
): WordModel {
  const counts = new Float64Array(levels);
  const residuals = new Float64Array(levels);
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < codes.length; i++) {
    if (foldOf[i] === without) continue;
    sum += y[i]!;
    rows += 1;
  }
  const intercept = rows > 0 ? sum / rows : 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (foldOf[i] === without || code < 0) continue;
    counts[code]! += 1;
    residuals[code]! += y[i]! - intercept;
  }
  return new WordModel(counts, residuals, intercept, words, penalty);
}

class WordModel {
  readonly #words: Words;
  readonly #intercept: number;
  readonly #counts: Float64Array;
  readonly #textWeights: Float64Array;
  readonly #wordWeights: Float64Array;
  readonly #wordCounts: Float64Array;

  /** @param residuals sum over a text's rows of what the intercept leaves; used up */
  constructor(
    counts: Float64Array,
    residuals: Float64Array,
    intercept: number,
    words: Words,
    penalty: number,
  ) {
    this.#words = words;
    this.#intercept = intercept;
    this.#counts = counts;
    this.#textWeights = new Float64Array(counts.length);
    const texts = new Map<number, number[]>();
    for (let code = 0; code < counts.length; code++) {
      if (counts[code] === 0) continue;
      for (const id of words.distinct(code)) {
        const holders = texts.get(id);
        if (holders === undefined) texts.set(id, [code]);
        else holders.push(code);
      }
    }
    this.#wordWeights = new Float64Array(words.vocabulary.length);
    this.#wordCounts = new Float64Array(words.vocabulary.length);
    const holders = [...texts].map(([id, codes]) => {
      for (const code of codes) this.#wordCounts[id]! += counts[code]!;
      return { id, codes: Int32Array.from(codes) };
    });
    for (let pass = 0; pass < passes; pass++) {
      for (const { id, codes } of holders) this.#moveWord(id, codes, residuals, penalty);
      for (let code = 0; code < counts.length; code++) {
        const count = counts[code]!;
        if (count < leastRows) continue;
        const old = this.#textWeights[code]!;
        const weight = (residuals[code]! + count * old) / (count + penalty);
        this.#textWeights[code] = weight;
        residuals[code]! -= count * (weight - old);
      }
    }
  }

  #moveWord(id: number, codes: Int32Array, residuals: Float64Array, penalty: number): void {
    const rows = this.#wordCounts[id]!;
    if (rows < leastRows) return;
    let sum = 0;
    for (let i = 0; i < codes.length; i++) sum += residuals[codes[i]!]!;
    const old = this.#wordWeights[id]!;
    const weight = (sum + rows * old) / (rows + penalty);
    this.#wordWeights[id] = weight;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      residuals[code]! -= this.#counts[code]! * (weight - old);
    }
  }

  predict(code: number): number {
    if (code < 0) return this.#intercept;
    let value = this.#intercept + this.#textWeights[code]!;
    for (const id of this.#words.distinct(code)) value += this.#wordWeights[id] ?? 0;
    return value;
  }

  state(levels: readonly string[]): TextTarget {
    const { vocabulary } = this.#words;
    // Numbers of words depend on what was read first, words do not.
    const ids = [...this.#wordWeights.keys()]
      .filter((id) => this.#wordCounts[id]! >= leastRows)
      .sort((a, b) => (vocabulary[a]! < vocabulary[b]! ? -1 : 1));
    const codes = [...this.#counts.keys()].filter((code) => this.#counts[code]! >= leastRows);
    return {
      words: ids.map((id) => vocabulary[id]!),
      wordWeights: ids.map((id) => this.#wordWeights[id]! + 0),
      texts: codes.map((code) => levels[code]!),
      textWeights: codes.map((code) => this.#textWeights[code]! + 0),
      intercept: this.#intercept + 0,
    };
  }
}
