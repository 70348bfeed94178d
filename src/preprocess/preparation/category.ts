import { AutomlError } from "../../core/errors.ts";
import type { RowIndex } from "../../core/split.ts";
import type { CategorySpec } from "../../core/trial-spec.ts";
import { quoted } from "../quoted.ts";
import type { ColumnSource } from "./column-source.ts";
import type { FittedLine, Writer } from "./fitted-feature.ts";
import { countLevels } from "./level-counts.ts";
import { LevelIndex, missingLevel } from "./level-index.ts";

/** Codes 0 ... n - 1 of the levels among the training rows; unseen and missing are NaN. */
export interface FittedNative extends FittedLine {
  readonly kind: "category";
  readonly by: "native";
  readonly levels: readonly string[];
}

/**
 * One 0/1 column per level, in their order, then one for missing when `missing`, then one for all other levels when
 * `other`. Without it other levels are 0 everywhere.
 */
export interface FittedOneHot extends FittedLine {
  readonly kind: "category";
  readonly by: "oneHot";
  readonly levels: readonly string[];
  readonly missing: boolean;
  /** Present when some training rows have a level, or none, that is too rare for a column of its own. */
  readonly other?: true;
}

/** Position in the given list, else -1; then with `other` a column of 1 where it is -1. */
export interface FittedOrdinal extends FittedLine {
  readonly kind: "category";
  readonly by: "ordinal";
  readonly levels: readonly string[];
  /** Present when some training rows have none of the levels: -1 is no step below the lowest for them. */
  readonly other?: true;
}

/** A number per level: its share of the training rows, or its mean target. */
export interface FittedLevelValues extends FittedLine {
  readonly kind: "category";
  readonly by: "frequency" | "targetEncode";
  readonly levels: readonly string[];
  readonly values: readonly number[];
  readonly missing: number;
  readonly unseen: number;
}

export type FittedCategory = FittedNative | FittedOneHot | FittedOrdinal | FittedLevelValues;

/** Every encoding but the target encoding, which needs the target. */
export function fitCategory(
  spec: CategorySpec,
  source: ColumnSource,
  rows: RowIndex,
): FittedCategory {
  const { column, encode } = spec;
  const coded = source.coded(column, "category");
  if (encode?.by === "ordinal") {
    const { levels } = encode;
    const fitted = { kind: "category", by: "ordinal", column, names: [column], levels } as const;
    const hasOther = new LevelIndex(levels).positions(coded, rows).some((position) => position < 0);
    return hasOther ? { ...fitted, names: [column, `${column}.other`], other: true } : fitted;
  }
  const counts = countLevels(coded, rows);
  switch (encode?.by) {
    case "native":
      return {
        kind: "category",
        by: "native",
        column,
        names: [column],
        levels: coded.levels.filter((_, code) => counts.of[code]! > 0),
      };
    case "oneHot": {
      const minRows = encode.minRows ?? 1;
      const levels = coded.levels.filter((_, code) => counts.of[code]! >= minRows);
      const missing = counts.missing >= minRows;
      const names = levels.map((level) => `${column}=${level}`);
      if (missing) names.push(`${column}.missing`);
      const fitted = { kind: "category", by: "oneHot", column, names, levels, missing } as const;
      const isRare = (count: number): boolean => count > 0 && count < minRows;
      // Without any other column it would be 1 everywhere.
      const hasRare = names.length > 0 && (isRare(counts.missing) || counts.of.some(isRare));
      if (!hasRare) return fitted;
      return { ...fitted, names: [...names, `${column}.other`], other: true };
    }
    case "frequency": {
      const total = Math.max(1, rows.length);
      return {
        kind: "category",
        by: "frequency",
        column,
        names: [`${column}.frequency`],
        levels: coded.levels.filter((_, code) => counts.of[code]! > 0),
        values: Array.from(
          counts.of.filter((count) => count > 0),
          (count) => count / total,
        ),
        missing: counts.missing / total,
        unseen: 0,
      };
    }
    default:
      throw new AutomlError("AUTOML_SPEC_INVALID", `Category ${quoted(column)} has no encoding.`, {
        hint: "Add .native(), .oneHot(), .targetEncode(), .ordinal([...]) or .frequency() to its line.",
        details: { column },
      });
  }
}

export function categoryWriter(state: FittedCategory): Writer {
  const index = new LevelIndex(state.levels);
  const value = state.by === "oneHot" ? undefined : levelValue(state);
  return {
    // A category without any training level is still a category, of one level that never occurs.
    levels: state.names.map(() => (state.by === "native" ? Math.max(1, state.levels.length) : 0)),
    write(source, rows, out, start) {
      const positions = index.positions(source.coded(state.column, "category"), rows);
      const count = rows.length;
      if (state.by === "oneHot") {
        const otherColumn = state.other === true ? state.names.length - 1 : -1;
        const missingColumn = state.missing ? state.levels.length : otherColumn;
        for (let i = 0; i < count; i++) {
          const position = positions[i]!;
          const known = position >= 0 ? position : otherColumn;
          const hot = position === missingLevel ? missingColumn : known;
          if (hot >= 0) out[start + hot * count + i] = 1;
        }
        return;
      }
      for (let i = 0; i < count; i++) out[start + i] = value!(positions[i]!);
      if (state.by !== "ordinal" || state.other !== true) return;
      for (let i = 0; i < count; i++) out[start + count + i] = positions[i]! < 0 ? 1 : 0;
    },
  };
}

/** The number that stands for the level at a position. */
function levelValue(state: Exclude<FittedCategory, FittedOneHot>): (position: number) => number {
  switch (state.by) {
    case "native":
      return (position) => (position >= 0 ? position : NaN);
    case "ordinal":
      return (position) => (position >= 0 ? position : -1);
    default: {
      const { values, missing, unseen } = state;
      return (position) =>
        position >= 0 ? values[position]! : position === missingLevel ? missing : unseen;
    }
  }
}
