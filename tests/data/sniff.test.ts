import { describe, expect, it } from "vitest";
import { parseRecords } from "../../src/data/parse-records.ts";
import { sniff, type SniffInput } from "../../src/data/sniff.ts";

const look = (text: string, more: Partial<SniffInput> = {}) =>
  sniff({ text, whole: true, encoding: "utf-8", bom: false, ...more });

describe("parseRecords", () => {
  const marks = { separator: ",", quote: '"', escape: '"' };

  it("takes quotes, doubled quotes, separators and newlines inside cells", () => {
    expect(parseRecords('a,"b ""c"", d"\r\n"x\ny",\r\n', marks)).toEqual([
      ["a", 'b "c", d'],
      ["x\ny", ""],
    ]);
  });

  it("ends records at LF, CRLF and CR, drops blank lines, needs no newline at the end", () => {
    const table = [
      ["a", "b"],
      ["1", "2"],
    ];
    for (const newline of ["\n", "\r\n", "\r"]) {
      expect(parseRecords(`${newline}a,b${newline}${newline}1,2`, marks)).toEqual(table);
    }
    expect(parseRecords("a,", marks)).toEqual([["a", ""]]);
  });
});

describe("sniff", () => {
  it.each([
    [",", "a,b,c\n1,2,x;y\n3,4,z\n"],
    [";", "a;b;c\n1,5;2,5;x\n3,5;4,5;y\n"],
    ["\t", "a\tb, or c\td\n1\t2, 3\t4\n"],
    ["|", "a|b|c\n1|2|3\n"],
    [";", '"a";"b"\n"1,2,3";"4"\n'],
  ])("finds the separator %j", (separator, text) => {
    expect(look(text).separator).toBe(separator);
  });

  it("takes the first row as header, also when names are numbers among words", () => {
    expect(look("Date,4046,4225\n2015-01-01,1.5,2\n2015-01-02,3,4\n")).toMatchObject({
      header: true,
      names: ["Date", "4046", "4225"],
    });
    expect(look("country,2010,2011\nA,1,2\nB,3,4\n").header).toBe(true);
    expect(look("a,b\nx,y\nz,w\n").header).toBe(true);
  });

  it("makes names up, and says so, when the first row is data like the rest", () => {
    const numbers = look("1.5,2,3\n4,5,6\n7,8,9\n");
    expect(numbers).toMatchObject({ header: false, names: ["column1", "column2", "column3"] });
    expect(numbers.notes.join()).toContain("no header");
    expect(look("M,0.4,15\nM,0.3,7\nF,0.5,9\n").header).toBe(false);
    expect(look("M,,15\nM,0.3,7\nF,0.5,9\n").header).toBe(false);
  });

  it("lets the names a caller asks for settle it", () => {
    const text = "2010,2011\n1,2\n3,4\n";
    expect(look(text).header).toBe(false);
    expect(look(text, { expected: ["2011"] })).toMatchObject({
      header: true,
      names: ["2010", "2011"],
    });
  });

  it("makes empty and repeated names unique without colliding", () => {
    const { names, notes } = look(",a,a,a_2,\n1,2,3,4,x\n");
    expect(names).toEqual(["column1", "a", "a_3", "a_2", "column5"]);
    expect(notes).toHaveLength(3);
  });

  it("names row labels that the header leaves out", () => {
    expect(look("mpg,cyl\nMazda,21,6\nFiat,32,4\nFord,15,8\n").names).toEqual([
      "column1",
      "mpg",
      "cyl",
    ]);
  });

  it("skips blank and comment lines above the table, but no header that starts with #", () => {
    expect(look("\n# made by hand\n# units: m\na,b\n1,2\n3,4\n")).toMatchObject({
      skip: 3,
      names: ["a", "b"],
    });
    expect(look("#id,b\n1,2\n3,4\n")).toMatchObject({ skip: 0, names: ["#id", "b"] });
  });

  it("sees backslash escapes and single quotes", () => {
    expect(look('a,b\n"x \\"y\\", z",2\n').escape).toBe("\\");
    expect(look("a,b\n'x, y',2\n'z',3\n").quote).toBe("'");
  });

  it("does not look at a last record that the head cuts", () => {
    expect(look("a,b,c\n1,2,3\n4,5,6\n7,8", { whole: false }).names).toHaveLength(3);
  });

  it("refuses prose, and takes one column of values", () => {
    expect(() =>
      look(
        "Dear all,\nthis is a letter and not a table.\nIt has, I fear, no columns.\nYours, truly\n",
      ),
    ).toThrow(expect.objectContaining({ code: "AUTOML_FILE_FORMAT" }));
    expect(look("price\n1\n2\n3\n").names).toEqual(["price"]);
  });

  it("cuts at the semicolons of numbers with decimal commas", () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i}88,00;0,${i + 10};01.01.2024;47048${i},12`,
    );
    const text = ["size;share;when;price", ...rows].join("\n");
    const { separator, names } = sniff({ text, whole: true, encoding: "utf-8", bom: false });
    expect(separator).toBe(";");
    expect(names).toEqual(["size", "share", "when", "price"]);
    const tabs = sniff({
      text: text.replaceAll(";", "\t"),
      whole: true,
      encoding: "utf-8",
      bom: false,
    });
    expect(tabs.separator).toBe("\t");
  });
});
