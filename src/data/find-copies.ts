import { sharedInt32 } from "../core/table.ts";
import type { DuckSession } from "./duck-session.ts";
import { columnsTogether } from "./wide-queries.ts";

/**
 * For every kept row the first kept one with the same cells in all columns of the file but row numbers, itself where
 * there is none before it; undefined when no two rows are alike. By a 64-bit hash of a row's cells as they are written: two different
 * rows are taken for copies once in some ten million tables of a million rows. O(cells + rows).
 *
 * @param columns how many columns `raw` has
 * @param kept rows of `raw` that are in the table, ascending; null: all
 * @param target position of the target, which is compared whatever it looks like
 */
export async function findCopies(
  session: DuckSession,
  columns: number,
  rows: number,
  kept: Int32Array | null,
  target?: number,
): Promise<Int32Array<SharedArrayBuffer> | undefined> {
  const compared = await comparedColumns(session, columns, target);
  if (compared.length === 0) return undefined;
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const result = await session.stream(
    `SELECT rowid::INTEGER, hash(${compared.join(", ")}) FROM raw`,
  );
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const items = (c: number) =>
      (chunk.getColumnVector(c) as unknown as { items: Int32Array | BigUint64Array }).items;
    const at = items(0) as Int32Array;
    const hashes = items(1) as BigUint64Array;
    const words = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
    for (let i = 0; i < chunk.rowCount; i++) {
      low[at[i]!] = words[2 * i]!;
      high[at[i]!] = words[2 * i + 1]!;
    }
  }
  return firstAlike(low, high, kept);
}

/**
 * All columns but those that only number the rows: whole numbers that rise from row to row and leave out fewer than they
 * hold. What the first rows cannot rule out is told by all.
 */
async function comparedColumns(
  session: DuckSession,
  columns: number,
  target: number | undefined,
): Promise<string[]> {
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  const others = names.filter((_, c) => c !== target);
  const dense = (name: string) =>
    `count(${name}) = count(*) AND count(*) > 1 AND max(${name}) - min(${name}) < 2 * count(*)`;
  const likely = await columnsWhere(session, others, (some) => ({
    tests: some.map(dense),
    from: `SELECT ${some.map(wholeSql).join(", ")} FROM raw WHERE rowid < 100`,
  }));
  const numbering = await columnsWhere(session, likely, (some) => {
    const rises = some.map((name) => `${name} - lag(${name}) OVER (ORDER BY r) AS d_${name}`);
    return {
      tests: some.map((name) => `${dense(name)} AND coalesce(bool_and(d_${name} > 0), false)`),
      from: `SELECT ${[...some, ...rises].join(", ")} FROM (SELECT rowid AS r, ${some.map(wholeSql).join(", ")} FROM raw)`,
    };
  });
  return names.filter((name) => !numbering.includes(name));
}

function wholeSql(name: string): string {
  return `TRY_CAST(${name} AS BIGINT) AS ${name}`;
}

/** Of some columns those of which a test is true, in queries of a few at a time. */
async function columnsWhere(
  session: DuckSession,
  columns: readonly string[],
  query: (some: readonly string[]) => { readonly tests: readonly string[]; readonly from: string },
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < columns.length; start += columnsTogether) {
    const some = columns.slice(start, start + columnsTogether);
    const { tests, from } = query(some);
    const [row = []] = await session.rows(`SELECT ${tests.join(", ")} FROM (${from})`);
    found.push(...some.filter((_, i) => row[i] === true));
  }
  return found;
}

/** Open addressing with linear probing: the table is at most half full. */
function firstAlike(
  low: Uint32Array,
  high: Uint32Array,
  kept: Int32Array | null,
): Int32Array<SharedArrayBuffer> | undefined {
  const count = kept?.length ?? low.length;
  let size = 16;
  while (size < 2 * count) size *= 2;
  // Positions in the table of rows, from 1; 0: free.
  const slots = new Int32Array(size);
  const copyOf = sharedInt32(count);
  let hasCopies = false;
  for (let row = 0; row < count; row++) {
    const at = kept === null ? row : kept[row]!;
    let slot = (low[at]! ^ Math.imul(high[at]!, 0x9e3779b1)) & (size - 1);
    for (;;) {
      const found = slots[slot]! - 1;
      if (found < 0) {
        slots[slot] = row + 1;
        copyOf[row] = row;
        break;
      }
      const other = kept === null ? found : kept[found]!;
      if (low[other] === low[at] && high[other] === high[at]) {
        copyOf[row] = found;
        hasCopies = true;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return hasCopies ? copyOf : undefined;
}
