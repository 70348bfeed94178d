import { describe, expect, it } from "vitest";
import { parseDate } from "../../src/app/script/parse-date.ts";
import { monthNames, monthNumber } from "../../src/data/month-names.ts";
import { inspect, summary } from "./inspect-columns.ts";

describe("names of months", () => {
  it("stand for one month each, in any case, with a dot or without", () => {
    const names = monthNames().map(([name]) => name);
    expect(names.length).toBeGreaterThan(150);
    for (const [name, month] of monthNames()) expect(monthNumber(`${name}.`), name).toBe(month);
    expect(new Set(names).size).toBe(names.length);
    expect(monthNumber("MÄRZ")).toBe(3);
    expect(monthNumber("montag")).toBeUndefined();
  });

  it("make dates in many languages, in a file as in a row", async () => {
    const months: Readonly<Record<string, readonly string[]>> = {
      german: ["Januar", "Mai", "Dezember", "März"],
      spanish: ["enero", "mayo", "diciembre", "marzo"],
      french: ["janv.", "mai", "déc.", "mars"],
      russian: ["января", "мая", "декабря", "марта"],
    };
    const date = (language: string) => (row: number) =>
      `${(row % 28) + 1}${language === "german" ? "." : row % 28 === 0 && language === "french" ? "er" : ""} ${language === "spanish" ? "de " : ""}${months[language]![row % 4]!} ${language === "spanish" ? "de " : ""}${2000 + (row % 9)}`;
    const found = await inspect(
      Object.fromEntries(Object.keys(months).map((language) => [language, date(language)])),
      undefined,
      150,
    );
    expect(summary(found)).toEqual({
      german: "date %o. %L %Y",
      spanish: "date %o de %L de %Y",
      french: "date %o %L %Y",
      russian: "date %o %L %Y",
    });
    for (const language of Object.keys(months)) {
      expect(found.get(language)).toMatchObject({ missing: 0, misfits: 0 });
      const row = 29;
      expect(parseDate(date(language)(row), found.get(language)!.format!), language).toBe(
        Date.UTC(2000 + (row % 9), [0, 4, 11, 2][row % 4], (row % 28) + 1),
      );
    }
  });
});
