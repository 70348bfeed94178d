import type { DuckSession } from "./duck-session.ts";
import { literal } from "./duck-session.ts";
import type { RawTable } from "./raw-table.ts";

/** What stands in front of a row that sums up those above it, in lower case. */
const summaryWords: ReadonlySet<string> = new Set(
  (
    "total|totals|grand total|sum|average|avg|mean|median|sd|std|std dev|st. dev.|standard deviation|" +
    "gesamt|gesamtsumme|summe|mittelwert|durchschnitt|total g\u00e9n\u00e9ral|somme|moyenne|suma|media|promedio|total geral|" +
    "m\u00e9dia|totale|toplam|ortalama|razem|\u0438\u0442\u043e\u0433\u043e|\u0432\u0441\u0435\u0433\u043e|" +
    "\u5408\u8ba1|\u603b\u8ba1|\u5408\u8a08|\u7dcf\u8a08|\u5e73\u5747|\ud569\uacc4|\ucd1d\uacc4|\ud3c9\uade0"
  ).split("|"),
);
/** What a line below the table begins with that says where it comes from. */
const footnote =
  /^(?:source|sources|note|notes|data from|last updated|quelle|fuente|fonte|stand|\u00a9|\*)(?![\p{L}0-9])/iu;
/** Rows at the end of a table that are looked at. */
const rowsLookedAt = 8;
const fewestRows = 20;

/**
 * Leaves out the rows at the end of a table that sum up those above: their first words are "Total", "Average" and their
 * like, which stand nowhere else in their column. As rows of data they would be the largest outliers there are. So are
 * footnotes, a text in one cell and nothing beside it. Says so.
 */
export async function withoutSummaryRows(session: DuckSession, raw: RawTable): Promise<RawTable> {
  if (raw.rows < fewestRows || raw.rowNumbers !== null || raw.names.length < 2) return raw;
  const last = await session.rows(
    `SELECT * FROM raw WHERE rowid >= ${raw.rows - rowsLookedAt} ORDER BY rowid DESC`,
  );
  const ends = last.map(endOf);
  const below = ends.findIndex((end) => end.kind === "data");
  const candidates = ends.slice(0, below < 0 ? ends.length : below);
  // Blank lines and single cells alone may be data of which much is missing.
  const isSure = candidates.some(({ kind }) => kind === "summary" || kind === "footnote");
  if (!isSure) return raw;
  const rows = raw.rows - candidates.length;
  for (const { kind, column, text } of candidates) {
    if (kind === "blank") continue;
    const [again] = await session.rows(
      `SELECT count(*) FROM raw WHERE rowid < ${rows} AND lower(trim(c${column})) = ${literal(text.toLowerCase())}`,
    );
    if (Number(again![0]) > 0) return raw;
  }
  await session.run(`DELETE FROM raw WHERE rowid >= ${rows}`);
  const words = candidates
    .filter(({ kind }) => kind !== "blank")
    .reverse()
    .map(({ text }) => JSON.stringify(text.slice(0, 40)));
  const which =
    candidates.length === 1
      ? `The last row is no data but sums up or explains those above it (${words[0]!}) and was left out.`
      : `The last ${candidates.length} rows are no data but sum up or explain those above them (${words.join(", ")}) and were left out.`;
  return { ...raw, rows, fileRows: raw.fileRows - candidates.length, notes: [...raw.notes, which] };
}

interface RowEnd {
  readonly kind: "summary" | "footnote" | "text" | "blank" | "data";
  /** Of the first filled cell. */
  readonly column: number;
  readonly text: string;
}

/** What a row at the end of a table may be, by its first filled cell and how many others there are. */
function endOf(cells: readonly unknown[]): RowEnd {
  const words = cells.map((cell) => (typeof cell === "string" ? cell.trim() : ""));
  const column = words.findIndex((word) => word !== "");
  const text = words[column] ?? "";
  const filled = words.filter((word) => word !== "").length;
  const kindOf = (): RowEnd["kind"] => {
    if (column < 0) return "blank";
    if (summaryWords.has(text.toLowerCase().replace(/\s*:$/, ""))) return "summary";
    if (filled > 1) return "data";
    if (footnote.test(text)) return "footnote";
    return /\p{L}/u.test(text) && cells.length > 2 ? "text" : "data";
  };
  return { kind: kindOf(), column, text };
}
