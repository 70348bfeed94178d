import type { CheckRecord } from "../../core/run-record.ts";
import type { Column } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import { fitLine } from "./squared-correlation.ts";
import {
  countDistinct,
  finitePositions,
  pickValues,
  rankOf,
  takeCells,
  type Sample,
} from "./suspect-input.ts";

/**
 * Bounds on the squared correlation of the target with what two columns make. Over the 39 benchmark sets honest pairs
 * reach 0.95 (length times width of a fish), 0.92 (on base times slugging in runs scored). A ratio of the
 * target with 2 % of noise in it lies above 0.98 wherever the target varies by more than a seventh.
 */
const pairBound = 0.98;
/** Of the ranks, so that one far row does not make a pair. */
const rankBound = 0.9;
/** On a few rows, to find pairs that are worth a longer look. */
const screenBound = 0.9;
const screenRows = 64;
/** What a pair leaves unexplained must be less than this share of what the better one of the two leaves. */
const gain = 0.5;

/** Columns looked at: the cost is quadratic in them. */
const mostColumns = 300;
/** Columns with fewer values make no ratio that says anything. */
const fewestValues = 3;

const operations = [
  { sign: "*", of: (a: number, b: number): number => a * b },
  { sign: "+", of: (a: number, b: number): number => a + b },
  { sign: "-", of: (a: number, b: number): number => a - b },
  { sign: "/", of: (a: number, b: number): number => a / b },
  { sign: "/", of: (a: number, b: number): number => b / a, isTurned: true },
] as const;

interface Side {
  readonly name: string;
  readonly cells: Float64Array;
}

interface Pair {
  readonly one: Side;
  readonly other: Side;
  readonly text: string;
  readonly r2: number;
}

/** Columns that together are the target: O(columns² x 64) and a longer look at the few pairs that pass. */
export function checkFunctions(
  columns: readonly Column[],
  sample: Sample,
  target: string,
): CheckRecord[] {
  const sides = columns
    .filter(({ type }) => type === "numeric")
    .slice(0, mostColumns)
    .map((column) => ({ name: column.name, cells: takeCells(column, sample.rows) }))
    .filter(({ cells }) => countDistinct(cells) > fewestValues);
  const alone = new Map(sides.map(({ name, cells }) => [name, fitLine(cells, sample.y).r2]));
  const pairs = findPairs(sides, sample).filter(({ one, other, r2 }) => {
    const single = Math.max(alone.get(one.name)!, alone.get(other.name)!);
    return 1 - r2 < gain * (1 - single);
  });
  pairs.sort((a, b) => b.r2 - a.r2);
  const [best] = pairs;
  if (best === undefined) return [];
  const others = pairs.slice(1, 3).map(({ text }) => text);
  return [
    finding("leak-function", {
      message: `${target} is almost exactly ${best.text}: one of the two may have been worked out from it.`,
      action: `Kept. If one of them is not known when you predict, leave it out: --exclude "${best.one.name}" or "${best.other.name}".`,
      columns: [best.one.name, best.other.name],
      evidence:
        `R² of ${target} against ${best.text}: ${best.r2.toFixed(5)}, bound ${pairBound}; alone at most ` +
        `${Math.max(alone.get(best.one.name)!, alone.get(best.other.name)!).toFixed(4)}` +
        (others.length === 0 ? "" : `; also ${others.join(", ")}`),
    }),
  ];
}

function findPairs(sides: readonly Side[], sample: Sample): Pair[] {
  const pairs: Pair[] = [];
  const few = Math.min(screenRows, sample.y.length);
  const y = sample.y.subarray(0, few);
  const made = new Float64Array(few);
  for (let i = 0; i < sides.length; i++) {
    for (let j = i + 1; j < sides.length; j++) {
      const [a, b] = [sides[i]!.cells, sides[j]!.cells];
      for (const operation of operations) {
        for (let row = 0; row < few; row++) made[row] = operation.of(a[row]!, b[row]!);
        const { r2, points } = fitLine(made, y);
        if (points * 4 < few || points < 8 || r2 < screenBound) continue;
        const pair = confirm(sides[i]!, sides[j]!, operation, sample);
        if (pair !== undefined) pairs.push(pair);
      }
    }
  }
  return pairs;
}

function confirm(
  one: Side,
  other: Side,
  operation: (typeof operations)[number],
  { y }: Sample,
): Pair | undefined {
  const made = one.cells.map((a, row) => operation.of(a, other.cells[row]!));
  const known = finitePositions(made);
  if (known.length < Math.max(30, 0.25 * y.length)) return undefined;
  const x = pickValues(made, known);
  const truth = pickValues(y, known);
  const { r2 } = fitLine(x, truth);
  if (r2 < pairBound || fitLine(rankOf(x), rankOf(truth)).r2 < rankBound) return undefined;
  const names =
    "isTurned" in operation
      ? `${other.name} ${operation.sign} ${one.name}`
      : `${one.name} ${operation.sign} ${other.name}`;
  return { one, other, text: names, r2 };
}
