import { comparedCodes, type ColumnValues } from "./column-values.ts";
import { correlationRatio, cramersV, pearson } from "./correlation.ts";
import type { Associations } from "./profile.ts";
import { ranks, rounded } from "./statistics.ts";

export interface AssociatedColumn {
  readonly name: string;
  readonly values: ColumnValues;
}

/** Every column against every other: see `Associations`. O(columns² x rows). */
export function associationsOf(columns: readonly AssociatedColumn[]): Associations {
  const prepared = columns.map(({ values }) =>
    values.kind === "numbers"
      ? { kind: "numbers" as const, values: values.values, ranks: ranks(values.values) }
      : { kind: "levels" as const, ...comparedCodes(values.codes, values.levels.length) },
  );
  const size = columns.length;
  const values: (number | null)[][] = Array.from({ length: size }, () =>
    new Array<number | null>(size).fill(1),
  );
  const linear: (number | null)[][] = Array.from({ length: size }, () =>
    new Array<number | null>(size).fill(null),
  );
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const found = associate(prepared[i]!, prepared[j]!);
      values[i]![j] = values[j]![i] = found === null ? null : rounded(found, 4);
      const [a, b] = [prepared[i]!, prepared[j]!];
      if (a.kind !== "numbers" || b.kind !== "numbers") continue;
      const correlation = pearson(a.values, b.values);
      linear[i]![j] = linear[j]![i] = correlation === null ? null : rounded(correlation, 4);
    }
    if (prepared[i]!.kind === "numbers") linear[i]![i] = 1;
  }
  return { columns: columns.map(({ name }) => name), values, pearson: linear };
}

type Prepared =
  | { readonly kind: "numbers"; readonly values: Float64Array; readonly ranks: Float64Array }
  | { readonly kind: "levels"; readonly codes: Int32Array; readonly count: number };

function associate(a: Prepared, b: Prepared): number | null {
  if (a.kind === "numbers") {
    if (b.kind === "numbers") return pearson(a.ranks, b.ranks);
    return correlationRatio(a.ranks, b.codes, b.count);
  }
  if (b.kind === "numbers") return correlationRatio(b.ranks, a.codes, a.count);
  return cramersV(a.codes, a.count, b.codes, b.count);
}
