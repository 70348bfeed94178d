/** One column as numbers, NaN for missing. */
export interface EncodedColumn {
  readonly name: string;
  /** 0: a number, or a date in days; n: codes 0 ... n - 1 of the categories of the training part. */
  readonly levels: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** With 255 bins and one for missing, neither system keeps more categories apart. */
const maxLevels = 254;

/**
 * The rule that all systems' columns are made by, from the training part alone. All cells numbers: a number. All cells
 * dates: days since 1970. Otherwise categories, in the order of code units; one that the training part does not have is
 * missing. The text says why a column is left out.
 */
export function encodeColumn(
  name: string,
  train: readonly string[],
  test: readonly string[],
): EncodedColumn | string {
  const present = train.filter((cell) => cell !== "");
  if (present.length === 0) return "all missing";
  const read = present.every(isNumber) ? Number : dateReader(present);
  if (read !== null) {
    const encode = (cells: readonly string[]): Float64Array =>
      Float64Array.from(cells, (cell) => (cell === "" ? NaN : read(cell)));
    return { name, levels: 0, train: encode(train), test: encode(test) };
  }
  const levels = [...new Set(present)].sort();
  if (levels.length > maxLevels) return `${levels.length} categories`;
  const codes = new Map(levels.map((level, code) => [level, code]));
  const encode = (cells: readonly string[]): Float64Array =>
    Float64Array.from(cells, (cell) => codes.get(cell) ?? NaN);
  return { name, levels: levels.length, train: encode(train), test: encode(test) };
}

function isNumber(cell: string): boolean {
  return cell.trim() !== "" && Number.isFinite(Number(cell));
}

/** 2011-01-31, 2011-01-31 13:00:00, 31/01/2011 or 1/31/2011. */
const isoDate = /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;
const slashDate = /^(\d\d?)\/(\d\d?)\/(\d{4})$/;

/** Reads the cells of a column of dates as days; NaN for anything else. Null: these are no dates. */
function dateReader(present: readonly string[]): ((cell: string) => number) | null {
  if (present.every((cell) => isoDate.test(cell))) {
    return (cell) => {
      const [, year, month, day, ...time] = isoDate.exec(cell) ?? [];
      const [hours = 0, minutes = 0, seconds = 0] = time.map((part) => Number(part ?? 0));
      return daysOf(year, month, day) + (hours + (minutes + seconds / 60) / 60) / 24;
    };
  }
  if (!present.every((cell) => slashDate.test(cell))) return null;
  const dayFirst = present.some((cell) => Number(slashDate.exec(cell)![1]) > 12);
  return (cell) => {
    const [, first, second, year] = slashDate.exec(cell) ?? [];
    return dayFirst ? daysOf(year, second, first) : daysOf(year, first, second);
  };
}

function daysOf(year?: string, month?: string, day?: string): number {
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
}
