import type { Random } from "../../src/core/random.ts";

/** A table as texts, and which column is the target. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly target: string;
}

/** A table with a leak in it, what finds it, and the column that was put in. */
export interface Seeded {
  readonly table: TextTable;
  /** Any of these codes counts as found when it names `column`; null: it need not name one. */
  readonly codes: readonly string[];
  readonly column: string | null;
  /** Rows are to be divided by this column. */
  readonly timeColumn?: string;
}

type Seeder = (table: TextTable, random: Random) => Seeded | null;

/** What is put in: five kinds, some of them in several strengths. Null: the table has no place for it. */
export const leaks: Readonly<Record<string, Seeder>> = {
  "copy, 1 % noise": (table, random) => copy(table, random, 0.01),
  "copy, 5 % noise": (table, random) => copy(table, random, 0.05),
  "copy, 10 % noise": (table, random) => copy(table, random, 0.1),
  "copy, 20 % noise": (table, random) => copy(table, random, 0.2),
  "ratio, exact": (table, random) => ratio(table, random, 0),
  "ratio, 1 % noise": (table, random) => ratio(table, random, 0.01),
  "future, time given": (table, random) => future(table, random, true),
  "future, file in order": (table, random) => future(table, random, false),
  "future, mean of 3": (table, random) => future(table, random, true, 3),
  "id, correlation 0.9": (table, random) => identifier(table, random, 0.45),
  "id, correlation 0.7": (table, random) => identifier(table, random, 1),
  "copied rows, 5 %": (table, random) => copiedRows(table, random, 0.05),
  "copied rows, 20 %": (table, random) => copiedRows(table, random, 0.2),
};

const targetOf = ({ header, rows, target }: TextTable): number[] => {
  const column = header.indexOf(target);
  return rows.map((row) => Number(row[column]));
};

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The column goes before the target, so that it is the last one no more than it was. */
function withColumn(table: TextTable, name: string, cells: readonly string[]): TextTable {
  return {
    ...table,
    header: [name, ...table.header],
    rows: table.rows.map((row, i) => [cells[i]!, ...row]),
  };
}

const digits = (value: number): string => String(Number(value.toPrecision(6)));

function copy(table: TextTable, random: Random, noise: number): Seeded {
  const y = targetOf(table);
  const spread = spreadOf(y);
  const cells = y.map((value) => digits(value + noise * spread * random.normal()));
  const column = "assessed";
  return { table: withColumn(table, column, cells), codes: ["leak-column"], column };
}

/** Target by the positive column of numbers with the most values. */
function ratio(table: TextTable, random: Random, noise: number): Seeded | null {
  const y = targetOf(table);
  const candidates = table.header
    .map((name, c) => ({ name, values: table.rows.map((row) => Number(row[c] || NaN)) }))
    .filter(({ name, values }) => {
      const positive = values.filter((value) => value > 0).length;
      return name !== table.target && positive >= 0.9 * values.length;
    })
    .map((one) => ({ ...one, distinct: new Set(one.values).size }))
    .filter(({ distinct }) => distinct < 0.98 * y.length || !isWhole(y.length, distinct))
    .sort((a, b) => b.distinct - a.distinct);
  const [by] = candidates;
  if (by === undefined) return null;
  const cells = y.map((value, i) => {
    const divisor = by.values[i]!;
    if (!(divisor > 0)) return "";
    return digits((value / divisor) * (1 + noise * random.normal()));
  });
  const column = "per unit";
  return {
    table: withColumn(table, column, cells),
    codes: ["leak-function", "leak-column", "leak-sum"],
    column,
  };
}

const isWhole = (rows: number, distinct: number): boolean => distinct === rows;

/** A time for every row, and the target of the next one (or the mean of the next ones) with 5 % of noise. */
function future(table: TextTable, random: Random, isGiven: boolean, ahead = 1): Seeded {
  const y = targetOf(table);
  const spread = spreadOf(y);
  const start = Date.UTC(2015, 0, 1);
  const times = y.map((_, i) => new Date(start + 3_600_000 * i).toISOString().slice(0, 19));
  const next = y.map((_, i) => {
    const later = y.slice(i + 1, i + 1 + ahead);
    if (later.length < ahead) return "";
    const mean = later.reduce((sum, value) => sum + value, 0) / ahead;
    return digits(mean + (0.05 * spread * random.normal()) / Math.sqrt(ahead));
  });
  const column = "follow up";
  const timed = withColumn(withColumn(table, column, next), "recorded at", times);
  const codes = ["leak-future"];
  if (!isGiven) {
    // The time itself is not in the file: only its order is.
    const rows = timed.rows.map((row) => row.slice(1));
    return { table: { ...timed, header: timed.header.slice(1), rows }, codes, column };
  }
  const rows = random.shuffle([...timed.rows]);
  return { table: { ...timed, rows }, codes, column, timeColumn: "recorded at" };
}

/** Numbers given in the order of the target plus noise, of so many times the spread of its ranks. */
function identifier(table: TextTable, random: Random, noise: number): Seeded {
  const y = targetOf(table);
  const byTarget = y.map((_, i) => i).sort((a, b) => y[a]! - y[b]! || a - b);
  const key = new Float64Array(y.length);
  byTarget.forEach((row, place) => {
    key[row] = place / y.length + noise * 0.2887 * random.normal();
  });
  const numbered = y.map((_, i) => i).sort((a, b) => key[a]! - key[b]! || a - b);
  const cells = new Array<string>(y.length);
  numbered.forEach((row, place) => (cells[row] = String(10_000 + place)));
  const column = "case id";
  return { table: withColumn(table, column, cells), codes: ["leak-identifier"], column };
}

function copiedRows(table: TextTable, random: Random, share: number): Seeded {
  const count = Math.max(1, Math.round(share * table.rows.length));
  const copies = Array.from(
    { length: count },
    () => table.rows[random.integer(table.rows.length)]!,
  );
  const rows = random.shuffle([...table.rows, ...copies]);
  return { table: { ...table, rows }, codes: ["duplicate-rows"], column: null };
}
