import { presentCells, type ColumnFacts, type DateFacts } from "./column-facts.ts";
import { dayMonthTwin } from "./date-candidates.ts";
import { formatsOf, partialWords } from "./date-format.ts";
import { cellsAre, type Decision } from "./decision.ts";

/** In the reason of dates that could be read in two ways; a check looks for it. */
export const eitherWayRound = "day and month could be the other way round";

export function decideDate(facts: ColumnFacts): Decision | undefined {
  const [first, second] = facts.dates;
  if (first === undefined) return undefined;
  const twin =
    second !== undefined && dayMonthTwin(first.format) === second.format ? second : undefined;
  const [chosen, evidence] =
    twin !== undefined && twin.fits === first.fits ? orderOfTwins(first, twin) : [first, ""];
  const told =
    evidence === "" && formatsOf(chosen.format).some((one) => dayMonthTwin(one) !== undefined)
      ? ", told by the days above 12"
      : evidence;
  return dateDecision(facts, chosen.format, chosen.fits, told);
}

/** A column of dates in a format that is settled. */
function dateDecision(
  facts: ColumnFacts,
  format: string,
  fits: number,
  evidence: string,
): Decision {
  const present = presentCells(facts);
  const partial = partialWords(format);
  const notes = [
    ...(format.includes("%z") ? ["times are converted to UTC"] : []),
    ...(partial === undefined ? [] : [partial]),
  ];
  const reason = `${cellsAre(fits, present, whatDates(format))}${evidence}`;
  return {
    type: "date",
    role: "feature",
    reason: `${reason}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}.`,
    missing: facts.rows - fits,
    distinct: facts.text?.distinct ?? facts.numeric?.distinct ?? facts.differentCells,
    fits,
    misfits: Math.max(0, present - fits),
    format,
  };
}

function whatDates(format: string): string {
  if (format === "%s") return "seconds since 1970, by the name and the years 1990 to 2050";
  if (format === "%Q") return "milliseconds since 1970, by the name and the years 1990 to 2050";
  return `dates like ${formatsOf(format).join(" or ")}`;
}

/** Which of day and month comes first when no day is above 12: as the rows are in order of time, if they are. */
function orderOfTwins(first: DateFacts, twin: DateFacts): readonly [DateFacts, string] {
  const [near, far] = twin.travel < first.travel ? [twin, first] : [first, twin];
  if (near.travel * 2 < far.travel) {
    return [near, ", read so because the rows are then in order of time; no day is above 12"];
  }
  const [dayFirst, monthFirst] = first.format.startsWith("%d") ? [first, twin] : [twin, first];
  const chosen = first.format[2] === "/" ? monthFirst : dayFirst;
  return [chosen, `, but ${eitherWayRound}: no day is above 12`];
}
