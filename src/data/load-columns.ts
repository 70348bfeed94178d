import { basename } from "node:path";
import { AutomlError, nearestName } from "../core/errors.ts";
import {
  sharedFloat64,
  sharedInt32,
  type CodedColumn,
  type Column,
  type NumberColumn,
  isNumberColumn,
} from "../core/table.ts";
import {
  checkCells,
  checkTargetCells,
  countFit,
  countFits,
  type CellFit,
  type LoadSource,
  type WantedColumn,
} from "./cell-fit.ts";
import type { LoadedTable, LoadOptions } from "./data-source.ts";
import { findCopies } from "./find-copies.ts";
import { findLevels, type Levels } from "./find-levels.ts";
import { fillColumns, finiteRows, takeRows, type FilledColumn } from "./fill-columns.ts";

/** Reads columns of `raw` into typed arrays on shared memory. Throws as `loadTable`. */
export async function loadColumns(source: LoadSource, options: LoadOptions): Promise<LoadedTable> {
  const { session, raw } = source;
  const wanted = resolveColumns(source, options);
  const target = wanted.find((column) => column.name === options.target);
  const fits = new Map<WantedColumn, CellFit>();
  if (target !== undefined) {
    fits.set(target, await countFit(session, target));
    await checkTargetCells(source, target, fits.get(target)!);
  }
  const { present, unfit } = fits.get(target!) ?? { present: raw.rows, unfit: 0 };
  const isWhole = present - unfit === raw.rows;
  const levels = await findLevels(session, wanted, raw.rows, isWhole ? undefined : target);
  const whole = wanted.map((column) => emptyColumn(column, raw.rows, levels.get(column)));
  await fillColumns(session, wanted, whole).catch(badFormat(wanted));
  const kept = target === undefined ? null : finiteRows(whole[wanted.indexOf(target)]!.column);
  const columns = whole.map(({ column }) => (kept === null ? column : takeRows(column, kept)));
  const rowNumbers = sharedInt32(kept?.length ?? raw.rows);
  for (let row = 0; row < rowNumbers.length; row++) {
    const at = kept?.[row] ?? row;
    rowNumbers[row] = raw.rowNumbers?.[at] ?? at + 1;
  }
  const holey = wanted.filter((column, i) => column !== target && hasMissingNumber(columns[i]!));
  for (const [column, fit] of await countFits(session, holey, raw.rows)) {
    fits.set(column, fit);
    if (options.lenient !== true) await checkCells(source, column, fit);
  }
  const copyOf =
    options.copies === true
      ? await findCopies(session, raw.names.length, raw.rows, kept, target?.position)
      : undefined;
  return {
    table: {
      rows: rowNumbers.length,
      columns,
      rowNumbers,
      sha256: source.sha256,
      ...(copyOf === undefined ? {} : { copyOf }),
    },
    rowsWithoutTarget: raw.rows - rowNumbers.length,
    fileRows: raw.rows,
    unreadable: wanted
      .map((column) => ({ column: column.name, cells: fits.get(column)?.unfit ?? 0 }))
      .filter(({ cells }) => cells > 0),
  };
}

function hasMissingNumber(column: Column): boolean {
  if (!isNumberColumn(column)) return false;
  const { values } = column;
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) return true;
  return false;
}

function badFormat(columns: readonly WantedColumn[]): (cause: unknown) => never {
  return (cause) => {
    const dates = columns.filter((column) => column.type === "date");
    if (dates.length === 0 || !String(cause).includes("strptime")) throw cause;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `A date format cannot be read: ${dates.map(({ name, format }) => `${name} "${format}"`).join(", ")}.`,
      { hint: 'Write it for strptime, for example "%Y-%m-%d" or "%d/%m/%Y %H:%M".', cause },
    );
  };
}

/** The requested columns once each, in file order, the target as a column of numbers. */
function resolveColumns({ raw, path }: LoadSource, options: LoadOptions): WantedColumn[] {
  const requests = new Map(options.columns.map((column) => [column.name, column]));
  const { target } = options;
  if (target !== undefined) {
    const given = requests.get(target);
    const format = given?.type === "numeric" ? given.format : undefined;
    requests.set(target, { name: target, type: "numeric", format });
  }
  const places = new Map<number, WantedColumn[]>();
  for (const [name, request] of requests) {
    const position = placeOf(name, raw.names);
    if (position >= 0) {
      places.set(position, [...(places.get(position) ?? []), { ...request, position }]);
      continue;
    }
    const nearest = nearestName(name, raw.names);
    throw new AutomlError(
      name === target ? "AUTOML_TARGET_UNKNOWN" : "AUTOML_COLUMN_UNKNOWN",
      `There is no column "${name}" in ${basename(path)}.`,
      {
        hint: `${nearest === undefined ? "" : `Did you mean "${nearest}"?  `}Columns: ${listNames(raw.names)}`,
        details: { column: name, nearest, columns: raw.names },
      },
    );
  }
  return raw.names.flatMap((_, position) => places.get(position) ?? []);
}

/** Spaces around names are left out when a file is read, but who asks may have them from the file. */
function placeOf(name: string, names: readonly string[]): number {
  const exact = names.indexOf(name);
  return exact >= 0 ? exact : names.indexOf(name.trim());
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 30).join(", ");
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown;
}

function emptyColumn(column: WantedColumn, rows: number, levels: Levels | undefined): FilledColumn {
  const { name, type } = column;
  if (type === "category" || type === "text") {
    const coded: CodedColumn = { name, type, codes: sharedInt32(rows), levels: levels!.levels };
    return { column: coded, codes: levels!.codes, padded: levels!.padded };
  }
  const numbers: NumberColumn = { name, type, values: sharedFloat64(rows) };
  return { column: numbers, codes: null, padded: false };
}
