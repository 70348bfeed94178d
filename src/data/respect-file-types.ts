import type { ColumnSchema } from "../core/schema.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import { describeTable } from "./describe-table.ts";
import type { DuckSession } from "./duck-session.ts";
import type { DeclaredType, RawTable } from "./raw-table.ts";

/**
 * The columns of a table, as `describeTable` sees them. A file that says what its columns are (Parquet) is believed:
 * texts stay texts though they are all digits, and every reason says what the file calls the column. What the user says
 * comes first.
 */
export async function respectFileTypes(
  session: DuckSession,
  raw: RawTable,
  types: DeclaredTypes | undefined,
  path: string,
): Promise<ColumnSchema[]> {
  const columns = await describeTable(session, raw, types, path);
  const { declared } = raw;
  if (declared === null) return columns;
  const texts = columns.filter(
    ({ name, type, format }, c) =>
      type === "numeric" &&
      format === undefined &&
      declared[c]?.type === "text" &&
      types?.has(name) !== true,
  );
  const known = new Map(types);
  for (const { name } of texts) known.set(name, { type: "category" });
  const described = texts.length === 0 ? columns : await describeTable(session, raw, known, path);
  return described.map((column, c) => {
    const isText = texts.some(({ name }) => name === column.name);
    return withLabel(column, declared[c] ?? null, isText);
  });
}

function withLabel(
  column: ColumnSchema,
  declared: DeclaredType | null,
  isDigits: boolean,
): ColumnSchema {
  if (declared === null) return column;
  const reason = isDigits
    ? `${declared.label} in the file, so text, though its cells are numbers; --types ${column.name}=numeric reads them as numbers`
    : `${column.reason}; ${declared.label} in the file`;
  return { ...column, reason };
}
