import { AutomlError } from "../core/errors.ts";
import type { ColumnSchema } from "../core/schema.ts";
import { nameWords } from "./name-words.ts";

export interface TargetGuess {
  readonly name: string;
  readonly why: "by its name" | "the last numeric column";
  /** The next best guess. */
  readonly runnerUp: string | null;
  /** False: worth asking when there is somebody to ask. */
  readonly certain: boolean;
}

/** Words that say what a column is for. */
const plain = words("target y label outcome response dependent");
/** Results people predict: amounts of money, grades, consumption. */
const strong = words(
  "price prices salary salaries wage wages charges fare cost costs revenue rent mpg medv quality score rating sales " +
    "profit earnings premium loss demand consumption yield strength resistance productivity expenses spend payout gallon " +
    "preis kaufpreis miete gehalt umsatz prix loyer salaire precio alquiler salario pre\u00e7o aluguel prezzo " +
    "\uac00\uaca9 \uae08\uc561 \ub9e4\ucd9c \uc5f0\ubd09 \uc6d4\uc138 \u4ef7\u683c \u4fa1\u683c \u58f2\u4e0a",
);
/** Words that name a result as often as something it depends on. */
const medium = words(
  "value amount count cnt counts total rented volume delay duration energy load output grade points traffic",
);
const weak = words("weight rate level time rings area result final income");
/** Units and fillers after the word that matters: "price_usd", "salary_in_usd", "Price (EUR)". */
const units = words(
  "in usd eur euros euro gbp dollars dollar inr rs r brl per unit the of k m mw kwh w s min sec",
);
/** A name with one of these tells something about a price, but is not the price. */
const qualifiers = words(
  "pct percent percentage ratio num number no n max min lag prev previous past old currency unit tax range type code " +
    "category class group rank index bin flag is has low high lower upper quartile targeted planned expected",
);

const strengths = [
  [plain, 120],
  [strong, 80],
  [medium, 60],
  [weak, 25],
] as const;
/** For standing last in the file, for being the last numbers before other columns, and for being the first numbers. */
const places = { last: 40, lastNumbers: 25, firstNumbers: 20 } as const;

/**
 * Guesses the target: a telling name, or else the last column of numbers. Names shared by many columns (rent_low,
 * rent_high, rent_median) tell little and count by their number. Identifiers, constants and texts are never guessed.
 * Throws AUTOML_TARGET_UNKNOWN when no column of numbers is left.
 */
export function guessTarget(columns: readonly ColumnSchema[]): TargetGuess {
  const candidates = columns.filter(
    (column) => column.type === "numeric" && column.role === "feature",
  );
  const last = candidates[candidates.length - 1];
  if (last === undefined) {
    throw noTarget(columns);
  }
  // Beside x, a y is a coordinate or a measure, unless it comes last.
  const coordinates = candidates.some((column) => column.name.toLowerCase() === "x");
  const telling = candidates.map((column) =>
    coordinates && column.name.toLowerCase() === "y" && column !== last
      ? { word: "", strength: 0 }
      : tellingWord(column.name),
  );
  const ranked = candidates
    .map((column, i) => {
      const found = telling[i]!;
      const sharing = telling.filter((other) => other.word === found.word).length;
      const byName = found.strength / Math.max(1, sharing);
      const end = column === columns[columns.length - 1] ? places.last : places.lastNumbers;
      const place = (column === last ? end : 0) + (i === 0 ? places.firstNumbers : 0);
      return { name: column.name, byName, score: byName + place, order: i };
    })
    // Among equals the later column: targets stand at the end.
    .sort((a, b) => b.score - a.score || b.order - a.order);
  const [best, next] = ranked as [(typeof ranked)[0], (typeof ranked)[0] | undefined];
  return {
    name: best.name,
    why: best.byName > 0 ? "by its name" : "the last numeric column",
    runnerUp: next?.name ?? null,
    certain: best.byName >= 60 && best.score - (next?.score ?? 0) >= 20,
  };
}

/** Names so many columns with why they are no target. */
const mostReasons = 4;

function noTarget(columns: readonly ColumnSchema[]): AutomlError {
  const names = columns.map((column) => column.name).join(", ");
  const numbers = columns.filter(({ type }) => type === "numeric");
  if (numbers.length === 0) {
    return new AutomlError(
      "AUTOML_TARGET_UNKNOWN",
      "No column holds numbers, and only numbers can be predicted (regression).",
      { hint: `If one does, say how it is written: --types "name=numeric".  Columns: ${names}` },
    );
  }
  const why = numbers
    .slice(0, mostReasons)
    .map(({ name, reason }) => `${name}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`);
  const more = numbers.length > mostReasons ? ` And ${numbers.length - mostReasons} more.` : "";
  return new AutomlError(
    "AUTOML_TARGET_UNKNOWN",
    `No column of numbers could be the target. ${why.join(" ")}${more}`,
    { hint: `Name it with --target.  Columns: ${names}` },
  );
}

/** The word of a name that makes it look like a target, and how much. The last word counts in full: it is the noun. */
function tellingWord(name: string): { readonly word: string; readonly strength: number } {
  const all = nameWords(name);
  const core = all.filter((word, i) => i === 0 || !units.has(word));
  let best = { word: "", strength: 0 };
  core.forEach((word, i) => {
    const base = strengths.find(([set]) => set.has(word))?.[1] ?? 0;
    const noun = i === core.length - 1 ? 1 : 0.5;
    const qualified = core.some((other) => qualifiers.has(other)) ? 0.25 : 1;
    const strength = base * noun * qualified;
    if (strength >= best.strength && strength > 0) best = { word, strength };
  });
  return best;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
