import { describe, expect, it } from "vitest";
import { parseDate } from "../../src/app/script/parse-date.ts";
import { openFile } from "../../src/data/open-file.ts";
import { inspect, summary, two } from "./inspect-columns.ts";
import { temporaryFile } from "./temporary.ts";

describe("numbers inside text", () => {
  it("have currencies, units, magnitudes, brackets for a minus", async () => {
    const found = await inspect({
      dollars: (row) => `$${1 + row},200`,
      reais: (row) => `R$${row + 1},000`,
      manwon: (row) => `${row + 1},200만원`,
      eokman: (row) => (row % 2 ? `${row}억 ${row},000만원` : `${row + 1},500만원`),
      miles: (row) => `${row + 1},000 mi.`,
      short: (row) => ["1.2M", "300k", "950"][row % 3]!,
      accounting: (row) => (row % 3 ? `${row},200` : `(1,${200 + row})`),
      trailing: (row) => (row % 3 ? `${row + 1},000` : `${row + 1},000-`),
      percent: (row) => `${row} %`,
      days: (row) => (row === 1 ? "1 day" : `${row} days`),
      storage: (row) => ["1TB", "256GB", "512GB", "128GB", "64GB", "32GB", "16GB"][row % 7]!,
      money: (row) => (row % 9 ? `$${row}` : `€${row}`),
      unsized: (row) => ["1TB", "256GB", "512"][row % 3]!,
      duration: (row) => (row % 3 ? `${row % 5}h ${row % 7}m` : `${row % 5}h`),
      square: (row) => (row % 9 ? `${900 + row}` : `${900 + row} - ${1000 + row}`),
      salary: (row) => `$${20 + row}K-$${40 + row}K (est.)`,
      age: (row) => ["18-24", "25-34", "35-44", "65+"][row % 4]!,
      height: (row) => `5'${row % 12}"`,
      rating: (row) => (row % 7 ? `${(row % 40) / 10}/5` : "NEW"),
    });
    expect(summary(found)).toEqual({
      dollars: "numeric $1,234.5",
      reais: "numeric R$1,234.5",
      manwon: "numeric 1,234.5만원",
      eokman: "numeric 1,234.5{억|만}원",
      miles: "numeric 1,234.5 mi.",
      short: "numeric 1234.5{M|k}",
      accounting: "numeric 1,234.5",
      trailing: "numeric 1,234.5",
      percent: "numeric 1234.5%",
      days: "numeric 1234.5*",
      storage: "numeric 1234.5{TB|GB}",
      money: "category",
      unsized: "category",
      duration: "numeric 1234.5{h|m}",
      square: "numeric 1234.5 - 1234.5",
      salary: "numeric $1234.5K - $1234.5K (est.)",
      age: "numeric 1234.5 - 1234.5",
      height: `numeric 5'11"`,
      rating: "numeric 1234.5/5",
    });
    expect(found.get("storage")!.reason).toBe(
      "All 60 filled cells are numbers written like 1234.5{TB|GB} (units, all converted to GB).",
    );
    expect(found.get("unsized")!.reason).toContain("different units (GB and TB)");
    expect(found.get("square")!.reason).toContain("read as their middle");
    expect(found.get("money")!.reason).toContain("different currencies ($ and €)");
  });

  it("count the cells that do not fit, and show the first of them", async () => {
    const found = await inspect(
      { price: (row) => (row === 7 ? "call us" : row === 9 ? "n.a." : `${row / 4}`) },
      undefined,
      200,
    );
    expect(found.get("price")).toMatchObject({
      type: "numeric",
      missing: 2,
      misfits: 1,
      seen: { filled: 200, numbers: 198, markers: 1, fits: 198, unfit: ["call us"] },
    });
    expect(found.get("price")!.seen!.examples).toEqual(["0", "0.25", "0.5", "0.75", "1"]);
  });
});

describe("codes", () => {
  it("are whole numbers under the name of a code that come again and again", async () => {
    const found = await inspect({
      zip: (row) => `${94_000 + (row % 6)}`,
      rate_code: (row) => `${row % 5}`,
      team: (row) => `${(row % 12) + 1}`,
      state: (row) => `${row % 50}`,
      community: (row) => `${1000 + row * 7}`,
      state_tax: (row) => `${row % 5}`,
      rooms: (row) => `${row % 5}`,
      code: (row) => `${(row % 5) / 2}`,
      bits: (row) => `${row % 2}`,
    });
    expect(summary(found)).toEqual({
      zip: "category",
      rate_code: "category",
      team: "category",
      state: "numeric",
      community: "category identifier",
      state_tax: "numeric",
      rooms: "numeric",
      code: "numeric",
      bits: "numeric",
    });
    expect(found.get("rate_code")!.reason).toContain("order means nothing");
    expect(found.get("bits")!.reason).toContain("0 or 1");
  });
});

describe("booleans", () => {
  it("are words for yes and no in many languages, but not any two letters", async () => {
    const found = await inspect({
      german: (row) => ["ja", "nein"][row % 2]!,
      korean: (row) => ["예", "아니오", "-"][row % 3]!,
      switch: (row) => ["On", "OFF"][row % 2]!,
      spellings: (row) => ["Yes", "Y", "no", "1", "0"][row % 5]!,
      late: (row) => (row < 50 ? "yes" : "no"),
      compass: (row) => ["N", "O"][row % 2]!,
      letters: (row) => ["F", "N"][row % 2]!,
    });
    expect(summary(found)).toEqual({
      german: "boolean",
      korean: "boolean",
      switch: "boolean",
      spellings: "boolean",
      late: "boolean",
      compass: "category",
      letters: "category",
    });
  });
});

describe("dates and times", () => {
  it("are read in any common form", async () => {
    const month = (row: number) => ["Jan", "May", "Mar"][row % 3]!;
    const day = (row: number) => (row % 28) + 1;
    const found = await inspect({
      korean: (row) => `2014년 ${(row % 12) + 1}월 ${day(row)}일`,
      chinese: (row) => `2014年${(row % 12) + 1}月${day(row)}日`,
      dotted: (row) => `2014. ${(row % 12) + 1}. ${day(row)}.`,
      spaces: (row) => `${day(row)} ${month(row)} 2014`,
      shortMonth: (row) => `${month(row)}-${10 + (row % 9)}`,
      ordinal: (row) => `${["1st", "2nd", "3rd", "4th"][row % 4]!} March ${2000 + (row % 9)}`,
      points: (row) => `${two(day(row))}.05.14`,
      month: (row) => `2014-${two((row % 12) + 1)}`,
      monthYear: (row) => `${two((row % 12) + 1)}/${2000 + (row % 20)}`,
      quarter: (row) => `${2000 + (row % 20)} Q${(row % 4) + 1}`,
      quarterFirst: (row) => `Q${(row % 4) + 1}-${2000 + (row % 20)}`,
      week: (row) => `2014-W${two((row % 50) + 1)}`,
      weekday: (row) => `${["Sat", "Sun"][row % 2]!}, ${day(row)} ${month(row)} 2014`,
      mixed: (row) => `2014-05-${two(day(row))}${row % 2 ? "" : " 10:30:00"}`,
      zones: (row) => `2014-05-${two(day(row))}T10:30:00${row % 2 ? "+09:00" : "Z"}`,
      nanoseconds: (row) => `2014-05-03T10:30:00.${123_456_000 + row}`,
      created_at: (row) => `${1_400_000_000 + row * 3600}`,
      timestamp: (row) => `${1_400_000_000_123 + row * 3600}`,
      big: (row) => `${1_400_000_000 + row * 3600}`,
      yyyymm: (row) => `2014${two((row % 12) + 1)}`,
      start: (row) => `${row % 24}:${two(row % 60)}`,
      lap: (row) => `0:0${row % 10}:${two(row % 60)}.5`,
      opens: (row) => `${(row % 12) + 1}:30 ${row % 2 ? "am" : "PM"}`,
      score: (row) => `${row % 5}:${row % 4}`,
    });
    expect(summary(found)).toEqual({
      korean: "date %Y년 %m월 %d일",
      chinese: "date %Y年%m月%d日",
      dotted: "date %Y. %m. %d.",
      spaces: "date %d %b %Y",
      shortMonth: "date %b-%y",
      ordinal: "date %o %B %Y",
      points: "date %d.%m.%y",
      month: "date %Y-%m",
      monthYear: "date %m/%Y",
      quarter: "date %Y Q%q",
      quarterFirst: "date Q%q-%Y",
      week: "date %G-W%V",
      weekday: "date %a, %d %b %Y",
      mixed: "date %Y-%m-%d %H:%M:%S | %Y-%m-%d",
      zones: "date %Y-%m-%dT%H:%M:%SZ | %Y-%m-%dT%H:%M:%S%z",
      nanoseconds: "date %Y-%m-%dT%H:%M:%S.%n",
      created_at: "date %s",
      timestamp: "date %Q",
      big: "numeric",
      yyyymm: "date %Y%m",
      start: "numeric 12:34",
      lap: "numeric 12:34:56",
      opens: "numeric 12:34 PM",
      score: "category",
    });
    expect(found.get("month")!.reason).toContain("the first day stands for each");
    expect(found.get("zones")!.reason).toContain("converted to UTC");
    expect(found.get("created_at")!.reason).toContain("seconds since 1970, by the name");
  });
});

describe("dates of all formats", () => {
  it("are read from a file as they are read from a row", async () => {
    const written: [format: string, cells: string[]][] = [
      ["%Y년 %m월 %d일", ["2014년 5월 3일", "2014년 13월 3일", "2014년 2월 30일"]],
      ["%a, %d %b %Y", ["Sat, 3 May 2014", "Sun, 13 Jul 2014", "3 May 2014"]],
      ["%b-%y", ["May-14", "Dec-68", "Jan-69"]],
      ["%o %B %Y", ["3rd March 2014", "11TH May 2014", "31st April 2014"]],
      ["%Y Q%q", ["2014 Q2", "1999 Q4", "2014 Q5"]],
      ["%G-W%V", ["2015-W01", "2020-W53", "2014-W00"]],
      ["%s", ["1400000000", "1400000000.5", "x"]],
      ["%Q", ["1400000000123", "0", "x"]],
      ["%Y-%m-%d %H:%M | %Y-%m-%d", ["2014-05-03", "2014-05-03 10:20", "2014-05-03 10"]],
      ["%Y-%m-%dT%H:%M:%S.%n", ["2014-05-03T01:02:03.999999999", "2614-05-03T01:02:03.5", "x"]],
      ["%Y-%m-%dT%H:%M:%S%z", ["2014-05-03T01:02:03+09:00", "2014-05-03T01:02:03-0530", "x"]],
    ];
    const names = written.map((_, i) => `c${i}`);
    const lines = [0, 1, 2].map((row) => written.map(([, cells]) => `"${cells[row]!}"`).join(","));
    const source = await openFile(temporaryFile(`${names.join(",")}\n${lines.join("\n")}\n`));
    const columns = written.map(([format], i) => ({
      name: names[i]!,
      type: "date" as const,
      format,
    }));
    const { table } = await source.load({ columns, lenient: true });
    source.close();
    for (const [i, [format, cells]] of written.entries()) {
      const column = table.columns[i]!;
      expect("values" in column ? [...column.values] : [], format).toEqual(
        cells.map((cell) => timeOf(cell, format)),
      );
    }
  });
});

function timeOf(cell: string, format: string): number {
  try {
    return parseDate(cell, format);
  } catch {
    return NaN;
  }
}

describe("missing markers", () => {
  it("are no levels, and levels are no missing markers", async () => {
    const found = await inspect({
      continent: (row) => ["EU", "AS", "NA", "AF", "SA"][row % 5]!,
      region: (row) => ["EMEA", "APAC", "NA"][row % 3]!,
      country: (row) => ["DE", "NA", "US", "FR", "JP", "KR", "GB"][row % 7]!,
      origin: (row) => ["ZA", "NA", "BW", "AO", "ZW", "ZM"][row % 6]!,
      holiday: (row) => (row % 9 ? "None" : "Easter"),
      words: (row) => ["1.5", "unknown", "missing", "nil", "#VALUE!", "2"][row % 6]!,
    });
    expect(found.get("continent")).toMatchObject({ missing: 0, distinct: 5, notMissing: ["NA"] });
    expect(found.get("country")).toMatchObject({ missing: 0, distinct: 7, notMissing: ["NA"] });
    expect(found.get("continent")!.reason).toContain("NA is a level");
    expect(found.get("origin")).toMatchObject({ missing: 0, distinct: 6 });
    expect(found.get("holiday")).toMatchObject({ type: "category", missing: 0, distinct: 2 });
    expect(found.get("words")).toMatchObject({ type: "numeric", missing: 40, misfits: 0 });
  });

  it("follow the rest of the file: where NA marks missing numbers, it is no country", async () => {
    const found = await inspect({
      country: (row) => ["DE", "NA", "US", "FR", "JP", "KR", "GB"][row % 7]!,
      price: (row) => (row % 5 ? `${row}` : "NA"),
      grade: (row) => ["A", "B", "NA"][row % 3]!,
    });
    expect(found.get("grade")).toMatchObject({ missing: 20, distinct: 2 });
    expect(found.get("country")).toMatchObject({ distinct: 6 });
    expect(found.get("country")!.notMissing).toBeUndefined();
  });

  it("are kept as levels when the table is loaded", async () => {
    const source = await openFile(temporaryFile("a,y\nNA,1\nEU,2\n EU ,3\nnull,4\n"));
    const column = { name: "a", type: "category" } as const;
    const { table } = await source.load({ columns: [{ ...column, notMissing: ["NA"] }] });
    expect(table.columns[0]).toMatchObject({
      levels: ["EU", "NA"],
      codes: Int32Array.of(1, 0, 0, -1),
    });
    source.close();
  });
});

describe("levels", () => {
  it("are the same with blanks around them, and links label rows", async () => {
    const found = await inspect({
      department: (row) => ["sewing", "finishing ", "finishing"][row % 3]!,
      link: (row) => `http://example.org/title/tt${row}/?ref=x`,
      size: (row) => ["low", "Medium", "high"][row % 3]!,
      sex: () => "1. Male",
    });
    expect(found.get("department")).toMatchObject({ type: "category", distinct: 2 });
    expect(found.get("link")).toMatchObject({ role: "identifier" });
    expect(found.get("size")!.reason).toContain("look like a scale");
    expect(summary(found)["sex"]).toBe("category constant");
  });
});

describe("negative amounts", () => {
  it("in brackets among positive ones are told", async () => {
    const found = await inspect({
      some: (row) => (row % 3 === 0 ? `(${row}.50)` : `${row}.50`),
      none: (row) => `$${row}.50`,
    });
    expect(found.get("some")!.reason).toContain(
      "; 20 stand in brackets or in front of a minus and are read as negative.",
    );
    expect(found.get("none")!.reason).not.toContain("negative");
  });
});
