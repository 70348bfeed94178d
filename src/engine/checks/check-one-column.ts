import type { CheckRecord } from "../../core/run-record.ts";
import { finding, someNames } from "../../data/checks/code-table.ts";
import type { ColumnStrength } from "./column-strength.ts";
import type { Sample } from "./suspect-input.ts";

/**
 * Bounds on R² of one column alone. Over the 39 benchmark sets as they are the strongest honest columns reach 0.94
 * (width of a fish and its weight, rent and total rent, carat and price); only the Froude number of the yachts
 * reaches 0.99, a condition with 14 settings. Copies with noise of up to a fifth of the target's spread lie above
 * 0.96; noisier copies are told by being on the target's scale, which no strong column of these sets is.
 */
const leakBound = 0.96;
const copyBound = 0.9;
const strongBound = 0.95;
/** Share of rows with the very same number, as of a price in its own currency. */
const equalBound = 0.15;

/** A column with fewer values, and less than half as many as the target, is a condition and no copy. */
const fewestValues = 30;

const percent = (share: number): string => `${(100 * Math.max(0, share)).toFixed(1)} %`;

/** Whether one column alone predicts far too well. `isPast` tells columns that hold the target of earlier rows. */
export function isLeak(strength: ColumnStrength, sample: Sample): boolean {
  const { distinct, best, isBanded, isSameScale, linear, equal } = strength;
  if (equal >= equalBound) return true;
  const isCondition = distinct < fewestValues && distinct < sample.distinct / 2 && !isBanded;
  if (isCondition) return false;
  return best >= leakBound || (isSameScale && linear >= copyBound);
}

/** Columns that alone predict the target: copies of it, or conditions that decide it. */
export function checkOneColumn(
  strengths: readonly ColumnStrength[],
  sample: Sample,
  target: string,
  isPast: (strength: ColumnStrength) => boolean,
): CheckRecord[] {
  const found = strengths.flatMap((strength): CheckRecord[] => {
    const { column, best, model, linear, rank, rows, equal } = strength;
    const { name } = column;
    const evidence =
      `R² of ${name} alone on ${rows} rows: ${model.toFixed(4)} out of fold, ` +
      `${linear.toFixed(4)} as a straight line, ${rank.toFixed(4)} of ranks; bound ${leakBound}` +
      (equal > 0 ? `; the same number as ${target} in ${percent(equal)} of the rows` : "");
    const columns = [name];
    if (isLeak(strength, sample) && !isPast(strength)) {
      return [
        finding("leak-column", {
          message: `${name} ${best < leakBound && equal >= equalBound ? `is ${target} itself in ${percent(equal)} of the rows` : `alone tells ${percent(best)} of ${target}`}: it may have been worked out from it, or be known only afterwards.`,
          action: `Kept. If it is not known when you predict: --exclude "${name}".`,
          columns,
          evidence,
        }),
      ];
    }
    if (best < strongBound) return [];
    return [
      finding("strong-column", {
        message: `${name} alone tells ${percent(best)} of ${target}.`,
        action: "Kept: good, if it is known when you predict.",
        columns,
        evidence,
      }),
    ];
  });
  return mergeLeaks(found, target);
}

/** Several columns that each tell the target are one thing to look into, and one line. */
function mergeLeaks(found: readonly CheckRecord[], target: string): CheckRecord[] {
  const leaks = found.filter(({ code }) => code === "leak-column");
  if (leaks.length < 2) return [...found];
  const names = leaks.flatMap(({ columns = [] }) => columns);
  const list = names
    .slice(0, 5)
    .map((name) => `--exclude "${name}"`)
    .join(" ");
  const merged = finding("leak-column", {
    message: `${names.length} columns each tell too much of ${target} alone (${someNames(names)}): they may have been worked out from it, or be known only afterwards.`,
    action: `Kept. Those that are not known when you predict: ${list}.`,
    columns: names,
    evidence: leaks.map(({ evidence = "" }) => evidence).join(". "),
  });
  return [merged, ...found.filter(({ code }) => code !== "leak-column")];
}
