/**
 * Names of months beside the English ones that strptime knows, in lower case, abbreviations without their dot: German,
 * French, Spanish, Portuguese, Italian, Dutch, the Scandinavian languages, Polish, Czech, Russian, Turkish, Indonesian. No
 * spelling stands for two months. (Croatian is missing for that: its "listopad" is not the Polish and Czech one.)
 */
const spellings: readonly string[] = [
  "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty leden ledna led январь января янв ocak oca",
  "february feb februar feber février fevrier févr fevr fév fev febrero fevereiro febbraio februari luty lutego lut únor února úno февраль февраля фев şubat şub",
  "march mar märz maerz mär mrz mars marzo março marco maart mrt marts marzec marca březen března bře март марта мар mart maret",
  "april apr avril avr abril abr aprile kwiecień kwietnia kwi duben dubna dub апрель апреля апр nisan nis",
  "may mai mayo maio maggio mag mei maj maja květen května kvě май мая mayıs",
  "june jun juni juin junio junho giugno giu czerwiec czerwca cze červen června čvn июнь июня июн haziran haz",
  "july jul juli juillet juil julio julho luglio lug lipiec lipca lip červenec července čvc июль июля июл temmuz tem",
  "august aug août aout agosto ago augustus augusti sierpień sierpnia sie srpen srpna srp август августа авг ağustos ağu agustus agu",
  "september sep sept septembre septiembre setiembre setembro set settembre wrzesień września wrz září zář сентябрь сентября сен сент eylül eyl",
  "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź říjen října říj октябрь октября окт ekim eki",
  "november nov novembre noviembre novembro listopad listopada lis novembr ноябрь ноября ноя kasım kas nopember",
  "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień grudnia gru prosinec prosince pro декабрь декабря дек aralık ara desember des",
];

const months: ReadonlyMap<string, number> = new Map(
  spellings.flatMap((line, i) => line.split(" ").map((name) => [name, i + 1] as const)),
);

/** A name of a month as a part of a regular expression, for JavaScript (with the flag u) and DuckDB alike. */
export const monthWord = "\\p{L}{3,12}\\.?";

/** 1 to 12; undefined when the word, with or without a dot behind it, names no month. */
export function monthNumber(word: string): number | undefined {
  return months.get(word.toLowerCase().replace(/\.$/, ""));
}

/** All names by month, for a query. */
export function monthNames(): readonly (readonly [name: string, month: number])[] {
  return [...months];
}
