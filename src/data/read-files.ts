import { createHash } from "node:crypto";
import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import type { DuckSession } from "./duck-session.ts";
import { describeFiles } from "./expand-pattern.ts";
import type { FileLook } from "./look-at-file.ts";
import type { RawTable } from "./raw-table.ts";
import { readDelimited } from "./read-delimited.ts";
import { readJson } from "./read-json.ts";
import type { ReadOptions } from "./read-options.ts";
import { readParquet } from "./read-parquet.ts";

/** A file with what its first bytes say. */
export interface LookedFile {
  readonly path: string;
  readonly look: FileLook;
}

/** Reads one file into `raw`. */
function readFile(
  session: DuckSession,
  { path, look }: LookedFile,
  options: ReadOptions,
): Promise<RawTable> {
  switch (look.kind) {
    case "parquet":
      return readParquet(session, path, options);
    case "json":
    case "ndjson":
      return readJson(session, path, look.kind, look.head, options);
    case "delimited":
      return readDelimited(session, path, look.head, options);
  }
}

/**
 * Reads files into `raw`, one below the other. Each is looked at by itself, so that they may be written differently;
 * all must have the columns of the first, in any order. Throws as the readers, and AUTOML_FILE_FORMAT.
 */
export async function readFiles(
  session: DuckSession,
  files: readonly LookedFile[],
  options: Omit<ReadOptions, "rowsBefore">,
): Promise<RawTable> {
  const [only] = files;
  if (files.length === 1) return readFile(session, only!, { ...options, rowsBefore: 0 });
  await session.run("DROP TABLE IF EXISTS joined");
  const parts: RawTable[] = [];
  let rowsBefore = 0;
  for (const file of files) {
    const first = parts[0];
    const expected = first === undefined ? options.expected : first.names;
    const header = options.header ?? (first?.dialect?.header === false ? false : undefined);
    const part = await readFile(session, file, { ...options, expected, header, rowsBefore });
    const columns =
      first === undefined ? part.names.map((_, c) => c) : placesOf(first, part, file, files[0]!);
    const select = `SELECT ${columns.map((from, c) => `c${from} AS c${c}`).join(", ")} FROM raw`;
    const into = first === undefined ? "CREATE TEMP TABLE joined AS" : "INSERT INTO joined";
    await session.run(`${into} ${select}`);
    await session.run("DROP TABLE raw");
    parts.push(part);
    rowsBefore += part.fileRows;
  }
  await session.run("ALTER TABLE joined RENAME TO raw");
  return joinParts(parts, files);
}

/** For each column of the first file its place in another. */
function placesOf(
  first: RawTable,
  part: RawTable,
  file: LookedFile,
  firstFile: LookedFile,
): number[] {
  const lacks = first.names.filter((name) => !part.names.includes(name));
  const has = part.names.filter((name) => !first.names.includes(name));
  if (lacks.length + has.length === 0) return first.names.map((name) => part.names.indexOf(name));
  const differences = [
    ...(lacks.length > 0 ? [`it lacks ${listed(lacks)}`] : []),
    ...(has.length > 0 ? [`it has ${listed(has)}`] : []),
  ];
  throw new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${basename(file.path)} has other columns than ${basename(firstFile.path)}: ${differences.join(", and ")}.`,
    {
      hint: "Several files are read as one table when all have the same columns; narrow the pattern or mend the file.",
      details: { file: file.path, lacks, has },
    },
  );
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 5)
    .map((name) => JSON.stringify(name))
    .join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** "comma, UTF-8; semicolon, UTF-8": what the files are, each kind once. */
function listedLabels(labels: readonly string[]): string {
  const shown = labels.slice(0, 3).join("; ");
  return labels.length > 3 ? `${shown}; and ${labels.length - 3} more` : shown;
}

function joinParts(parts: readonly RawTable[], files: readonly LookedFile[]): RawTable {
  const first = parts[0]!;
  const names = files.map(({ path }) => basename(path));
  const sum = (count: (part: RawTable) => number) =>
    parts.reduce((total, part) => total + count(part), 0);
  const labels = [...new Set(parts.map((part) => part.formatLabel))];
  return {
    ...first,
    rows: sum((part) => part.rows),
    fileRows: sum((part) => part.fileRows),
    sha256: createHash("sha256")
      .update(parts.map((part, i) => `${part.sha256} ${names[i]}\n`).join(""))
      .digest("hex"),
    rowNumbers: first.rowNumbers === null ? null : joinNumbers(parts),
    formatLabel: `${files.length} files, ${listedLabels(labels)}`,
    notes: [
      describeFiles(files.map(({ path }) => path)),
      ...first.notes,
      ...parts
        .slice(1)
        .flatMap((part, i) =>
          part.notes
            .filter((note) => !first.notes.includes(note))
            .map((note) => `${names[i + 1]}: ${note}`),
        ),
    ],
    broken: {
      count: sum((part) => part.broken.count),
      examples: parts
        .flatMap((part, i) =>
          part.broken.examples.map((example) => ({ ...example, file: names[i]! })),
        )
        .slice(0, 3),
    },
    rowLabels: (rows) => labelRows(parts, names, rows),
  };
}

function joinNumbers(parts: readonly RawTable[]): Int32Array {
  const all = new Int32Array(parts.reduce((total, part) => total + part.rows, 0));
  let at = 0;
  for (const { rowNumbers, rows } of parts) {
    all.set(rowNumbers!, at);
    at += rows;
  }
  return all;
}

async function labelRows(
  parts: readonly RawTable[],
  names: readonly string[],
  rows: readonly number[],
): Promise<string[]> {
  const labels: string[] = [];
  for (const row of rows) {
    let left = row;
    let i = 0;
    while (i < parts.length - 1 && left >= parts[i]!.rows) left -= parts[i++]!.rows;
    const [label] = await parts[i]!.rowLabels([left]);
    labels.push(`${label!} of ${names[i]!}`);
  }
  return labels;
}
