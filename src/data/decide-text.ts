import { areBooleans } from "./boolean-words.ts";
import { presentCells, type ColumnFacts, type TextFacts } from "./column-facts.ts";
import { isLabelName, rowsToTellIdentifier } from "./decide-number.ts";
import { cellsAre, type Decision } from "./decision.ts";
import { meansMissing } from "./missing-markers.ts";
import { nameWords } from "./name-words.ts";
import { knownScale } from "./known-scales.ts";

/** Different cells, markers of missing values among them, that a column of yes and no has at the most. */
const mostBooleanCells = 12;

export function decideBoolean(facts: ColumnFacts): Decision | undefined {
  // 0 and 1 alone stay numbers: every model takes them as they are.
  if (facts.differentCells > mostBooleanCells || facts.numeric !== null) return undefined;
  const cells = facts.firstCells.filter((cell) => !meansMissing(cell));
  const words = [...new Set(cells.map((cell) => cell.trim().toLowerCase()))].sort();
  if (!areBooleans(words)) return undefined;
  const present = presentCells(facts);
  const shown = words.length === 2 ? `${words[1]!} or ${words[0]!}` : "words for yes and no";
  return {
    type: "boolean",
    role: "feature",
    reason: `${cellsAre(present, present, shown)}.`,
    missing: facts.rows - present,
    distinct: 2,
    fits: present,
    misfits: 0,
  };
}

/** Texts: labels of rows, free text, or levels of a category. */
export function decideText(facts: ColumnFacts, text: TextFacts, naIsMarker: boolean): Decision {
  const keepsNa = !naIsMarker && facts.naCells > 0;
  const missing = facts.rows - facts.filled + facts.textMarkers - (keepsNa ? facts.naCells : 0);
  const distinct = text.distinct + (keepsNa ? 1 : 0);
  const present = facts.rows - missing;
  const words = text.words / present;
  const length = text.characters / present;
  const share = distinct / present;
  const base = { missing, distinct, fits: present, misfits: 0 };
  const counted = `${distinct} different texts in ${present} cells`;
  const isLink = facts.firstCells.every((cell) => /^https?:\/\/\S+$/i.test(cell.trim()));
  const oneWord = isLink || (words < 1.05 && text.maxLength <= 100);
  const likeLabel = share >= 0.95 || (share >= 0.9 && isLabelName(facts));
  const isLabel = oneWord && likeLabel && facts.written.refusal === null;
  if (present >= rowsToTellIdentifier && isLabel) {
    const reason = `${counted}, ${isLink ? "a link" : "one word"} each: it labels rows.`;
    return { type: "category", role: "identifier", reason, ...base };
  }
  if (distinct > 30 && facts.written.refusal === null && isProse({ words, length, share })) {
    const reason = `${counted}, ${words.toFixed(1)} words each on average: free text.`;
    return { type: "text", role: "feature", reason, ...base };
  }
  return {
    type: "category",
    role: "feature",
    reason: `${counted}${whyCategory(facts, distinct, present)}${keepsNa ? "; NA is a level beside other codes, not a missing value" : ""}.`,
    ...base,
    ...(keepsNa && { notMissing: ["NA"] }),
  };
}

/** Whether texts of several words are prose, and no names that come again and again: streets, clubs, models. */
function isProse({
  words,
  length,
  share,
}: {
  words: number;
  length: number;
  share: number;
}): boolean {
  if (share < 0.1) return length >= 80;
  return length >= 50 || words >= (share < 0.3 ? 4 : 2.2);
}

const manyLevels = 100;

function whyCategory(facts: ColumnFacts, distinct: number, present: number): string {
  if (facts.numeric !== null) {
    return `; ${facts.numeric.codes} numbers have leading zeros or more than 16 digits, so they are codes`;
  }
  const { refusal } = facts.written;
  if (refusal !== null) return `: ${refusal}`;
  const scale =
    facts.differentCells <= facts.firstCells.length ? knownScale(facts.firstCells) : null;
  if (scale !== null) return `, which look like a scale (--types orders them)`;
  if (distinct > manyLevels && distinct * 5 > present) return ", many levels with few rows each";
  return "";
}

const continents = ["AF", "AN", "AS", "EU", "OC", "SA", "APAC", "EMEA", "LATAM"];
/** ISO 3166 codes of two letters. */
const countries: ReadonlySet<string> = new Set(
  (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF " +
    "CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI " +
    "GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ " +
    "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO " +
    "NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST " +
    "SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UK UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK"
  ).split(" "),
);
const placeWords: ReadonlySet<string> = new Set(
  "continent region country countries market area territory geo nation residence location iso".split(
    " ",
  ),
);

/**
 * Whether "NA" in a column of texts marks a missing value. It is a level among other codes in capitals: North America
 * beside EU and AS; Namibia beside other countries, unless the file marks missing values of other columns by it.
 */
export function marksMissing(facts: ColumnFacts, usedElsewhere: boolean): boolean {
  if (facts.naCells === 0 || facts.text === null) return true;
  const beside = facts.firstCells.filter((cell) => continents.includes(cell)).length;
  if (beside >= 3) return false;
  if (usedElsewhere || !holdsCodes(facts)) return true;
  const others = facts.filled - facts.textMarkers;
  const isPlace = nameWords(facts.name).some((word) => placeWords.has(word));
  const areCountries = facts.capitalPairs >= 0.9 * others && facts.text.distinct >= 5;
  const knownCountries = facts.firstCells.every(
    (cell) => cell === "" || countries.has(cell.trim()),
  );
  return !(beside >= 2 || (areCountries && (isPlace || knownCountries)));
}

/** Whether the texts of a column are codes in capitals, among which "NA" may be one, as far as was seen. */
export function holdsCodes({ firstCells, text }: ColumnFacts): boolean {
  return (
    text !== null && firstCells.every((cell) => /^[A-Z]{2,5}$/.test(cell.trim()) || cell === "")
  );
}
