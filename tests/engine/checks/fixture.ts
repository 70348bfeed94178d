import { Random } from "../../../src/core/random.ts";
import type { ColumnSchema } from "../../../src/core/schema.ts";
import type { Split, SplitSpec } from "../../../src/core/split.ts";
import { sharedFloat64, sharedInt32, type Column, type Table } from "../../../src/core/table.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import type { SuspectInput } from "../../../src/engine/checks/suspect-input.ts";

export const rows = 600;

export function numeric(
  name: string,
  cells: ArrayLike<number>,
  type: "numeric" | "date" = "numeric",
): Column {
  const values = sharedFloat64(cells.length);
  values.set(cells);
  return { name, type, values };
}

export function category(name: string, cells: readonly number[]): Column {
  const codes = sharedInt32(cells.length);
  codes.set(cells);
  const levels = Array.from({ length: Math.max(...cells) + 1 }, (_, i) => `level ${i}`);
  return { name, type: "category", codes, levels };
}

/** `rows` numbers made one after the other. */
export function make(of: (row: number) => number, count = rows): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => of(row));
}

export function tableOf(columns: readonly Column[], count = rows): Table {
  const rowNumbers = sharedInt32(count);
  for (let row = 0; row < count; row++) rowNumbers[row] = row + 1;
  return { rows: count, columns, rowNumbers, sha256: "" };
}

const random: SplitSpec = {
  kind: "random",
  test: 0.2,
  folds: 3,
  repeats: 1,
  stratify: true,
  seed: 1,
};

export function splitOf(table: Table, spec: SplitSpec = random): Split {
  return makeSplit(table, "y", spec);
}

function schemaOf({ name, type }: Column): ColumnSchema {
  const role = name === "y" ? "target" : "feature";
  return { name, type, role, reason: "", missing: 0, distinct: 0 };
}

/** A made-up table: `y` depends on a, b and c and on chance, half and half. */
export function honest(): { columns: Column[]; y: Float64Array; random: Random } {
  const random = new Random("honest");
  const [a, b, c] = [1, 2, 3].map(() => make(() => 1 + 4 * random.next())) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const y = make((row) => 20 + 3 * a[row]! + b[row]! * c[row]! + 3 * random.normal());
  const columns = [
    numeric("a", a),
    numeric("b", b),
    numeric("c", c),
    category("kind", [...make(() => random.integer(4))]),
    numeric("y", y),
  ];
  return { columns, y, random };
}

/** What is looked through: the honest columns and some more. */
export function inputOf(
  more: readonly Column[],
  base = honest().columns,
): SuspectInput & { readonly table: Table } {
  const table = tableOf([...more, ...base]);
  return { table, target: "y", columns: table.columns.map(schemaOf), split: splitOf(table) };
}
