import { Random } from "../../src/core/random.ts";
import type { ExpectedTable, Kind } from "./expectation.ts";

/** One way in which people write the values of a column, with what they mean. */
interface ColumnProbe {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** The text of a cell and the number it stands for: milliseconds for dates, null where it is missing. */
  cell(random: Random, row: number): readonly [text: string, value: number | null];
}

/** A file made of one such column, beside a plain target. */
export interface Probe {
  readonly text: string | Uint8Array;
  readonly fileName: string;
  readonly expected: ExpectedTable | { readonly error: readonly string[] };
}

const rows = 120;

function number(
  name: string,
  write: (value: number, random: Random) => string,
  draw: (random: Random) => number = (random) => random.integer(90_000) + 1000,
): ColumnProbe {
  return {
    name,
    kinds: ["numeric"],
    cell: (random) => {
      const value = draw(random);
      return [write(value, random), value];
    },
  };
}

function words(name: string, kinds: readonly Kind[], levels: readonly string[]): ColumnProbe {
  return { name, kinds, cell: (random) => [levels[random.integer(levels.length)]!, null] };
}

/** @param day of the month; null: any */
function date(name: string, write: (at: Date) => string, day: number | null = null): ColumnProbe {
  return {
    name,
    kinds: ["date"],
    cell: (random) => {
      const at = new Date(Date.UTC(2014, random.integer(24), day ?? 1 + random.integer(28)));
      return [write(at), at.getTime()];
    },
  };
}

/** Some cells replaced by a marker that means "no value". */
function withMissing(probe: ColumnProbe, marker: string): ColumnProbe {
  return {
    ...probe,
    name: `${probe.name} with ${marker === "" ? "empty cells" : marker}`,
    cell: (random, row) => (random.integer(6) === 0 ? [marker, null] : probe.cell(random, row)),
  };
}

const grouped = (value: number, mark: string): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, mark);
const decimal = (random: Random): number => Math.round(random.next() * 1e5) / 100;
const two = (value: number): string => String(value).padStart(2, "0");
const [y, m, d] = [
  (at: Date) => at.getUTCFullYear(),
  (at: Date) => two(at.getUTCMonth() + 1),
  (at: Date) => two(at.getUTCDate()),
];
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const longMonths =
  "January February March April May June July August September October November December".split(
    " ",
  );
const ordinal = (value: number): string => {
  const last = value % 10;
  const teen = value > 10 && value < 20;
  return `${value}${teen ? "th" : (["th", "st", "nd", "rd"][last] ?? "th")}`;
};
const plain = number("plain", String);

const probes: readonly ColumnProbe[] = [
  number("dollars", (v) => `$${grouped(v, ",")}`),
  number("dollars and cents", (v) => `$${grouped(Math.floor(v), ",")}.50`, (r) => r.integer(90_000) + 0.5), // prettier-ignore
  number("euros behind", (v) => `${grouped(v, ".")},00 €`),
  number("reais", (v) => `R$${grouped(v, ",")}`),
  number("pounds", (v) => `£${v}`),
  number("rupees", (v) => `₹ ${grouped(v, ",")}`),
  number("dollars by code", (v) => `USD ${v}`),
  number("decimal comma", (v) => v.toFixed(2).replace(".", ","), decimal),
  number(
    "thousands by point",
    (v) => grouped(v, "."),
    (r) => r.integer(3_000_000) + 1000,
  ),
  number("thousands by space", (v) => grouped(v, " ")),
  number("thousands by narrow space", (v) => grouped(v, "\u202f")),
  number("thousands by apostrophe", (v) => grouped(v, "'")),
  number(
    "percent",
    (v) => `${v}%`,
    (r) => r.integer(1000) / 10,
  ),
  number("miles with a point", (v) => `${grouped(v, ",")} mi.`),
  number(
    "kilometres per litre",
    (v) => `${v.toFixed(1)} kmpl`,
    (r) => r.integer(300) / 10,
  ),
  number(
    "gigabytes",
    (v) => `${v}GB`,
    (r) => 2 ** (1 + r.integer(6)),
  ),
  number(
    "Korean ten thousands",
    (v) => `${grouped(v, ",")}만원`,
    (r) => r.integer(9000) + 200,
  ),
  number("accounting negatives", (v) => (v < 0 ? `(${-v})` : String(v)), (r) => r.integer(2000) - 1000), // prettier-ignore
  number("minus of typographers", (v) => String(v).replace("-", "\u2212"), (r) => r.integer(2000) - 1000), // prettier-ignore
  number(
    "exponents",
    (v) => v.toExponential(3),
    (r) => Number((r.next() * 1e6).toExponential(3)),
  ),
  number(
    "plus signs",
    (v) => (v >= 0 ? `+${v}` : String(v)),
    (r) => r.integer(2000) - 1000,
  ),
  number("spaces around", (v) => `  ${v} `),
  number("leading point", (v) => v.toFixed(3).replace(/^0/, ""), (r) => Math.round(r.next() * 999) / 1000), // prettier-ignore
  withMissing(plain, ""),
  withMissing(plain, "NA"),
  withMissing(plain, "N/A"),
  withMissing(plain, "#N/A"),
  withMissing(plain, "?"),
  withMissing(plain, "-"),
  withMissing(plain, "--"),
  withMissing(plain, "null"),
  withMissing(plain, "NULL"),
  withMissing(plain, "NaN"),
  withMissing(plain, "None"),
  withMissing(plain, "none"),
  withMissing(plain, "."),
  withMissing(plain, "missing"),
  withMissing(plain, "unknown"),
  words("yes and no", ["boolean"], ["yes", "no"]),
  words("Y and N", ["boolean"], ["Y", "N"]),
  words("true and false", ["boolean"], ["True", "False"]),
  words("T and F", ["boolean"], ["T", "F"]),
  words("on and off", ["boolean", "category"], ["on", "off"]),
  words("oui and non", ["boolean", "category"], ["oui", "non"]),
  words("ja and nein", ["boolean", "category"], ["ja", "nein"]),
  words("shi and fou", ["boolean", "category"], ["是", "否"]),
  words("names of colours", ["category"], ["red", "green", "blue", "light blue"]),
  words("None is a level", ["category"], ["None", "Christmas Day", "Labor Day", "New Years Day"]),
  words("NA is Namibia", ["category"], ["NA", "ZA", "BW", "AO", "ZW", "ZM"]),
  words("sizes", ["category"], ["S", "M", "L", "XL"]),
  words("type_code", ["category", "numeric"], ["1", "2", "3", "4", "5"]),
  words("zip", ["category"], ["95823", "95815", "95824", "95841", "95842", "95820", "95670"]),
  words("names with spaces behind", ["category"], ["finishing", "finishing ", "sewing"]),
  words("codes with zeros", ["category"], ["007", "012", "013", "118", "001"]),
  date("ISO days", (at) => `${y(at)}-${m(at)}-${d(at)}`),
  date("ISO days with time", (at) => `${y(at)}-${m(at)}-${d(at)} 00:00:00`),
  date("ISO with T and Z", (at) => `${y(at)}-${m(at)}-${d(at)}T00:00:00Z`),
  date("ISO with an offset", (at) => `${y(at)}-${m(at)}-${d(at)}T09:00:00+09:00`),
  date("days first", (at) => `${d(at)}/${m(at)}/${y(at)}`),
  date("months first", (at) => `${m(at)}/${d(at)}/${y(at)}`),
  date("days first without zeros", (at) => `${Number(d(at))}/${Number(m(at))}/${y(at)}`),
  date("months first, short years", (at) => `${Number(m(at))}/${Number(d(at))}/${String(y(at)).slice(2)}`), // prettier-ignore
  date("days with points", (at) => `${d(at)}.${m(at)}.${y(at)}`),
  date("slashed years first", (at) => `${y(at)}/${m(at)}/${d(at)}`),
  date("compact", (at) => `${y(at)}${m(at)}${d(at)}`),
  date("month names", (at) => `${d(at)}-${months[at.getUTCMonth()]}-${y(at)}`),
  date("month names, short years", (at) => `${d(at)}-${months[at.getUTCMonth()]}-${String(y(at)).slice(2)}`), // prettier-ignore
  date("long month names", (at) => `${longMonths[at.getUTCMonth()]} ${Number(d(at))}, ${y(at)}`),
  date("month names before days", (at) => `${months[at.getUTCMonth()]} ${Number(d(at))} ${y(at)}`),
  date("Korean days", (at) => `${y(at)}년 ${Number(m(at))}월 ${Number(d(at))}일`),
  date("Chinese days", (at) => `${y(at)}年${Number(m(at))}月${Number(d(at))}日`),
  date("epoch seconds", (at) => String(at.getTime() / 1000)),
  date("epoch milliseconds", (at) => String(at.getTime())),
  date("twelve hours", (at) => `${m(at)}/${d(at)}/${y(at)} 12:00 AM`),
  date("months only", (at) => `${y(at)}-${m(at)}`, 1),
  date("month names and years", (at) => `${longMonths[at.getUTCMonth()]} ${y(at)}`, 1),
  date("hours and minutes", (at) => `${d(at)}/${m(at)}/${y(at)} 00:00`),
  date("fractions of seconds", (at) => `${y(at)}-${m(at)}-${d(at)} 00:00:00.000`),
  date("points and short years", (at) => `${d(at)}.${m(at)}.${String(y(at)).slice(2)}`),
  date("ordinals", (at) => `${ordinal(Number(d(at)))} ${longMonths[at.getUTCMonth()]} ${y(at)}`),
  date("weekday first", (at) => `${"Sun Mon Tue Wed Thu Fri Sat".split(" ")[at.getUTCDay()]}, ${d(at)} ${months[at.getUTCMonth()]} ${y(at)}`), // prettier-ignore
  withMissing(
    date("ISO days", (at) => `${y(at)}-${m(at)}-${d(at)}`),
    "N/A",
  ),
  {
    name: "identifiers",
    kinds: ["identifier"],
    cell: (random, row) => [`C-${100_000 + row * 7 + random.integer(7)}`, null],
  },
  { name: "row numbers", kinds: ["identifier"], cell: (_, row) => [String(row + 1), row + 1] },
  { name: "always the same", kinds: ["constant"], cell: () => ["x", null] },
  { name: "nothing at all", kinds: ["constant", "unused"], cell: () => ["", null] },
  {
    name: "sentences",
    kinds: ["text", "identifier"],
    cell: (random) => [
      Array.from({ length: 8 }, () => longMonths[random.integer(12)]).join(" "),
      null,
    ],
  },
];

/** Semicolons between cells, so that commas in them need no quotes. */
export function columnProbes(): Probe[] {
  return probes.map((probe) => {
    const random = new Random(`probe ${probe.name}`);
    const cells = Array.from({ length: rows }, (_, row) => probe.cell(random, row));
    const lines = cells.map(([text], row) => `${text};${(row * 37) % 101}.5`);
    const values = cells.flatMap(([, value]) => value ?? []);
    const counts = probe.kinds[0] === "numeric" || probe.kinds[0] === "date";
    const isDate = probe.kinds[0] === "date";
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const empty = cells.filter(([text]) => text === "").length;
    return {
      fileName: `${probe.name}.csv`,
      text: `${probe.name};target\n${lines.join("\n")}\n`,
      expected: {
        file: probe.name,
        rows,
        header: true,
        targets: ["target"],
        columns: [
          {
            name: probe.name,
            kinds: probe.kinds,
            missing: counts ? rows - values.length : empty,
            ...(counts && !isDate ? { mean } : {}),
            ...(isDate ? { first: day(Math.min(...values)), last: day(Math.max(...values)) } : {}),
          },
          { name: "target", kinds: ["numeric"] },
        ],
      },
    };
  });
}

function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
