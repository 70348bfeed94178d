import { AutomlError, nearestName } from "../core/errors.ts";
import type { TrainEvent } from "../core/events.ts";
import { seconds } from "../core/clock.ts";
import { isConverted, withoutExamples, type ColumnSchema } from "../core/schema.ts";
import { declareTypes } from "../data/declared-types.ts";
import { fewestRows } from "../data/check-target.ts";
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
  options: Understanding,
  emit: (event: TrainEvent) => void,
  startedAt: number,
): Promise<UnderstoodData> {
  const inspection = await inspectWith(source, options);
  emit({
    type: "data-read",
    path,
    rows: inspection.rows,
    columns: inspection.columns.length,
    format: inspection.formatLabel,
    fileRows: inspection.fileRows,
    notes: inspection.notes,
    seconds: seconds() - startedAt,
  });
  if (options.target === undefined) requireRows(inspection.rows);
  const { target, runnerUp } = await chooseTarget({ ...inspection, path }, options);
  emit({ type: "target", ...target, runnerUp });
  const columns = assignRoles({ ...inspection, path }, target, options);
  emit({ type: "columns", columns });
  if (!columns.some((column) => column.role === "feature")) {
    throw new AutomlError("AUTOML_NO_FEATURES", "No column is left to predict from.", {
      hint: "See the reason of each column: automl train prints them before anything is trained.",
      details: { columns: columns.map(({ name, role, reason }) => ({ name, role, reason })) },
    });
  }
  return { inspection, target, columns };
}

/** In next to no rows every column is constant or a label: that none could be a target is not what is wrong. */
function requireRows(rows: number): void {
  if (rows >= fewestRows) return;
  throw new AutomlError(
    "AUTOML_TOO_FEW_ROWS",
    `The file has ${rows === 1 ? "1 row" : `${rows} rows`} below the header: at least ${fewestRows} are needed.`,
    { hint: "Add rows.", details: { rows } },
  );
}

/** Throws AUTOML_WEIGHT_INVALID when the column of weights was read as anything but numbers. */
function requireWeights(columns: readonly ColumnSchema[], weightCol: string | undefined): void {
  const column = columns.find(({ name }) => name === weightCol);
  if (column === undefined || column.type === "numeric") return;
  const { seen } = column;
  if (seen !== undefined && seen.numbers * 2 >= seen.filled - seen.markers) return;
  throw new AutomlError(
    "AUTOML_WEIGHT_INVALID",
    `"${column.name}" holds no weights: it was read as ${column.type}. ${column.reason}`,
    {
      hint: "Name a column of numbers of at least 0 that say how much a row counts.",
      details: { column: column.name, type: column.type },
    },
  );
}

/** What of the options decides what columns are for. */
type Understanding = Pick<
  TrainOptions,
  | "target"
  | "exclude"
  | "chooseTarget"
  | "timeCol"
  | "groupCol"
  | "splitCol"
  | "weightCol"
  | "types"
  | "samples"
>;

/** The columns with the types that were said; without examples of their cells where none may be kept. */
export async function inspectWith(
  source: DataSource,
  { types, samples }: Pick<TrainOptions, "types" | "samples">,
): Promise<Inspection> {
  const inspection = await source.inspect(
    types === undefined ? {} : { types: declareTypes(types) },
  );
  if (samples !== false) return inspection;
  const { brokenRows } = inspection;
  const examples = brokenRows.examples.map((example) => ({ ...example, text: "" }));
  return {
    ...inspection,
    columns: inspection.columns.map(withoutExamples),
    brokenRows: { ...brokenRows, examples },
  };
}

async function chooseTarget(
  inspection: Inspection,
  options: Understanding,
): Promise<{ target: UnderstoodData["target"]; runnerUp: string | null }> {
  const names = inspection.columns.map((column) => column.name);
  if (options.target !== undefined) {
    requireColumn(options.target, names, inspection.path, "AUTOML_TARGET_UNKNOWN");
    return { target: { name: options.target, why: "given" }, runnerUp: null };
  }
  const excluded = new Set([...(options.exclude ?? []), ...namedColumns(options)]);
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
  options: Understanding,
): ColumnSchema[] {
  const { exclude = [] } = options;
  const reasons = purposes(options);
  const names = inspection.columns.map((column) => column.name);
  for (const name of [...exclude, ...namedColumns(options)])
    requireColumn(name, names, inspection.path, "AUTOML_COLUMN_UNKNOWN");
  requireWeights(inspection.columns, options.weightCol);
  return inspection.columns.map((column) => {
    if (column.name === target.name) return asTarget(column, target.why);
    const reason = Object.hasOwn(reasons, column.name) ? reasons[column.name] : undefined;
    if (reason !== undefined) return { ...column, role: "excluded", reason };
    if (exclude.includes(column.name))
      return { ...column, role: "excluded", reason: "left out on request" };
    if (column.name === options.timeCol && column.role === "feature")
      return {
        ...column,
        reason: `${column.reason.replace(/\.$/, "")}; the rows are divided by it.`,
      };
    // The guess of the target looked at every column; one that was not chosen is a feature like any other.
    return column.role === "target" ? { ...column, role: "feature" } : column;
  });
}

/** The target is read as numbers, whatever its cells look like; how they were read is said behind why it is the target. */
function asTarget(column: ColumnSchema, why: string): ColumnSchema {
  const reason = `target: ${why}`;
  if (column.type !== "numeric") {
    const { format: _format, ...numbers } = column;
    return { ...numbers, type: "numeric", role: "target", reason };
  }
  return {
    ...column,
    role: "target",
    reason: isConverted(column) ? `${reason}. ${column.reason}` : reason,
  };
}

/** Columns that are named for what they say of the rows. */
function namedColumns({ timeCol, groupCol, splitCol, weightCol }: Understanding): string[] {
  return [timeCol, groupCol, splitCol, weightCol].filter((name) => name !== undefined);
}

/** Columns that say something of the rows and are therefore no features, each with the reason. */
function purposes({
  groupCol,
  splitCol,
  weightCol,
}: Understanding): Readonly<Record<string, string>> {
  const found: [name: string, reason: string][] = [];
  if (groupCol !== undefined)
    found.push([groupCol, "the rows are divided by it: a new group would be unknown to a model"]);
  if (splitCol !== undefined) found.push([splitCol, "it says which part a row is in"]);
  if (weightCol !== undefined) found.push([weightCol, "it says how much a row counts"]);
  return Object.fromEntries(found);
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
