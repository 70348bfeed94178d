import { Random } from "../../core/random.ts";
import type { Fold, GroupSplitSpec, Split } from "../../core/split.ts";
import { findColumn, isNumberColumn, type Table } from "../../core/table.ts";
import { heldOutShare } from "./held-out.ts";
import { collectRows, foldsOf, markRows, splitError } from "./rows.ts";

/** Of so many drawings the one with the most even parts is taken. */
const drawings = 8;

/**
 * Whole groups for the test part and for each fold, so that parts have their share of the rows and, as far as that goes,
 * the same mean target: large groups first, each to the part that stays most even with it. Rows without a group
 * are one group. O(drawings x groups x folds + rows log rows).
 *
 * @param counted the rows that take part, ascending
 */
export function splitByGroup(
  table: Table,
  target: string,
  spec: GroupSplitSpec,
  counted: Int32Array,
): Split {
  const random = new Random(spec.seed).split("groups");
  const groupOf = groupsOf(table, spec.column);
  const groups = gather(groupOf, counted, targetValues(table, target));
  const tested = spec.test > 0 ? testGroups(groups, spec, random.split("test")) : new Set<Group>();
  const rest = groups.filter((group) => !tested.has(group));
  if (rest.length < Math.max(2, spec.folds)) throw tooFew(spec, groups.length);
  const isTest = markRows(table.rows, rowsOf([...tested]));
  const isTraining = markRows(table.rows, rowsOf(rest));
  const isCounted = markRows(table.rows, counted);
  const folds: Fold[] = [];
  for (let repeat = 0; repeat < spec.repeats; repeat++) {
    const fold = new Int32Array(table.rows);
    const held = spec.validation ?? heldOutShare;
    const shares =
      spec.folds === 1
        ? [held, 1 - held]
        : Array.from({ length: spec.folds }, () => 1 / spec.folds);
    const parts = dealGroups(rest, shares, random.split(`repeat ${repeat}`));
    parts.slice(0, spec.folds).forEach((part, k) => {
      for (const row of rowsOf(part)) fold[row] = k + 1;
    });
    folds.push(...foldsOf(fold, isTraining, spec.folds));
  }
  return {
    spec,
    training: collectRows(table.rows, (row) => isTraining[row] === 1),
    test: collectRows(table.rows, (row) => isTest[row] === 1),
    all: collectRows(table.rows, (row) => isCounted[row] === 1),
    folds,
  };
}

/** How many groups a column has, that of the rows without one included, and how many rows have none. */
export function countGroups(
  table: Table,
  column: string,
  counted: Int32Array,
): { readonly groups: number; readonly missing: number; readonly largest: number } {
  const groupOf = groupsOf(table, column);
  const sizes = new Map<number, number>();
  for (const row of counted) sizes.set(groupOf[row]!, (sizes.get(groupOf[row]!) ?? 0) + 1);
  return {
    groups: sizes.size,
    missing: sizes.get(-1) ?? 0,
    largest: Math.max(0, ...sizes.values()),
  };
}

interface Group {
  readonly rows: number[];
  /** Of the target's deviations from its mean, in standard deviations. */
  deviation: number;
}

function testGroups(groups: readonly Group[], spec: GroupSplitSpec, random: Random): Set<Group> {
  const needed = Math.max(2, spec.folds);
  if (groups.length <= needed) throw tooFew(spec, groups.length);
  const [tested = []] = dealGroups(groups, [spec.test, 1 - spec.test], random);
  if (groups.length - tested.length < needed) throw tooFew(spec, groups.length);
  return new Set(tested);
}

function tooFew(spec: GroupSplitSpec, groups: number) {
  const { folds, test, column } = spec;
  const parts = `${folds === 1 ? "a validation part" : `${folds} folds`}${test > 0 ? " and a test part" : ""}`;
  return splitError(
    `"${column}" has ${groups} groups, too few for ${parts}.`,
    "Use fewer folds, or a column that tells more groups apart.",
    { column, groups },
  );
}

/** A number per row: the code of its group, -1 for none. */
function groupsOf(table: Table, name: string): Int32Array {
  const column = findColumn(table, name);
  if (column === undefined) {
    throw splitError(
      `The table has no column "${name}" to divide the rows by group with.`,
      "Read it: among the features, or in `also` of readTable.",
      { column: name },
    );
  }
  if (!isNumberColumn(column)) return column.codes;
  const codes = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
}

/** The groups in the order of their first rows. */
function gather(groupOf: Int32Array, counted: Int32Array, y: Float64Array): Group[] {
  let mean = 0;
  for (const row of counted) mean += y[row]! / counted.length;
  let variance = 0;
  for (const row of counted) variance += ((y[row]! - mean) * (y[row]! - mean)) / counted.length;
  const scale = variance > 0 && Number.isFinite(variance) ? 1 / Math.sqrt(variance) : 0;
  const groups = new Map<number, Group>();
  for (const row of counted) {
    const code = groupOf[row]!;
    let group = groups.get(code);
    if (group === undefined) groups.set(code, (group = { rows: [], deviation: 0 }));
    group.rows.push(row);
    group.deviation += (y[row]! - mean) * scale;
  }
  return [...groups.values()];
}

/** The most even of some drawings; a part that got no group counts as the worst. */
function dealGroups(
  groups: readonly Group[],
  shares: readonly number[],
  random: Random,
): Group[][] {
  let best: Group[][] = [];
  let least = Infinity;
  for (let drawing = 0; drawing < drawings; drawing++) {
    const { parts, unevenness } = dealOnce(groups, shares, random.split(drawing));
    if (unevenness >= least) continue;
    least = unevenness;
    best = parts;
  }
  return best;
}

/**
 * Each group goes to the part where it adds least to sum n² / share + sum d² / share, with n the rows and d the summed
 * deviations of the target: the first is smallest for parts of their shares, the second for parts of one mean.
 */
function dealOnce(
  groups: readonly Group[],
  shares: readonly number[],
  random: Random,
): { readonly parts: Group[][]; readonly unevenness: number } {
  const order = random.shuffle([...groups]);
  // Sizes within a factor of two count as equal, so that drawings differ.
  const size = ({ rows }: Group): number => 31 - Math.clz32(rows.length);
  order.sort((a, b) => size(b) - size(a));
  const parts = shares.map((): Group[] => []);
  const counts = shares.map(() => 0);
  const deviations = shares.map(() => 0);
  for (const group of order) {
    let chosen = 0;
    let least = Infinity;
    shares.forEach((share, p) => {
      const n = group.rows.length;
      const d = group.deviation;
      const added = (n * (2 * counts[p]! + n) + d * (2 * deviations[p]! + d)) / share;
      if (added < least) {
        least = added;
        chosen = p;
      }
    });
    parts[chosen]!.push(group);
    counts[chosen]! += group.rows.length;
    deviations[chosen]! += group.deviation;
  }
  const unevenness = shares.reduce(
    (sum, share, p) => sum + (counts[p]! * counts[p]! + deviations[p]! * deviations[p]!) / share,
    0,
  );
  return {
    parts,
    unevenness: parts.some((part) => part.length === 0) ? Number.MAX_VALUE : unevenness,
  };
}

function rowsOf(groups: readonly Group[]): Int32Array {
  return Int32Array.from(groups.flatMap(({ rows }) => rows));
}

function targetValues(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column !== undefined && isNumberColumn(column)) return column.values;
  throw splitError(
    `The table has no column of numbers "${target}" to keep even over the groups.`,
    "Name the target that the table was read with.",
  );
}
