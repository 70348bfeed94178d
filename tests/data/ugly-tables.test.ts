import { describe, expect, it } from "vitest";
import { inspectFile, loadTable } from "../../src/data/open-file.ts";
import { inspect, summary } from "./inspect-columns.ts";
import { temporaryFile } from "./temporary.ts";

const many = 200;

function rowsOf(make: (row: number) => string, count = 60): string {
  return Array.from({ length: count }, (_, row) => make(row)).join("\n");
}

describe("rows that sum up those above", () => {
  const body = rowsOf((row) => `shop ${row % 7},${row},${row * 3}`);

  it("are left out at the end of a table, and it is said", async () => {
    const path = temporaryFile(
      `shop,units,sales\n${body}\n\nTotal,1770,5310\nAverage:,29.5,88.5\n`,
    );
    const inspection = await inspectFile(path);
    expect(inspection.rows).toBe(60);
    expect(inspection.fileRows).toBe(60);
    expect(inspection.notes.join(" ")).toContain(
      'The last 2 rows are no data but sum up or explain those above them ("Total", "Average:") and were left out.',
    );
    const { table } = await loadTable(path, { columns: [{ name: "sales", type: "numeric" }] });
    expect(table.rows).toBe(60);
  });

  it("are left out with the footnotes below them", async () => {
    const end = 'Total,1770,5310\n,,\n"Source: ERP, unaudited",,\nprovisional,,\n';
    const inspection = await inspectFile(temporaryFile(`shop,units,sales\n${body}\n${end}`));
    expect(inspection.rows).toBe(60);
    // Rows of which much is missing are rows.
    const gaps = `shop,units,sales\n${body}\nshop 9,,\n`;
    expect((await inspectFile(temporaryFile(gaps))).rows).toBe(61);
  });

  it("stay where the word is a level of its column, and in the middle", async () => {
    const level = rowsOf((row) => `${row % 6 === 0 ? "Total" : "part"},${row},${row * 3}`, 61);
    expect((await inspectFile(temporaryFile(`kind,units,sales\n${level}\n`))).rows).toBe(61);
    const middle = `shop,units,sales\n${body}\nTotal,1,2\nshop 1,2,3\n`;
    expect((await inspectFile(temporaryFile(middle))).rows).toBe(62);
  });
});

describe("how files are written", () => {
  it("names of groups above the names of columns are left out", async () => {
    const body = rowsOf((row) => `S${row % 5},2018-01-${10 + (row % 9)},${row},${row * 2},wet`);
    const inspection = await inspectFile(
      temporaryFile(`,,Air,,Soil\nStation,Date,Temperature,Humidity,State\n${body}\n`),
    );
    expect(inspection.columns.map(({ name }) => name)).toEqual(
      "Station,Date,Temperature,Humidity,State".split(","),
    );
    expect(inspection.rows).toBe(60);
  });

  it("numbers that spaces separate, with a tab in front of a name", async () => {
    const body = rowsOf((row) => `${row % 30}.5   4   1${row}.0  3${row}\t"car ${row % 4}"`);
    const inspection = await inspectFile(temporaryFile(`${body}\n`));
    expect(inspection.columns.map(({ type }) => type)).toEqual([
      "numeric",
      "numeric",
      "numeric",
      "numeric",
      "category",
    ]);
  });

  it("records within an object", async () => {
    const results = Array.from({ length: 40 }, (_, row) => ({ price: row, city: `c${row % 3}` }));
    const inspection = await inspectFile(
      temporaryFile(JSON.stringify({ page: 1, results, tags: ["a"] }), "data.json"),
    );
    expect(inspection.rows).toBe(40);
    expect(inspection.notes).toContain('The records are those in "results".');
  });

  it("Turkish in Windows-1254, Icelandic in Windows-1252", async () => {
    const turkish = rowsOf(
      (row) =>
        `${["Hay\u00fdr", "Evet"][row % 2]!},${row},\u0130stanbul \u015ei\u015fli a\u011fa\u00e7`,
    );
    const bytes = Uint8Array.from(`hasar,km,yer\n${turkish}\n`, (letter) => {
      const code = { "\u0130": 0xdd, "\u015e": 0xde, "\u015f": 0xfe, "\u011f": 0xf0 }[letter];
      return code ?? letter.charCodeAt(0);
    });
    const found = await inspectFile(temporaryFile(bytes));
    expect(found.dialect!.encoding).toBe("windows-1254");
    expect(found.columns[0]!.type).toBe("boolean");
    const icelandic = rowsOf(
      (row) => `\u00deingvellir \u00e1 \u00edsland,${row},br\u00fa\u00f0ur \u00fe\u00fd\u00f0a`,
    );
    const latin = Uint8Array.from(`nafn,tala,or\u00f0\n${icelandic}\n`, (letter) =>
      letter.charCodeAt(0),
    );
    expect((await inspectFile(temporaryFile(latin))).dialect!.encoding).toBe("windows-1252");
  });
});

describe("what columns hold", () => {
  it("points between thousands, told by the column", async () => {
    const found = await inspect(
      {
        kilometres: (row) =>
          row % 5 === 0 ? `${100 + row}` : `${1 + (row % 190)}.${100 + ((row * 7) % 900)}`,
        measured: (row) =>
          row % 5 === 0 ? `${100 + row}` : `${1 + (row % 190)}.${10 + ((row * 7) % 90)}`,
        fixed: (row) => `${row % 190}.${100 + ((row * 7) % 900)}`,
      },
      undefined,
      many,
    );
    expect(summary(found)).toEqual({
      kilometres: "numeric 1.234,5",
      measured: "numeric",
      fixed: "numeric",
    });
    expect(found.get("kilometres")!.reason).toContain("no number without one reaches 1000");
  });

  it("letters of labels multiply nothing, and one number beside a word is a level", async () => {
    const found = await inspect(
      {
        key: (row) => `${1 + (row % 12)}${row % 2 ? "A" : "B"}`,
        department: (row) => ["2A", "01", "75", "69"][row % 4]!,
        easy: (row) => (row % 12 === 0 ? "True" : "-1"),
        rate: (row) => (row % 3 ? `$${40 + row} per hour` : `$${90_000 + row} per year`),
      },
      undefined,
      many,
    );
    expect([...found.values()].map(({ type }) => type)).toEqual([
      "category",
      "category",
      "category",
      "category",
    ]);
    expect(found.get("rate")!.reason).toContain("amounts for different times (hour and year)");
  });

  it("a unit that few cells have is that of no others, and two units are no scale", async () => {
    const found = await inspect(
      {
        area: (row) => (row % 30 ? `${900 + row}` : `${80 + row}.44Sq. Meter`),
        half: (row) => (row % 2 ? `${40 + row} kg` : `${40 + row}`),
        warm: (row) =>
          row % 5 ? `${10 + (row % 20)}.${row % 10}\u00b0C` : `${50 + (row % 20)}.4\u00b0F`,
        price: (row) => (row % 6 ? `${100 + row} kr` : `${100 + row} lei`),
        mileage: (row) =>
          row % 6 ? `${10 + (row % 20)}.${row % 10} kmpl` : `17.${row % 10} km/kg`,
      },
      undefined,
      many,
    );
    expect(summary(found)).toEqual({
      area: "numeric",
      half: "category",
      warm: "category",
      price: "category",
      mileage: "numeric 1234.5*",
    });
    expect(found.get("area")!.misfits).toBe(7);
    expect(found.get("half")!.reason).toContain("some have a unit (kg) and others none");
    expect(found.get("warm")!.reason).toContain("different units behind them");
  });

  it("words and a second unit around a number", async () => {
    const found = await inspect({
      built: (row) => `Built in ${1900 + row}`,
      battery: (row) => `Up to ${row % 20} hours`,
      weight: (row) => `${100 + row} g (${row}.5 oz)`,
      stars: (row) => `${(row % 40) / 10} out of 5 stars`,
      wind: (row) => (row % 9 ? `${row} km` : "10+ km"),
      price: (row) => ["$9.99", "$19.99", "$4.99", "Free to Play"][row % 4]!,
      detected: (row) => (row % 4 ? `${row / 8}` : "<0.01"),
    });
    expect(summary(found)).toEqual({
      built: "numeric Built in 1234.5",
      battery: "numeric Up to 1234.5 hours",
      weight: "numeric 1234.5 g (*)",
      stars: "numeric 1234.5 out of 5 stars",
      wind: "numeric 1234.5 km",
      price: "numeric $1,234.5",
      detected: "numeric <1234.5",
    });
  });

  it("names of several words that come again and again are levels", async () => {
    const found = await inspect(
      {
        club: (row) => `Racing Club of Town ${String.fromCodePoint(65 + (row % 40))}`,
        review: (row) => `the ${row} thing that I did not like so much was number ${row * 7}`,
      },
      undefined,
      800,
    );
    expect([...found.values()].map(({ type }) => type)).toEqual(["category", "text"]);
  });

  it("dates that say only the year, beside full ones; months, quarters", async () => {
    const found = await inspect(
      {
        published: (row) => (row % 10 ? `20${10 + (row % 9)}-0${1 + (row % 9)}-11` : "2014"),
        listed: (row) => `October-${1 + (row % 28)}-20${10 + (row % 9)}`,
        month: (row) => `20${10 + (row % 9)}M0${1 + (row % 9)}`,
        quarter: (row) => `${1 + (row % 4)}. Quartal 20${10 + (row % 9)}`,
      },
      undefined,
      many,
    );
    expect([...found.values()].map(({ type, misfits }) => `${type} ${misfits}`)).toEqual(
      Array.from({ length: 4 }, () => "date 0"),
    );
  });
});

it("a byte order mark in front of a level is read", async () => {
  const found = await inspect({
    fuel: (row) => ["gas", "\ufeffgas", "oil", "oil"][row % 4]!,
    x: String,
  });
  expect(found.get("fuel")!.type).toBe("category");
  const path = temporaryFile(
    `fuel,x\n${rowsOf((row) => `${["gas", "\ufeffgas", "oil", "oil"][row % 4]!},${row}`)}\n`,
  );
  const { table } = await loadTable(path, {
    columns: [
      { name: "fuel", type: "category" },
      { name: "x", type: "numeric" },
    ],
  });
  expect(table.columns[0]).toMatchObject({
    levels: expect.arrayContaining(["gas", "oil"]) as string[],
  });
  expect(table.rows).toBe(60);
});
