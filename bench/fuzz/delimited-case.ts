import { gzipSync } from "node:zlib";
import type { Random } from "../../src/core/random.ts";
import type { DrawnCase, Expected } from "./fuzz-case.ts";
import { mutate } from "./mutations.ts";
import { drawTable, type SmallTable } from "./small-table.ts";
import { strictRead } from "./strict-reader.ts";
import { delimitedText, drawStyle, textBytes, type Style } from "./write-delimited.ts";

/** A delimited file: one in three as it was written, the others changed in structure, bytes or both. */
export function drawDelimited(random: Random): DrawnCase {
  const style = drawStyle(random);
  const steps = [styleLabel(style)];
  const isWhole = random.integer(3) === 0;
  const table = drawTable(random);
  if (isWhole) return whole(table, style, steps);
  const changed = random.integer(3) === 0 ? changeStructure(table, random, steps) : table;
  const text = delimitedText(changed, { ...style, gzip: false });
  const plain = textBytes(text, { ...style, gzip: false });
  const bytes = steps.length > 1 && random.integer(2) === 0 ? plain : mutate(plain, random, steps);
  return {
    fileName: fileName(style),
    bytes: style.gzip ? gzipSync(bytes) : bytes,
    steps,
    expected: expectedOf(bytes, changed, style),
  };
}

function whole(table: SmallTable, style: Style, steps: readonly string[]): DrawnCase {
  const bytes = textBytes(delimitedText(table, { ...style, gzip: false }), {
    ...style,
    gzip: false,
  });
  const expected = expectedOf(bytes, table, style);
  return {
    fileName: fileName(style),
    bytes: style.gzip ? gzipSync(bytes) : bytes,
    steps,
    expected: expected.kind === "table" ? { ...expected, isWhole: true } : expected,
  };
}

/** What the strict reader finds in the bytes, as far as the header is still the one that was written. */
export function expectedOf(bytes: Uint8Array, table: SmallTable, style: Style): Expected {
  const text = decode(bytes, style);
  if (text === null) return { kind: "anything" };
  const reading = strictRead(text, style.separator);
  if (reading.kind === "invalid") return { kind: "anything" };
  const [header, ...rows] = reading.records;
  if (header === undefined || rows.length === 0) return { kind: "refused" };
  // A header that lost its names is no header to anybody.
  const isKept = header.join("\0") === table.names.join("\0");
  if (!isKept || header.every((name) => name.trim() === "")) return { kind: "anything" };
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== "")).length;
  const accepted = [...new Set([rows.length, filled])];
  if (reading.kind === "ragged") return { kind: "ragged", records: accepted };
  if (filled === 0) return { kind: "anything" };
  return { kind: "table", rows: accepted, columns: header.length, isWhole: false };
}

function decode(bytes: Uint8Array, { encoding }: Style): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Changes a person makes: columns in another order, names twice or missing, stray rows and columns. */
function changeStructure(table: SmallTable, random: Random, steps: string[]): SmallTable {
  const names = [...table.names];
  const rows = table.rows.map((row) => [...row]);
  const column = random.integer(names.length);
  const changes: readonly (readonly [string, () => void])[] = [
    ["a name twice", () => (names[column] = names[0]!)],
    ["a name missing", () => (names[column] = "")],
    ["all names alike", () => names.fill("a")],
    ["a blank name", () => (names[column] = "  ")],
    ["a long name", () => (names[column] = "name ".repeat(2000))],
    ["a name with a newline", () => (names[column] = 'first\nsecond, "third"')],
    [
      "an empty column",
      () => {
        names.push("");
        for (const row of rows) row.push("");
      },
    ],
    ["an empty row", () => rows.splice(random.integer(rows.length), 0, Array<string>(names.length).fill(""))], // prettier-ignore
    ["the header again", () => rows.splice(random.integer(rows.length), 0, [...names])],
    ["a huge cell", () => (rows[random.integer(rows.length)]![column] = "y".repeat(40_000 + random.integer(300_000)))], // prettier-ignore
    ["rows out of order in their cells", () => random.shuffle(rows[random.integer(rows.length)]!)],
    [
      "many columns",
      () => {
        for (let c = 0; c < 300; c++) {
          names.push(`extra_${c}`);
          for (const [r, row] of rows.entries()) row.push(String((r * 7 + c) % 13));
        }
      },
    ],
    ["a short row", () => rows[random.integer(rows.length)]!.pop()],
    ["a long row", () => rows[random.integer(rows.length)]!.push("more", "and more")],
    ["spaces around cells", () => rows.forEach((row) => row.forEach((cell, c) => (row[c] = ` ${cell} `)))], // prettier-ignore
    ["one row of all", () => rows.splice(1)],
  ];
  const [name, change] = changes[random.integer(changes.length)]!;
  change();
  steps.push(name);
  return { names, rows };
}

function fileName({ separator, gzip }: Style): string {
  return `table.${separator === "\t" ? "tsv" : "csv"}${gzip ? ".gz" : ""}`;
}

function styleLabel(style: Style): string {
  const { separator, newline, encoding, bom, gzip, quotesAll } = style;
  return JSON.stringify({ separator, newline, encoding, bom, gzip, quotesAll });
}
