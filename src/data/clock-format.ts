/**
 * Times of day, durations and heights as numbers: "13:45" and "90:15" are 60 x first + second, "1:45:10" is in seconds,
 * "1:45 PM" in minutes of the day, 5'11" in inches. A format is one of these examples, as formats of numbers are.
 */
interface ClockFormat {
  readonly example: string;
  /** What such cells are called. */
  readonly what: "times" | "heights";
  /** Groups: the numbers from the left, then AM or PM where there is one. */
  readonly pattern: string;
  /** What each number counts. */
  readonly weights: readonly number[];
  readonly half: boolean;
  readonly meaning: string;
}

const blank = "[ \\t\u00a0\u202f]*";
const sixty = "([0-5][0-9])";
const clocks: readonly ClockFormat[] = [
  clock("12:34:56", `([0-9]{1,3}):${sixty}:([0-5][0-9](?:[.,][0-9]+)?)`, [3600, 60, 1], "seconds"),
  clock("12:34", `([0-9]{1,3}):${sixty}`, [60, 1], "60 x the first number + the second"),
  clock("12:34:56 PM", `(1[0-2]|0?[0-9]):${sixty}:${sixty}`, [3600, 60, 1], "seconds of the day"),
  clock("12:34 PM", `(1[0-2]|0?[0-9]):${sixty}`, [60, 1], "minutes of the day"),
  clock(
    "12.34.56",
    `([01][0-9]|2[0-3])\\.${sixty}\\.${sixty}`,
    [3600, 60, 1],
    "seconds of the day",
  ),
  clock("12 PM", "(1[0-2]|0?[0-9])", [60], "minutes of the day"),
  {
    example: `5'11"`,
    what: "heights",
    pattern: `^${blank}([0-9]{1,2})${blank}['\u2019\u2032]${blank}(?:(1[01]|[0-9](?:[.][0-9]+)?)${blank}(?:["\u201d\u2033]|''|\u2019\u2019)?)?${blank}$`,
    weights: [12, 1],
    half: false,
    meaning: "inches",
  },
];

function clock(
  example: string,
  numbers: string,
  weights: readonly number[],
  meaning: string,
): ClockFormat {
  const half = example.endsWith("PM");
  const pattern = `^${blank}${numbers}${half ? `${blank}([AaPp])\\.?[Mm]\\.?` : ""}${blank}$`;
  return { example, what: "times", pattern, weights, half, meaning };
}

export function findClock(format: string): ClockFormat | undefined {
  return clocks.find(({ example }) => example === format);
}

/** The formats of times that all samples have; none when one of them is something else. */
export function candidateClockFormats(samples: readonly string[]): string[] {
  if (samples.length === 0) return [];
  return clocks
    .filter(({ pattern }) => {
      const whole = new RegExp(pattern, "u");
      return samples.every((cell) => whole.test(cell));
    })
    .map(({ example }) => example);
}

/** The time in a cell; NaN when there is none. */
export function parseClock(cell: string, { pattern, weights, half }: ClockFormat): number {
  const found = new RegExp(pattern, "u").exec(cell);
  if (found === null) return NaN;
  let sum = 0;
  weights.forEach((weight, i) => {
    const value = Number((found[i + 1] ?? "0").replace(",", "."));
    sum += weight * (half && i === 0 ? value % 12 : value);
  });
  const isAfternoon = half && found[weights.length + 1]!.toLowerCase() === "p";
  return isAfternoon ? sum + 12 * weights[0]! : sum;
}

/** The same in SQL. */
export function clockSql(
  cell: string,
  { pattern, weights, half }: ClockFormat,
  literal: (text: string) => string,
): string {
  const group = (i: number) => `regexp_extract(${cell}, ${literal(pattern)}, ${i})`;
  const terms = weights.map((weight, i) => {
    const value = `coalesce(TRY_CAST(translate(${group(i + 1)}, ',', '.') AS DOUBLE), 0)`;
    return `${weight} * ${half && i === 0 ? `(${value} % 12)` : value}`;
  });
  if (half) {
    const letter = `lower(${group(weights.length + 1)})`;
    terms.push(`CASE WHEN ${letter} = 'p' THEN ${12 * weights[0]!} ELSE 0 END`);
  }
  return `CASE WHEN regexp_matches(${cell}, ${literal(pattern)}) THEN ${terms.join(" + ")} END::DOUBLE`;
}
