import { AutomlError, nearestName } from "../core/errors.ts";
import type { TrainEvent } from "../core/events.ts";
import { seconds } from "../core/clock.ts";
import type { ColumnSchema } from "../core/schema.ts";
import { guessTarget } from "../data/guess-target.ts";
import type { DataSource, Inspection } from "../data/data-source.ts";
import type { TrainOptions } from "./train-options.ts";

/** The file as it was understood, with the target decided and a role for every column. */
export interface UnderstoodData {
  readonly inspection: Inspection;
  readonly target: { readonly name: string; readonly why: string };
  /** Every column of the file, in file order, with its final role. */
  readonly columns: readonly ColumnSchema[];
}

/** Reads what the columns are, decides the target, gives every column its role; tells listeners as it goes. */
export async function understandData(
  source: DataSource,
  path: string,
  options: Pick<TrainOptions, "target" | "exclude" | "chooseTarget">,
  emit: (event: TrainEvent) => void,
  startedAt: number,
): Promise<UnderstoodData> {
  const inspection = await source.inspect();
  emit({
    type: "data-read",
    path,
    rows: inspection.rows,
    columns: inspection.columns.length,
    format: inspection.formatLabel,
    seconds: seconds() - startedAt,
  });
  const { target, runnerUp } = await chooseTarget({ ...inspection, path }, options);
  emit({ type: "target", ...target, runnerUp });
  const columns = assignRoles({ ...inspection, path }, target, options.exclude ?? []);
  emit({ type: "columns", columns });
  if (!columns.some((column) => column.role === "feature")) {
    throw new AutomlError("AUTOML_NO_FEATURES", "No column is left to predict from.", {
      hint: "See the reason of each column: automl train prints them before anything is trained.",
      details: { columns: columns.map(({ name, role, reason }) => ({ name, role, reason })) },
    });
  }
  return { inspection, target, columns };
}

async function chooseTarget(
  inspection: Inspection,
  options: Pick<TrainOptions, "target" | "exclude" | "chooseTarget">,
): Promise<{ target: UnderstoodData["target"]; runnerUp: string | null }> {
  const names = inspection.columns.map((column) => column.name);
  if (options.target !== undefined) {
    requireColumn(options.target, names, inspection.path, "AUTOML_TARGET_UNKNOWN");
    return { target: { name: options.target, why: "given" }, runnerUp: null };
  }
  const excluded = new Set(options.exclude ?? []);
  const guess = guessTarget(inspection.columns.filter((column) => !excluded.has(column.name)));
  if (guess.certain || options.chooseTarget === undefined) {
    return { target: { name: guess.name, why: guess.why }, runnerUp: guess.runnerUp };
  }
  const name = await options.chooseTarget(guess, inspection.columns);
  requireColumn(name, names, inspection.path, "AUTOML_TARGET_UNKNOWN");
  return {
    target: { name, why: name === guess.name ? `${guess.why}, confirmed` : "chosen" },
    runnerUp: null,
  };
}

function assignRoles(
  inspection: Inspection,
  target: UnderstoodData["target"],
  exclude: readonly string[],
): ColumnSchema[] {
  const names = inspection.columns.map((column) => column.name);
  for (const name of exclude) requireColumn(name, names, inspection.path, "AUTOML_COLUMN_UNKNOWN");
  return inspection.columns.map((column) => {
    if (column.name === target.name)
      return { ...column, role: "target", reason: `target: ${target.why}` };
    if (exclude.includes(column.name))
      return { ...column, role: "excluded", reason: "left out on request" };
    // The guess of the target looked at every column; one that was not chosen is a feature like any other.
    return column.role === "target" ? { ...column, role: "feature" } : column;
  });
}

function requireColumn(
  name: string,
  names: readonly string[],
  path: string,
  code: "AUTOML_TARGET_UNKNOWN" | "AUTOML_COLUMN_UNKNOWN",
): void {
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const shown = names.length > 40 ? [...names.slice(0, 40), `… ${names.length - 40} more`] : names;
  throw new AutomlError(code, `There is no column "${name}" in ${path}.`, {
    hint: `${near === undefined ? "" : `Did you mean "${near}"?  `}Columns: ${shown.join(", ")}`,
    details: { name, near, columns: names },
  });
}
