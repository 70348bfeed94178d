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
/** Rows at the end of a table that are looked at. */
const rowsLookedAt = 5;
const fewestRows = 20;

/**
 * Leaves out the rows at the end of a table that sum up those above: their first words are "Total", "Average" and their
 * like, which stand nowhere else in their column. As rows of data they would be the largest outliers there are. Says so.
 */
export async function withoutSummaryRows(session: DuckSession, raw: RawTable): Promise<RawTable> {
  if (raw.rows < fewestRows || raw.rowNumbers !== null) return raw;
  const last = await session.rows(
    `SELECT * FROM raw WHERE rowid >= ${raw.rows - rowsLookedAt} ORDER BY rowid DESC`,
  );
  const found: { readonly column: number; readonly cell: string }[] = [];
  for (const cells of last) {
    const words = cells.map((cell) => (typeof cell === "string" ? cell.trim() : ""));
    const column = words.findIndex((word) => word !== "");
    const cell = words[column] ?? "";
    if (!summaryWords.has(wordOf(cell))) break;
    found.push({ column, cell });
  }
  const rows = raw.rows - found.length;
  for (const { column, cell } of found) {
    const [again] = await session.rows(
      `SELECT count(*) FROM raw WHERE rowid < ${rows} AND lower(trim(c${column})) = ${literal(cell.toLowerCase())}`,
    );
    if (Number(again![0]) > 0) return raw;
  }
  if (found.length === 0) return raw;
  await session.run(`DELETE FROM raw WHERE rowid >= ${rows}`);
  const words = found.reverse().map(({ cell }) => JSON.stringify(cell.slice(0, 40)));
  const which =
    found.length === 1
      ? `The last row sums up those above it (${words[0]!}) and was left out.`
      : `The last ${found.length} rows sum up those above them (${words.join(", ")}) and were left out.`;
  return { ...raw, rows, fileRows: raw.fileRows - found.length, notes: [...raw.notes, which] };
}

function wordOf(cell: string): string {
  return cell.toLowerCase().replace(/\s*:$/, "");
}
