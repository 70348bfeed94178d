const monthName = "[A-Za-z]{3,9}";

/** Shapes of dates with the strptime formats they can have; `@` stands for the separator found. */
const dateShapes: readonly (readonly [shape: RegExp, formats: readonly string[]])[] = [
  [/^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/, ["%Y@%m@%d"]],
  [/^\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d)/, ["%d@%m@%Y", "%m@%d@%Y"]],
  [/^\d{1,2}([-/])\d{1,2}\1\d{2}(?!\d)/, ["%d@%m@%y", "%m@%d@%y", "%y@%m@%d"]],
  [/^(?:19|20)\d{6}(?!\d)/, ["%Y%m%d"]],
  [new RegExp(`^\\d{1,2}([- /])${monthName}\\1\\d{4}(?!\\d)`), ["%d@%b@%Y", "%d@%B@%Y"]],
  [new RegExp(`^\\d{1,2}([- /])${monthName}\\1\\d{2}(?!\\d)`), ["%d@%b@%y", "%d@%B@%y"]],
  [new RegExp(`^${monthName} \\d{1,2}, \\d{4}(?!\\d)`), ["%b %d, %Y", "%B %d, %Y"]],
  [new RegExp(`^${monthName} \\d{1,2} \\d{4}(?!\\d)`), ["%b %d %Y", "%B %d %Y"]],
];

const timeShapes: readonly (readonly [shape: RegExp, format: string])[] = [
  [/^\d{1,2}:\d{2}:\d{2}\.\d{1,6}/, "%H:%M:%S.%f"],
  [/^\d{1,2}:\d{2}:\d{2} [AaPp][Mm]/, "%I:%M:%S %p"],
  [/^\d{1,2}:\d{2} [AaPp][Mm]/, "%I:%M %p"],
  [/^\d{1,2}:\d{2}:\d{2}/, "%H:%M:%S"],
  [/^\d{1,2}:\d{2}/, "%H:%M"],
  [/^\d{6}(?!\d)/, "%H%M%S"],
];

/**
 * The strptime formats that a cell looks like: none for no date, several where day and month may be either way round.
 * Which of them it is, the whole column decides.
 */
export function candidateFormats(cell: string): string[] {
  const text = cell.trim();
  if (text.length > 40 || !/\d/.test(text)) return [];
  for (const [shape, formats] of dateShapes) {
    const found = shape.exec(text);
    if (found === null) continue;
    const tail = timeFormat(text.slice(found[0].length));
    if (tail === undefined) continue;
    return formats.map((format) => format.replaceAll("@", found[1] ?? "") + tail);
  }
  return [];
}

/** The format of what follows the date: nothing, or a time with or without a zone. Undefined: something else. */
function timeFormat(text: string): string | undefined {
  if (text === "") return "";
  const between = /^(?:T|, | )/.exec(text);
  if (between === null) return undefined;
  const time = text.slice(between[0].length);
  for (const [shape, format] of timeShapes) {
    const found = shape.exec(time);
    if (found === null) continue;
    const zone = time.slice(found[0].length);
    if (zone === "") return between[0] + format;
    if (zone === "Z") return `${between[0]}${format}Z`;
    if (zone === " UTC") return `${between[0]}${format} UTC`;
    if (/^ ?[+-]\d{2}(?::?\d{2})?$/.test(zone)) {
      return between[0] + format + (zone.startsWith(" ") ? " " : "") + "%z";
    }
  }
  return undefined;
}

/** The same format with day and month exchanged, or undefined when it has no such twin. */
export function dayMonthTwin(format: string): string | undefined {
  if (/^%d[-/.]%m[-/.]%[Yy]/.test(format)) return `%m${format[2]}%d${format.slice(5)}`;
  if (/^%m[-/.]%d[-/.]%[Yy]/.test(format)) return `%d${format[2]}%m${format.slice(5)}`;
  return undefined;
}
