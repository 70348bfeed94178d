import { AutomlError } from "../../src/core/errors.ts";
import { isNumberColumn } from "../../src/core/table.ts";
import type { DataSource } from "../../src/data/data-source.ts";
import { openFile } from "../../src/data/open-file.ts";
import type { Expected } from "./fuzz-case.ts";

/** What became of an input. */
export interface Verdict {
  /** "read", or the code it was refused with. */
  readonly outcome: string;
  readonly milliseconds: number;
  /** What is wrong, null when nothing is. */
  readonly finding: Finding | null;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly detail: string;
}

export type FindingKind =
  | "crash"
  | "hang"
  | "error without a code"
  | "wrong row count"
  | "wrong column count"
  | "refused although valid"
  | "read although no table"
  | "rows not accounted for"
  | "inspect and load disagree"
  | "slow";

/** Of processor time, which a busy machine does not lengthen much. */
const slowSeconds = 4;

/** Reads the file as a run would: types and roles first, then every column with its own type. */
export async function checkFile(path: string, expected: Expected): Promise<Verdict> {
  const start = performance.now();
  const before = process.cpuUsage();
  const done = (outcome: string, finding: Finding | null): Verdict => {
    const milliseconds = Math.round(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6;
    const detail = `${cpuSeconds.toFixed(1)} processor seconds, ${milliseconds} ms`;
    const slow = cpuSeconds > slowSeconds ? ({ kind: "slow", detail } as const) : null;
    return { outcome, milliseconds, finding: finding ?? slow };
  };
  try {
    const reading = await readAll(path);
    return done("read", compare(reading, expected));
  } catch (error) {
    if (error instanceof AutomlError && error.code !== "AUTOML_INTERNAL") {
      return done(error.code, judgeRefusal(error, expected));
    }
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const detail = said.split("\n").slice(0, 4).join(" | ").slice(0, 600);
    return done("error", { kind: "error without a code", detail });
  }
}

interface Reading {
  readonly rows: number;
  readonly columns: number;
  readonly broken: number;
  readonly header: boolean;
  readonly disagreement: string | null;
}

async function readAll(path: string): Promise<Reading> {
  const source = await openFile(path, { threads: 1 });
  try {
    return await readSource(source);
  } finally {
    source.close();
  }
}

async function readSource(source: DataSource): Promise<Reading> {
  const inspection = await source.inspect();
  const { columns, rows, brokenRows, dialect } = inspection;
  const wanted = columns.map(({ name, type, format }) => ({
    name,
    type,
    ...(format === undefined ? {} : { format }),
  }));
  const { table } = await source.load({ columns: wanted, lenient: true });
  return {
    rows,
    columns: columns.length,
    broken: brokenRows.count,
    header: dialect?.header ?? true,
    disagreement: disagreementOf(columns, table, rows),
  };
}

function disagreementOf(
  columns: readonly { readonly name: string; readonly missing: number }[],
  table: Awaited<ReturnType<DataSource["load"]>>["table"],
  rows: number,
): string | null {
  if (table.rows !== rows) return `${rows} rows inspected, ${table.rows} loaded`;
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) return "names not unique";
  for (const [c, column] of table.columns.entries()) {
    const described = columns[c]!;
    if (column.name !== described.name) return `columns in another order at ${column.name}`;
    if (!isNumberColumn(column)) continue;
    const missing = column.values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0);
    if (missing !== described.missing) {
      return `${column.name}: ${described.missing} missing inspected, ${missing} loaded`;
    }
    if (column.values.some((value) => Math.abs(value) === Infinity)) {
      return `${column.name} holds infinity`;
    }
  }
  return null;
}

function compare(reading: Reading, expected: Expected): Finding | null {
  const { rows, columns, broken, header, disagreement } = reading;
  if (disagreement !== null) return { kind: "inspect and load disagree", detail: disagreement };
  if (expected.kind === "refused") {
    return { kind: "read although no table", detail: `${rows} x ${columns}` };
  }
  const own = rows - (header ? 0 : 1);
  if (expected.kind === "table") {
    const wanted = expected.rows.join(" or ");
    const left = broken > 0 ? `, ${broken} left out as broken` : "";
    if (!expected.rows.includes(own)) {
      return { kind: "wrong row count", detail: `${own} rows for ${wanted}${left}` };
    }
    if (!header && expected.isWhole) {
      return { kind: "wrong row count", detail: `the header was taken for a row (${wanted})` };
    }
    const fewer = expected.columns !== null && columns !== expected.columns;
    if (fewer && expected.isWhole) {
      return { kind: "wrong column count", detail: `${columns} columns for ${expected.columns}` };
    }
  }
  if (expected.kind === "ragged") return compareRagged(own, broken, expected.records);
  return null;
}

/** No record may vanish and none may be made up; a broken record over several lines may count as several. */
function compareRagged(own: number, broken: number, records: readonly number[]): Finding | null {
  if (own <= Math.max(...records) && own + broken >= Math.min(...records)) return null;
  return {
    kind: "rows not accounted for",
    detail: `${own} rows and ${broken} broken for ${records.join(" or ")}`,
  };
}

function judgeRefusal(error: AutomlError, expected: Expected): Finding | null {
  if (expected.kind !== "table") return null;
  return {
    kind: "refused although valid",
    detail: `${expected.rows.join(" or ")} rows, but ${error.code}: ${error.message.slice(0, 300)}`,
  };
}
