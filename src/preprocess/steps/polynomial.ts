import { AutomlError } from "../../core/errors.ts";
import { matrixColumn, type Matrix } from "../../core/matrix.ts";

/** The columns, then all products of two in order (a*a, a*b, b*b), then, for degree 3, of three. */
export interface FittedPolynomial {
  readonly kind: "polynomial";
  readonly version: 1;
  readonly degree: 2 | 3;
  /** Columns it takes. */
  readonly columns: number;
}

const mostColumns = 5000;
/** Numbers in the matrix that comes out: 1 GiB. */
const mostCells = 2 ** 27;

/** Throws AUTOML_MODEL_TOO_LARGE. */
export function fitPolynomial(degree: 2 | 3, matrix: Matrix): FittedPolynomial {
  const { rows, columns } = matrix;
  const products = productCount(columns, degree);
  if (products > mostColumns || products * rows > mostCells) {
    throw new AutomlError(
      "AUTOML_MODEL_TOO_LARGE",
      `Products of up to ${degree} of ${columns} columns would be ${products} columns x ${rows} rows; ` +
        `at most ${mostColumns} columns and ${mostCells} numbers are made.`,
      {
        hint: "Use fewer columns, or steps.principalComponents before the products.",
        details: { degree, columns, products, rows },
      },
    );
  }
  return { kind: "polynomial", version: 1, degree, columns };
}

/** O(rows x products). */
export function applyPolynomial(state: FittedPolynomial, matrix: Matrix): Matrix {
  const { rows, columns } = matrix;
  const total = productCount(columns, state.degree);
  const data = new Float64Array(rows * total);
  data.set(matrix.data);
  const names = [...matrix.names];
  // The last factor of each product so far: only columns from there on are multiplied to it, so none comes twice.
  let lastFactors = matrix.names.map((_, c) => c);
  let begin = 0;
  for (let degree = 2; degree <= state.degree; degree++) {
    const nextFactors: number[] = [];
    lastFactors.forEach((last, p) => {
      for (let c = last; c < columns; c++) {
        multiplyInto(data, rows, begin + p, matrixColumn(matrix, c), names.length);
        names.push(`${names[begin + p]!}*${matrix.names[c]!}`);
        nextFactors.push(c);
      }
    });
    begin += lastFactors.length;
    lastFactors = nextFactors;
  }
  return { rows, columns: total, data, names, levels: names.map(() => 0) };
}

function multiplyInto(
  data: Float64Array,
  rows: number,
  from: number,
  factor: Float64Array,
  to: number,
): void {
  const source = from * rows;
  const target = to * rows;
  for (let i = 0; i < rows; i++) data[target + i] = data[source + i]! * factor[i]!;
}

/** Monomials of degree 1 to `degree` in n variables. */
function productCount(n: number, degree: 2 | 3): number {
  const squares = (n * (n + 1)) / 2;
  return n + squares + (degree === 3 ? (n * (n + 1) * (n + 2)) / 6 : 0);
}
