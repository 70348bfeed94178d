import type { Random } from "../../src/core/random.ts";

/** A table as text, before it is written in any format. */
export interface SmallTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const words = ["price", "rooms", "city", "area", "year", "owner", "fuel", "weight", "note", "date"];
const signs = ['"', '""', ",", ";", "|", "\t", "'", "\\", "\n", "\r\n", " ", "#", "=1+1", "<b>", "{", "[", "é", "中", "가", "あ", "😀", "\u00a0"]; // prettier-ignore
const markers = ["", "NA", "N/A", "#N/A", "?", "-", "null", "NaN", "none", "None", "nan", "inf"];

type Cell = (random: Random, row: number) => string;

/** What columns hold: each the way people write it. */
const cells: readonly Cell[] = [
  (random) => String(random.integer(2000) - 500),
  (random) => (random.normal() * 100).toFixed(3),
  (random) => (random.normal() * 1e9).toExponential(4),
  (random) => (random.next() * 100).toFixed(2).replace(".", ","),
  (random) => `$${(random.integer(90) + 1).toString()},${String(random.integer(1000)).padStart(3, "0")}`, // prettier-ignore
  (random) => `${(random.next() * 30).toFixed(1)} kmpl`,
  (random) => words[random.integer(words.length)]!,
  (random) => ["yes", "no"][random.integer(2)]!,
  (random) => ["TRUE", "FALSE"][random.integer(2)]!,
  (random) => `20${10 + random.integer(15)}-${two(1 + random.integer(12))}-${two(1 + random.integer(28))}`, // prettier-ignore
  (random) => `${1 + random.integer(28)}/${1 + random.integer(12)}/20${10 + random.integer(15)}`,
  (random) => `201${random.integer(10)}년 ${1 + random.integer(12)}월 ${1 + random.integer(28)}일`,
  (random, row) => `id-${row}-${random.integer(1e6)}`,
  (_, row) => String(row),
  (random) => Array.from({ length: 1 + random.integer(6) }, () => words[random.integer(words.length)]).join(" "), // prettier-ignore
  (random) => Array.from({ length: 1 + random.integer(4) }, () => (random.integer(2) === 0 ? signs : words)[random.integer(10)]).join(""), // prettier-ignore
  (random) => signs[random.integer(signs.length)]! + words[random.integer(words.length)]!,
  () => "same",
];

/** Draws a table: mostly 20 to 80 rows and 2 to 7 columns, now and then one row or one column. */
export function drawTable(random: Random, options: { readonly plain?: boolean } = {}): SmallTable {
  const rows = random.integer(10) === 0 ? 1 + random.integer(8) : 20 + random.integer(60);
  const columns = random.integer(25) === 0 ? 1 : 2 + random.integer(6);
  const kinds = options.plain === true ? 15 : cells.length;
  const makers = Array.from({ length: columns }, () => cells[random.integer(kinds)]!);
  const missing = random.integer(3) === 0 ? 0.1 : 0;
  const body = Array.from({ length: rows }, (_, row) =>
    makers.map((make) =>
      random.next() < missing ? markers[random.integer(markers.length)]! : make(random, row),
    ),
  );
  // The first column is numbers in most files: the header stands out.
  if (random.integer(6) > 0) for (const row of body) row[0] = String(random.integer(10_000));
  const names = makers.map((_, c) => `${words[random.integer(words.length)]!}_${c + 1}`);
  return { names, rows: body };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
