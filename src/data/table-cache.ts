import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isNumberColumn, type Column, type ColumnType, type Table } from "../core/table.ts";

const magic = "GBXTBL01";

interface CacheHeader {
  readonly rows: number;
  readonly sha256: string;
  readonly hasCopies?: true;
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    readonly levels?: readonly string[];
  }[];
}

/**
 * Writes a table to one file: magic, header length, header JSON, then row numbers, copies and columns as little-endian
 * buffers, each at a multiple of 8 bytes. Atomic: written beside the place and renamed.
 */
export function writeTableCache(path: string, table: Table): void {
  const header: CacheHeader = {
    rows: table.rows,
    sha256: table.sha256,
    ...(table.copyOf === undefined ? {} : { hasCopies: true }),
    columns: table.columns.map((column) =>
      isNumberColumn(column)
        ? { name: column.name, type: column.type }
        : { name: column.name, type: column.type, levels: column.levels },
    ),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(padded(16 + json.length));
  start.set(new TextEncoder().encode(magic));
  new DataView(start.buffer).setFloat64(8, json.length, true);
  start.set(json, 16);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, "w");
  try {
    writeSync(file, start);
    const { rowNumbers, copyOf } = table;
    const first = copyOf === undefined ? [rowNumbers] : [rowNumbers, copyOf];
    for (const values of [...first, ...table.columns.map(valuesOf)]) {
      const bytes = new Uint8Array(padded(values.byteLength));
      bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      writeWhole(file, bytes);
    }
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** The table that `writeTableCache` wrote, on shared memory; undefined when there is none or the file is damaged. */
export function readTableCache(path: string): Table | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(statSync(path).size));
    for (let at = 0; at < bytes.length;) {
      const read = readSync(file, bytes, at, Math.min(bytes.length - at, 1 << 30), at);
      if (read === 0) return undefined;
      at += read;
    }
    return decodeTable(bytes);
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

function decodeTable(bytes: Uint8Array<SharedArrayBuffer>): Table | undefined {
  const text = (start: number, end: number) => new TextDecoder().decode(bytes.slice(start, end));
  if (bytes.length < 16 || text(0, 8) !== magic) return undefined;
  const length = new DataView(bytes.buffer).getFloat64(8, true);
  const header = JSON.parse(text(16, 16 + length)) as CacheHeader;
  const { rows } = header;
  let at = padded(16 + length);
  const next = (width: number) => {
    const start = at;
    at += padded(rows * width);
    return start;
  };
  const rowNumbers = new Int32Array(bytes.buffer, next(4), rows);
  const copies =
    header.hasCopies === true ? { copyOf: new Int32Array(bytes.buffer, next(4), rows) } : {};
  const columns = header.columns.map(({ name, type, levels }): Column => {
    if (type === "category" || type === "text") {
      return { name, type, codes: new Int32Array(bytes.buffer, next(4), rows), levels: levels! };
    }
    return { name, type, values: new Float64Array(bytes.buffer, next(8), rows) };
  });
  if (at !== bytes.length) return undefined;
  return { rows, columns, rowNumbers, sha256: header.sha256, ...copies };
}

function valuesOf(column: Column): Float64Array | Int32Array {
  return isNumberColumn(column) ? column.values : column.codes;
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at);
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
