/**
 * Formats of dates are those of strptime ("%d/%m/%Y %H:%M"), and beside them: "%s" and "%Q" for seconds and milliseconds
 * since 1970, "%q" for a quarter, "%G-W%V" for a week, "%o" for a day with or without an ending ("3rd", "1er"), "%L" for
 * the name of a month in any language known here ("mayo", "Mär."). A column that is written in several ways has them all,
 * with " | " between; the first that fits a cell is its own.
 */
export function formatsOf(format: string): string[] {
  return format.split(" | ");
}

/** The parts of a date that a format says nothing about, in words: "no day" of "2014-05"; undefined when none is missing. */
export function partialWords(format: string): string | undefined {
  const [first] = formatsOf(format);
  if (/^%[sQ]$/.test(first!)) return undefined;
  if (first!.includes("%q")) return "quarters: the first day stands for each";
  if (first!.includes("%V")) return "weeks: Monday stands for each";
  if (first === "%Y") return "years: the first day stands for each";
  if (/%[bBLm]/.test(first!) && !/%[djo]/.test(first!))
    return "months: the first day stands for each";
  return undefined;
}
