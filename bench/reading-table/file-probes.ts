import { gzipSync } from "node:zlib";
import { encodeText } from "../fuzz/encode-text.ts";
import type { Probe } from "./column-probes.ts";
import type { ExpectedColumn } from "./expectation.ts";

const rows = 60;
const cities = ["Bonn", "Köln", "Ulm"];
const header = "city,area,price";
const line = (row: number): string => `${cities[row % 3]},${row * 3 + 20},${row * 11 + 100}.5`;
const body = Array.from({ length: rows }, (_, row) => line(row));
const file = [header, ...body].join("\n") + "\n";
const three: readonly ExpectedColumn[] = [
  { name: "city", kinds: ["category"] },
  { name: "area", kinds: ["numeric"], mean: 108.5 },
  { name: "price", kinds: ["numeric"], mean: 425 },
];

interface Shape {
  readonly columns?: readonly ExpectedColumn[];
  readonly rows?: number;
  readonly header?: boolean;
  readonly fileName?: string;
}

function table(name: string, text: string | Uint8Array, shape: Shape = {}): Probe {
  const columns = shape.columns ?? three;
  return {
    fileName: shape.fileName ?? `${name}.csv`,
    text,
    expected: {
      file: name,
      rows: shape.rows ?? rows,
      header: shape.header ?? true,
      targets: ["price", columns.length],
      columns,
    },
  };
}

function refused(name: string, text: string | Uint8Array, ...error: string[]): Probe {
  return { fileName: `${name}.csv`, text, expected: { error } };
}

function renamed(...names: (string | null)[]): ExpectedColumn[] {
  return three.map((column, c) => ({ ...column, name: names[c] ?? null }));
}

const records = body.map((text) => {
  const [city, area, price] = text.split(",");
  return { city, area: Number(area), price: Number(price) };
});
const koreanBody = body.map((text) => text.replace(/^\S+?,/, (city) => `${{ Bonn: "서울", Köln: "부산", Ulm: "대구" }[city.slice(0, -1)]},`)); // prettier-ignore
const korean = `도시,area,price\n${koreanBody.join("\n")}\n`;
const japanese = korean.replaceAll("도시", "都市").replaceAll("서울", "東京").replaceAll("부산", "大阪").replaceAll("대구", "あおもり"); // prettier-ignore
const chinese = korean.replaceAll("도시", "城市").replaceAll("서울", "北京").replaceAll("부산", "上海").replaceAll("대구", "广州的"); // prettier-ignore
const page = "<html><head></head><body><table><tr><td>1</td></tr></table></body></html>\n";

/** Whole files that people meet: encodings, separators, lines that do not belong, formats. */
export function fileProbes(): Probe[] {
  return [
    table("plain", file),
    table("utf-8 with a mark", encodeText(file, "utf-8", true)),
    table("utf-16 little", encodeText(file, "utf-16le", true)),
    table("utf-16 big", encodeText(file, "utf-16be", true)),
    table("utf-16 without a mark", encodeText(file, "utf-16le")),
    table("windows-1252", encodeText(file, "windows-1252")),
    table("euc-kr", encodeText(korean, "euc-kr"), { columns: renamed("도시", "area", "price") }),
    table("shift-jis", encodeText(japanese, "shift_jis"), { columns: renamed("都市", "area", "price") }), // prettier-ignore
    table("gb18030", encodeText(chinese, "gb18030"), { columns: renamed("城市", "area", "price") }),
    table("gzip", gzipSync(file), { fileName: "plain.csv.gz" }),
    table("crlf", file.replaceAll("\n", "\r\n")),
    table("cr only", file.replaceAll("\n", "\r")),
    table("crlf with lf in the header", file.replaceAll("\n", "\r\n").replace("city", '"city\nname"'), { columns: renamed(null, "area", "price") }), // prettier-ignore
    table("mixed newlines", file.replaceAll(/\n(Ulm)/g, "\r\n$1")),
    table("no newline at the end", file.trimEnd()),
    table("semicolons", file.replaceAll(",", ";")),
    table("tabs", file.replaceAll(",", "\t")),
    table("pipes", file.replaceAll(",", "|")),
    table("spaces", file.replaceAll(",", " ")),
    table("many spaces", file.replaceAll(",", "    ")),
    table("semicolons and decimal commas", file.replaceAll(",", ";").replaceAll(".5", ",5")),
    table("sep line of Excel", `sep=;\n${file.replaceAll(",", ";")}`),
    table("comments above", `# made by hand\n# second line\n${file}`),
    table("a title above", `Prices of houses in Germany\n\n${file}`),
    table("blank lines between", file.replaceAll("\nUlm", "\n\nUlm")),
    table("blank lines at the end", `${file}\n\n\n`),
    table("rows of separators at the end", `${file}${",,\n".repeat(5)}`),
    table("rows of separators between", file.replace("\nUlm", "\n,,\nUlm")),
    table("a stray empty column", file.replaceAll("\n", ",\n")),
    table("stray empty columns", file.replaceAll("\n", ",,,\n")),
    table("separators at the ends of rows only", file.replaceAll("\n", ",\n").replace(",\n", "\n")),
    table("a total and a source below", `${file}\nTotal,99,99\n,,\n"Source: a survey, 2020",,\n`),
    table("names of groups above", `,Size and price,\n${file}`),
    table("everything quoted", file.replaceAll(/[^,\n]+/g, '"$&"')),
    table("single quotes", file.replaceAll(/(?<=\n)[A-Z][^,\n]+/g, "'$&, Germany'")),
    table("backslashes before quotes", file.replaceAll("Bonn", '"the \\"old\\", Bonn"')),
    table("newlines in cells", file.replaceAll("Bonn", '"Bonn\nam Rhein"')),
    table("spaces behind commas", file.replaceAll(",", ", ")),
    table("no header", `${body.join("\n")}\n`, { header: false, columns: renamed() }),
    table("names twice", file.replace(header, "city,area,area"), { columns: renamed("city", "area", null) }), // prettier-ignore
    table("names missing", file.replace(header, "city,,"), { columns: renamed("city") }),
    table("names with spaces", file.replace(header, " city , area , price ")),
    table("two broken rows", `${file}Bonn,1,2,3,4\nUlm\n`),
    table("json", JSON.stringify(records), { fileName: "x.json" }),
    table("ndjson", records.map((record) => JSON.stringify(record)).join("\n"), { fileName: "x.ndjson" }), // prettier-ignore
    table("json in data", JSON.stringify({ page: 1, data: records }), { fileName: "x.json" }),
    refused("json in two lists", JSON.stringify({ a: records, b: records }), "AUTOML_FILE_FORMAT"),
    refused("json by columns", JSON.stringify({ city: cities, area: [1, 2, 3] }), "AUTOML_FILE_FORMAT"), // prettier-ignore
    table("ndjson gzip", gzipSync(records.map((record) => JSON.stringify(record)).join("\n")), { fileName: "x.ndjson.gz" }), // prettier-ignore
    refused("html", page, "AUTOML_FILE_FORMAT"),
    refused("html with a comment", `<!-- saved -->\n${page}`, "AUTOML_FILE_FORMAT"),
    refused("gzip of html", gzipSync(page), "AUTOML_FILE_FORMAT"),
    refused("header only", `${header}\n`, "AUTOML_FILE_EMPTY"),
    refused("empty", "", "AUTOML_FILE_EMPTY"),
    refused("binary", Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251), "AUTOML_FILE_FORMAT"), // prettier-ignore
    refused("a tenth of the rows broken", file + "Bonn,1,2,3,4\n".repeat(7), "AUTOML_FILE_BROKEN_ROWS"), // prettier-ignore
    refused("prose", "It was the best of times, it was the worst of times.\nIt was the age of wisdom.\nAnd so, on, and on, and on.\n".repeat(9), "AUTOML_FILE_FORMAT"), // prettier-ignore
  ];
}
