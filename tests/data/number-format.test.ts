import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidateNumberFormats } from "../../src/data/number-candidates.ts";
import { isNumberFormat, parseNumber } from "../../src/data/number-format.ts";

describe("numbers with something around them", () => {
  it.each([
    [["$1,200", "$35", "$12,345.50"], "$1,234.5", 12345.5],
    [["R$8,000", "R$750", "R$10,700"], "R$1,234.5", 10700],
    [["23.4 kmpl", "17.0 kmpl", "9 kmpl"], "1234.5 kmpl", 9],
    [["8GB", "16GB", "32GB"], "1234.5 GB", 32],
    [["51,000 mi.", "800 mi.", "1,250 mi."], "1,234.5 mi.", 1250],
    [["1,200만원", "950만원", "12,000만원"], "1,234.5만원", 12000],
    [["12,5", "3,25", "100"], "1234,5", 100],
    [["1.234,50 €", "99,90 €", "12.000,00 €"], "1.234,5€", 12000],
    [["1 234,5", "12", "1 000 000"], "1 234,5", 1000000],
    [["1'200", "15", "22'000.5"], "1'234.5", 22000.5],
    [["12.5%", "3%", "99.9%"], "1234.5%", 99.9],
    [["-$5", "$12", "-$1,000"], "$1,234.5", -1000],
    [["0,123", "0,5", "1,25"], "1234,5", 1.25],
    [["1,00,000", "25,000", "12,50,000"], "1,234.5", 1250000],
    [["130.7 m2", "88 m2", "45.25 m2"], "1234.5 m2", 45.25],
    [["12M2", "8M2", "9.5M2"], "1234.5 M2", 9.5],
    [["30 ft2", "45 ft2"], "1234.5 ft2", 45],
    [["1,200 €/m2", "850 €/m2"], "1,234.5€/m2", 850],
    [["0.9 g/cm3", "1.2 g/cm3"], "1234.5 g/cm3", 1.2],
    [["1억 2,000만원", "3억 500만원"], "1,234.5{억|만}원", 300_000_000 + 5_000_000],
    [["1 crore 20 lakh", "2 crore 5 lakh"], "1234.5{crore|lakh}", 20_500_000],
    [["1TB", "256GB", "512GB", "2TB"], "1234.5{TB|GB}", 2000],
    [["5m 30s", "6m 10s", "12m 45s"], "1234.5{m|s}", 765],
    [["1h 30m", "45m", "2h 05m"], "1234.5{h|m}", 125],
    [["30 min", "45 minutes", "20 min"], "1234.5*", 20],
    [
      ["1 hour, 30 minutes", "45 minutes", "2 hours and 5 minutes"],
      "1234.5{hour|hours|minutes}",
      125,
    ],
    [["3 weeks", "1 month", "2 years"], "1234.5{years|month|weeks}", 17532 / 168],
    [["0.25 acres", "5,000 Sq. Ft."], "1,234.5{acres|Sq. Ft.}", 5000],
    [["12 m2", "14 ft2"], "1234.5{m2|ft2}", 14],
    [["900 g", "1.2 kg"], "1234.5{kg|g}", 1200],
    [["4.1/5", "3.8 /5", "5/5"], "1234.5/5", 5],
    [["(min) 24", "(min) 33"], "(min)1234.5", 33],
    [["10,000+", "500+", "1,000,000+"], "1,234.5+", 1_000_000],
    [["1056", "2100 - 2850", "1200", "1521.5"], "1234.5 - 1234.5", 1521.5],
    [["18-24", "25-34", "65+", "<18"], "1234.5 - 1234.5", 18],
    [["$53K-$91K (est.)", "$60K-$110K (est.)"], "$1234.5K - $1234.5K (est.)", 85],
    [
      ["51 to 200 employees", "1 to 50 employees", "10000+ employees"],
      "1234.5 - 1234.5 employees",
      10_000,
    ],
  ])("%j are written like %s", (cells, format, last) => {
    expect(candidateNumberFormats(cells)[0]).toBe(format);
    expect(parseNumber(cells[cells.length - 1]!, format)).toBe(last);
  });

  it.each([
    [["Quarter1", "Quarter2", "Quarter3"]],
    [["1st Owner", "2nd Owner", "3rd Owner"]],
    [["10 am", "3 pm", "12 am"]],
    [["190Nm@ 2000rpm", "250Nm@ 1500rpm"]],
    [["N932XJ", "N14905"]],
    [["red", "green", "blue"]],
    [["12:30", "9:15"]],
    [["12A", "12B", "14C", "15D"]],
    [["130.7 k2", "88 k2"]],
    [["4 b2", "5 b2"]],
    [["1TB", "256GB", "512"]],
    [["30m 1h", "5m 2h"]],
    [["2-1", "0-3", "4-2"]],
    [["2014-15", "2015-16"]],
    [["03-1234", "04-5678"]],
    [["1/2", "3/4", "5/8"]],
    [["Room 12", "Room 14-15"]],
    [["3x2", "4x2"]],
    [[]],
  ])("%j are no numbers", (cells) => {
    expect(candidateNumberFormats(cells)).toEqual([]);
  });

  it("takes no codes for ranges, however they rise", () => {
    const codes = Array.from({ length: 200 }, (_, i) => `${100 + i}-${1000 + i}`);
    expect(candidateNumberFormats(codes)).toEqual([]);
  });

  it("takes the number without its unit, and nothing but numbers", () => {
    expect(parseNumber("74", "1234.5 bhp")).toBe(74);
    expect(parseNumber("bhp", "1234.5 bhp")).toBeNaN();
    expect(parseNumber("74 kW", "1234.5 bhp")).toBeNaN();
    expect(parseNumber("74 kW", "1234.5*")).toBe(74);
    expect(parseNumber("1.2.3 bhp", "1234.5 bhp")).toBeNaN();
    expect(parseNumber("--5 bhp", "1234.5 bhp")).toBeNaN();
    expect(parseNumber("1,23 bhp", "1,234.5 bhp")).toBeNaN();
  });

  it("adds no number behind a letter that multiplies", () => {
    expect(parseNumber("5M", "1234.5{M|k}")).toBe(5_000_000);
    expect(parseNumber("800", "1234.5{M|k}")).toBe(800);
    expect(parseNumber("130.7 m2", "1234.5{M|k}")).toBeNaN();
    expect(parseNumber("5m 30", "1234.5{m}")).toBeNaN();
    expect(parseNumber("2억 5,000", "1,234.5{억|만}원")).toBe(200_005_000);
  });

  it("converts units to the last of them, and takes no number without one", () => {
    expect(parseNumber("1 H, 30 m.", "1234.5{h|m}")).toBe(90);
    expect(parseNumber("30", "1234.5{h|m}")).toBeNaN();
    expect(parseNumber("30m 1h", "1234.5{h|m}")).toBeNaN();
    expect(parseNumber(",", "1234.5{h|m}")).toBeNaN();
    expect(parseNumber("3 kg", "1234.5{kg|oz}")).toBeCloseTo(105.82, 2);
    expect(isNumberFormat("1234.5{h|kg}")).toBe(false);
  });

  it("reads a range as its middle, heights in inches", () => {
    expect(parseNumber("2100 \u2013 2850", "1234.5 - 1234.5")).toBe(2475);
    expect(parseNumber("$50 to 70", "$1,234.5 - $1,234.5")).toBe(60);
    expect(parseNumber("5 - ", "1234.5 - 1234.5")).toBeNaN();
    expect(parseNumber("5'11\"", `5'11"`)).toBe(71);
    expect(parseNumber("6'", `5'11"`)).toBe(72);
    expect(parseNumber("5'12\"", `5'11"`)).toBeNaN();
  });

  it("knows a format by the number in it", () => {
    expect(isNumberFormat("€1.234,5")).toBe(true);
    expect(isNumberFormat("12.3")).toBe(false);
  });

  it("reads back every number that it would write", () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 3, maxLength: 30 }),
        fc.constantFrom("", " km", " €"),
        (values, unit) => {
          const cells = values.map((value) => `${german(value)}${unit}`);
          // A decimal comma somewhere tells it from a thousands comma, a point and a comma tell everything.
          fc.pre(cells.some((cell) => /\.\d{3},\d/.test(cell)));
          const [format] = candidateNumberFormats(cells);
          expect(cells.map((cell) => parseNumber(cell, format!))).toEqual(
            values.map((value) => value / 100),
          );
        },
      ),
    );
  });
});

/** Cents as "-1.234,56". */
function german(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${cents < 0 ? "-" : ""}${whole},${String(Math.abs(cents) % 100).padStart(2, "0")}`;
}
