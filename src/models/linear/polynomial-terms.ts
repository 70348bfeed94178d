import { AutomlError } from "../../core/errors.ts";
import { matrixColumn, type Matrix } from "../../core/matrix.ts";
import type { LinearStructure } from "../contract/structure.ts";
import type { Design } from "./design.ts";

export type Terms = NonNullable<LinearStructure["terms"]>;

/** More terms than this are refused: the Gram matrix takes 32 MB and its factor a second. */
export const maxTerms = 2000;

/**
 * The columns, then their products up to the degree, in lexicographic order within each degree. Without interactions
 * only powers. A column with at most two values is never multiplied by itself: its powers are straight lines of it.
 * Throws AUTOML_MODEL_TOO_LARGE beyond `maxTerms`.
 */
export function polynomialTerms(x: Matrix, degree: number, interactions: boolean): Terms {
  const repeatable = Array.from({ length: x.columns }, (_, j) =>
    hasThreeValues(matrixColumn(x, j)),
  );
  let previous: (readonly number[])[] = Array.from({ length: x.columns }, (_, j) => [j]);
  const all = [...previous];
  for (let d = 2; d <= degree; d++) {
    const next: (readonly number[])[] = [];
    for (const term of previous) {
      const last = term[term.length - 1]!;
      for (let j = last; j < (interactions ? x.columns : last + 1); j++) {
        if (j === last && !repeatable[j]!) continue;
        next.push([...term, j]);
        if (all.length + next.length > maxTerms) throw tooManyTerms(x.columns, degree);
      }
    }
    all.push(...next);
    previous = next;
  }
  if (all.length > maxTerms) throw tooManyTerms(x.columns, degree);
  const offsets = new Int32Array(all.length + 1);
  all.forEach((term, t) => (offsets[t + 1] = offsets[t]! + term.length));
  return { offsets, columns: Int32Array.from(all.flat()) };
}

/** The most terms a matrix of so many columns can give. */
export function countTerms(columns: number, degree: number, interactions: boolean): number {
  if (!interactions) return columns * degree;
  const pairs = (columns * (columns + 1)) / 2;
  return columns + pairs + (degree === 3 ? (pairs * (columns + 2)) / 3 : 0);
}

/** The terms as a design: products are made piece by piece where they are needed. */
export function termDesign(x: Matrix, terms: Terms): Design {
  const { offsets, columns } = terms;
  return {
    rows: x.rows,
    columns: offsets.length - 1,
    fill(t, from, count, out, at) {
      let start = columns[offsets[t]!]! * x.rows + from;
      for (let i = 0; i < count; i++) out[at + i] = x.data[start + i]!;
      for (let k = offsets[t]! + 1; k < offsets[t + 1]!; k++) {
        start = columns[k]! * x.rows + from;
        for (let i = 0; i < count; i++) out[at + i]! *= x.data[start + i]!;
      }
    },
  };
}

function hasThreeValues(values: Float64Array): boolean {
  const first = values[0];
  const second = values.find((value) => value !== first);
  return second !== undefined && values.some((value) => value !== first && value !== second);
}

function tooManyTerms(columns: number, degree: number): AutomlError {
  return new AutomlError(
    "AUTOML_MODEL_TOO_LARGE",
    `Products of ${columns} columns up to degree ${degree} are more than ${maxTerms} terms.`,
    {
      hint: "Set interactions to false, take degree 2, or use fewer columns.",
      details: { columns, degree },
    },
  );
}
