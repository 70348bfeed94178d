import type { RowIndex } from "../../core/split.ts";
import type { CodedColumn } from "../../core/table.ts";

/** Position of a missing value. */
export const missingLevel = -1;
/** Position of a level that was not among the fitted ones. */
const unseenLevel = -2;

/**
 * Finds the fitted levels in the columns of any table, whatever its codes. The map from strings is built at the first
 * use; the translation of the last table's codes is kept, because folds and trials come back to the same table.
 */
export class LevelIndex {
  readonly #levels: readonly string[];
  #positions: Map<string, number> | undefined;
  #lastLevels: readonly string[] | undefined;
  #lastTranslation = new Int32Array(0);

  constructor(levels: readonly string[]) {
    this.#levels = levels;
  }

  /** Position of each row's level in the fitted levels, or `missingLevel` or `unseenLevel`. O(rows). */
  positions(column: CodedColumn, rows: RowIndex): Int32Array {
    const result = new Int32Array(rows.length);
    const { codes, levels } = column;
    if (rows.length < levels.length && levels !== this.#lastLevels) {
      for (let i = 0; i < rows.length; i++) {
        const code = codes[rows[i]!]!;
        result[i] = code < 0 ? missingLevel : this.#positionOf(levels[code]!);
      }
      return result;
    }
    const translation = this.#translate(levels);
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]!]!;
      result[i] = code < 0 ? missingLevel : translation[code]!;
    }
    return result;
  }

  #translate(levels: readonly string[]): Int32Array {
    if (levels !== this.#lastLevels) {
      this.#lastTranslation = Int32Array.from(levels, (level) => this.#positionOf(level));
      this.#lastLevels = levels;
    }
    return this.#lastTranslation;
  }

  #positionOf(level: string): number {
    this.#positions ??= new Map(this.#levels.map((known, position) => [known, position]));
    return this.#positions.get(level) ?? unseenLevel;
  }
}
