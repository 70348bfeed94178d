import { availableParallelism } from "node:os";
import type { Inspection } from "../data/data-source.ts";
import type { RunConfig } from "../engine/run-config.ts";

/** Cells a second that are nominally counted in a file, and read and understood. */
const scannedCells = 2e7;
const readCells = 1.5e6;
/** Rows up to which a work unit takes its nanosecond. */
const quickRows = 1e5;
const mostSlowdown = 12;

/**
 * Nominal work units of a budget: 1e9 a second and worker, whatever the machine really does. Reading a large table takes
 * its part of them; and with more rows a fit takes longer than its units say, since matrices are prepared and
 * outgrow the caches, and boosting goes on for longer before it stops: with a million rows about ten times, measured.
 * @param fitted rows that a fold's model is fitted on
 */
export function budgetUnits(
  { timeBudget, workers }: Pick<RunConfig, "timeBudget" | "workers">,
  { fileRows, rows, columns }: Pick<Inspection, "fileRows" | "rows" | "columns">,
  fitted: number,
): number | null {
  if (timeBudget === null) return null;
  const reading = ((fileRows - rows) / scannedCells + rows / readCells) * columns.length;
  const left =
    fileRows <= quickRows ? timeBudget : Math.max(0.15 * timeBudget, timeBudget - reading);
  const slowdown = Math.max(1, Math.min(mostSlowdown, fitted / quickRows));
  return (left * (workers ?? availableParallelism()) * 1e9) / slowdown;
}
