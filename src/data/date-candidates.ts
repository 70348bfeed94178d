import { monthNumber, monthWord } from "./month-names.ts";

const monthName = "[A-Za-z]{3,9}";
const ordinal = "(?:st|nd|rd|th)";
const year = "(?:1[5-9]|20|21)\\d\\d";

/**
 * Shapes of dates with the strptime formats they can have; `@` stands for the separator found. A shape that ends in `$`
 * takes no time behind it.
 */
const dateShapes: readonly (readonly [shape: RegExp, formats: readonly string[]])[] = [
  // In front of "1. May 2012".
  [new RegExp(`^[1-4]((?:Q|\\.? Quartal|\\.? Quarter)[- /]?)${year}$`), ["%q@%Y"]],
  [/^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/, ["%Y@%m@%d"]],
  [/^\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d)/, ["%d@%m@%Y", "%m@%d@%Y"]],
  [/^\d{1,2}([-/])\d{1,2}\1\d{2}(?!\d)/, ["%d@%m@%y", "%m@%d@%y", "%y@%m@%d"]],
  // Two digits each: 1.2.24 is a version.
  [/^\d{2}(\.)\d{2}\.\d{2}(?![\d.])/, ["%d@%m@%y", "%m@%d@%y", "%y@%m@%d"]],
  [/^(?:19|20)\d{6}(?!\d)/, ["%Y%m%d"]],
  [new RegExp(`^\\d{1,2}([- /])${monthName}\\1\\d{4}(?!\\d)`), ["%d@%b@%Y", "%d@%B@%Y"]],
  [new RegExp(`^\\d{1,2}([- /])${monthName}\\1\\d{2}(?!\\d)`), ["%d@%b@%y", "%d@%B@%y"]],
  [new RegExp(`^\\d{4}([- /])${monthName}\\1\\d{1,2}(?!\\d)`), ["%Y@%b@%d", "%Y@%B@%d"]],
  [new RegExp(`^\\d{1,2}\\. ${monthName} \\d{4}(?!\\d)`), ["%d. %b %Y", "%d. %B %Y"]],
  [new RegExp(`^\\d{1,2} ${monthName}, \\d{4}(?!\\d)`), ["%d %b, %Y", "%d %B, %Y"]],
  [new RegExp(`^\\d{1,2}${ordinal} ${monthName} \\d{4}(?!\\d)`), ["%o %b %Y", "%o %B %Y"]],
  [new RegExp(`^${monthName} \\d{1,2}${ordinal}, \\d{4}(?!\\d)`), ["%b %o, %Y", "%B %o, %Y"]],
  [new RegExp(`^${monthName} \\d{1,2}, \\d{4}(?!\\d)`), ["%b %d, %Y", "%B %d, %Y"]],
  [new RegExp(`^${monthName} \\d{1,2} \\d{4}(?!\\d)`), ["%b %d %Y", "%B %d %Y"]],
  [new RegExp(`^${monthName}-\\d{1,2}-\\d{4}$`), ["%b-%d-%Y", "%B-%d-%Y"]],
  // Months, quarters and weeks.
  [new RegExp(`^${year}([-/.])(?:0?[1-9]|1[0-2])$`), ["%Y@%m"]],
  [new RegExp(`^(?:0?[1-9]|1[0-2])([-/.])${year}$`), ["%m@%Y"]],
  [new RegExp(`^${monthName}([- /])${year}$`), ["%b@%Y", "%B@%Y"]],
  [new RegExp(`^${monthName}, ${year}$`), ["%b, %Y", "%B, %Y"]],
  [new RegExp(`^${year}(, |[- /])${monthName}$`), ["%Y@%b", "%Y@%B"]],
  [new RegExp(`^${year}M(?:0[1-9]|1[0-2])$`), ["%YM%m"]],
  [new RegExp(`^${monthName}([- /'])\\d{2}$`), ["%b@%y", "%B@%y"]],
  [new RegExp(`^${year}([- /]?)Q[1-4]$`), ["%Y@Q%q"]],
  [new RegExp(`^Q[1-4]([- /]?)${year}$`), ["Q%q@%Y"]],
  [new RegExp(`^${year}-W[0-5]\\d$`), ["%G-W%V"]],
];

/** Dates whose format is the cell with its numbers replaced: 2014년 5월 3일, 2014年5月3日, "2014. 5. 3.". */
const spelledShapes: readonly (readonly [shape: RegExp, tokens: string])[] = [
  [/^\d{4}년 ?\d{1,2}월 ?\d{1,2}일/, "Ymd"],
  [/^\d{4}년 ?\d{1,2}월$/, "Ym"],
  [/^\d{4}年 ?\d{1,2}月 ?\d{1,2}[日号]/, "Ymd"],
  [/^\d{4}年 ?\d{1,2}月$/, "Ym"],
  [/^\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?(?![\d.])/, "Ymd"],
];

const timeShapes: readonly (readonly [shape: RegExp, format: string])[] = [
  [/^\d{1,2}:\d{2}:\d{2}\.\d{7,9}/, "%H:%M:%S.%n"],
  [/^\d{1,2}:\d{2}:\d{2}\.\d{1,6}/, "%H:%M:%S.%f"],
  [/^\d{1,2}:\d{2}:\d{2},\d{1,6}/, "%H:%M:%S,%f"],
  [/^\d{1,2}:\d{2}:\d{2} [AaPp][Mm]/, "%I:%M:%S %p"],
  [/^\d{1,2}:\d{2} [AaPp][Mm]/, "%I:%M %p"],
  [/^\d{1,2}:\d{2}:\d{2}[AaPp][Mm]/, "%I:%M:%S%p"],
  [/^\d{1,2}:\d{2}[AaPp][Mm]/, "%I:%M%p"],
  [/^\d{1,2}:\d{2}:\d{2}/, "%H:%M:%S"],
  [/^\d{1,2}:\d{2}/, "%H:%M"],
  [/^\d{6}(?!\d)/, "%H%M%S"],
  [/^\d{1,2}시 \d{1,2}분/, "%H시 %M분"],
  [/^\d{1,2}時\d{1,2}分/, "%H時%M分"],
];

const weekday =
  /^(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)|(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))(,? )/i;

/**
 * The formats that a cell looks like: none for no date, several where day and month may be either way round. Which of
 * them it is, the whole column decides.
 */
export function candidateFormats(cell: string): string[] {
  const text = cell.trim();
  if (text.length > 50 || !/\d/.test(text)) return [];
  const day = weekday.exec(text);
  if (day === null) return formatsOfDate(text);
  const front = `${day[1] === undefined ? "%A" : "%a"}${day[3]!}`;
  return formatsOfDate(text.slice(day[0].length)).map((format) => front + format);
}

/** What stands between day, month and year in other languages: "5 de mayo de 2014", "5. Mai 2014", "05-mag-14". */
const before = "(\\. ?| de | di | |-|/)";
const behind = "( de | del | di | |, |-|/)";
const namedShapes: readonly (readonly [shape: RegExp, parts: readonly string[]])[] = [
  [
    new RegExp(
      `^\\d{1,2}(?:er|[\u00ba\u00b0])?${before}(${monthWord})${behind}(\\d{4}|\\d{2})(?!\\d)`,
      "u",
    ),
    ["day", "between", "month", "between", "year"],
  ],
  [
    new RegExp(`^(${monthWord})( )\\d{1,2}(, | )(\\d{4})(?!\\d)`, "u"),
    ["month", "between", "day", "between", "year"],
  ],
  [new RegExp(`^(${monthWord})${behind}(\\d{4}|\\d{2})$`, "u"), ["month", "between", "year"]],
];

/** The format of a date with a month in another language than English; none for anything else. */
function foreignFormats(text: string): string[] {
  for (const [shape, parts] of namedShapes) {
    const found = shape.exec(text);
    if (found === null) continue;
    const groups = found.slice(1);
    const format = parts.map((part) => {
      // A day with an ending somewhere ("1er") has none mostly: %o takes both.
      if (part === "day") return "%o";
      const cell = groups.shift()!;
      if (part === "month") return monthNumber(cell) === undefined ? "" : "%L";
      return part === "year" ? (cell.length === 4 ? "%Y" : "%y") : cell;
    });
    const rest = text.slice(found[0].length);
    // The Russian word for year.
    const tail = /^ \u0433\.?$/.test(rest) ? rest : timeFormat(rest);
    if (format.includes("%L") && tail !== undefined) return [format.join("") + tail];
  }
  return [];
}

function formatsOfDate(text: string): string[] {
  return [...englishFormats(text), ...(hasEnglishMonth(text) ? [] : foreignFormats(text))];
}

function hasEnglishMonth(text: string): boolean {
  return /(?<!\p{L})(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\p{L})/iu.test(
    text,
  );
}

function englishFormats(text: string): string[] {
  for (const [shape, formats] of dateShapes) {
    const found = shape.exec(text);
    if (found === null) continue;
    const tail = timeFormat(text.slice(found[0].length));
    if (tail === undefined) continue;
    return formats.map((format) => format.replaceAll("@", found[1] ?? "") + tail);
  }
  for (const [shape, tokens] of spelledShapes) {
    const found = shape.exec(text);
    if (found === null) continue;
    const tail = timeFormat(text.slice(found[0].length));
    if (tail === undefined) continue;
    let next = 0;
    return [found[0].replace(/\d+/g, () => `%${tokens[next++]!}`) + tail];
  }
  return [];
}

/** The format of what follows the date: nothing, or a time with or without a zone. Undefined: something else. */
function timeFormat(text: string): string | undefined {
  if (text === "") return "";
  const between = /^(?:T|, | |:)/.exec(text);
  if (between === null) return undefined;
  const time = text.slice(between[0].length);
  for (const [shape, format] of timeShapes) {
    const found = shape.exec(time);
    if (found === null) continue;
    const zone = time.slice(found[0].length);
    if (zone === "") return between[0] + format;
    if (zone === "Z") return `${between[0]}${format}Z`;
    if (zone === " UTC" || zone === " GMT") return `${between[0]}${format}${zone}`;
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

/** 1990 to 2050, as seconds since 1970. */
const earliestEpoch = 631_152_000;
const latestEpoch = 2_524_608_000;

const epochWords: ReadonlySet<string> = new Set(
  "timestamp time epoch unix unixtime ts datetime date created updated modified posted published at utc seconds millis".split(
    " ",
  ),
);
const monthWords: ReadonlySet<string> = new Set(
  "month yearmonth ym yyyymm yymm period date mon \uacc4\uc57d\ub144\uc6d4 \ub144\uc6d4 \uae30\uc900\ub144\uc6d4 \u5e74\u6708".split(
    " ",
  ),
);

/**
 * Formats of whole numbers that are times, told by the column's name and by the range: seconds and milliseconds since
 * 1970 between 1990 and 2050, and months written like 201405.
 * @param words of the column's name
 */
export function formatsOfNumbers(
  words: readonly string[],
  { min, max }: { readonly min: number; readonly max: number },
): string[] {
  if (min >= max) return [];
  const named = words.some((word) => epochWords.has(word));
  if (named && min >= earliestEpoch && max <= latestEpoch) return ["%s"];
  if (named && min >= earliestEpoch * 1000 && max <= latestEpoch * 1000) return ["%Q"];
  if (words.some((word) => monthWords.has(word)) && min >= 190_001 && max <= 209_912) {
    return ["%Y%m"];
  }
  return [];
}
