import { allowedMemory, columnBytes, memoryText } from "../core/memory.ts";
import { AutomlError } from "../core/errors.ts";
import type { ColumnSchema } from "../core/schema.ts";
import type { Family } from "../models/contract/family.ts";
import { mostCells } from "../preprocess/preparation.ts";
import { beyondMemory, fitBytes, fitMemory, memoryFor } from "../search/fit-memory.ts";
import { isSearchable } from "../search/sample-params.ts";

/**
 * Refuses a table that no model of the run could be trained on within its memory, before the table is loaded. Counted is
 * the least: columns as they are, and the family that needs least. Throws AUTOML_TABLE_TOO_LARGE with the numbers.
 * @param columns the features and the target
 * @param megabytes what the user allows; null: nothing said
 */
export function requireRoom(
  rows: number,
  columns: readonly ColumnSchema[],
  families: readonly Family[],
  megabytes: number | null,
): void {
  const allowed = allowedMemory(megabytes);
  const table = columns.reduce(
    (sum, { type, distinct }) => sum + columnBytes(type, rows, distinct),
    4 * rows,
  );
  const features = Math.max(1, columns.length - 1);
  const memory = fitMemory(allowed, table);
  // Constants always fit and are no use alone.
  const models = families.some(isSearchable) ? families.filter(isSearchable) : families;
  const fits = models.map((family) => ({ family, rows, columns: features, memory }));
  if (fits.some((fit) => beyondMemory(fit, fit.family.start) === null)) return;
  const size = `${rows} rows x ${columns.length} columns`;
  const fewer = "use a sample of the rows, or leave columns out with --exclude";
  if (rows * features > mostCells) {
    throw new AutomlError(
      "AUTOML_TABLE_TOO_LARGE",
      `The table of ${size} has ${rows * features} values to predict from; ${mostCells} is the most that a model can be given.`,
      { hint: `${sentence(fewer)}.`, details: { rows, columns: columns.length } },
    );
  }
  const least = Math.min(...fits.map((fit) => fitBytes(fit, fit.family.start)));
  const needed = memoryFor(least, table);
  const enough = Math.ceil(needed / 2 ** 20 / 10) * 10;
  const most = allowedMemory(null);
  throw new AutomlError(
    "AUTOML_TABLE_TOO_LARGE",
    `The table of ${size} needs at least ${memoryText(needed, "up")} of memory to train on; ${memoryText(allowed, "down")} are allowed.`,
    {
      hint:
        enough * 2 ** 20 <= most
          ? `Allow more with --memory ${enough}, ${fewer}.`
          : `${sentence(fewer)}. This machine allows ${memoryText(most, "down")}, 75 % of what it has.`,
      details: {
        rows,
        columns: columns.length,
        neededBytes: Math.ceil(needed),
        allowedBytes: allowed,
      },
    },
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
