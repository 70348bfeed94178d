import { gzipSync } from "node:zlib";
import type { Expected } from "./fuzz-case.ts";

/** A file that somebody has once passed to a reader of tables. */
interface Oddity {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

const anything: Expected = { kind: "anything" };
const refused: Expected = { kind: "refused" };

function text(name: string, content: string, expected: Expected): Oddity {
  return { name, fileName: "table.csv", bytes: Buffer.from(content, "utf8"), expected };
}

function binary(name: string, bytes: Uint8Array, fileName = "table.csv"): Oddity {
  return { name, fileName, bytes, expected: refused };
}

function repeat(count: number, line: (row: number) => string): string {
  return Array.from({ length: count }, (_, row) => line(row)).join("");
}

function table(rows: number, columns: number): Expected {
  return { kind: "table", rows: [rows], columns, isWhole: true };
}

const page = "<!DOCTYPE html>\n<html><head><title>a,b</title></head><body>1,2</body></html>\n";

/** They come first in every run of the fuzzer. */
export const oddities: readonly Oddity[] = [
  binary("empty file", new Uint8Array(0)),
  text("only a byte order mark", "\ufeff", refused),
  text("only a newline", "\n", refused),
  text("only blank lines", "\n\r\n  \n\n", refused),
  text("only a header", "a,b,c\n", refused),
  text("only a header without newline", "a,b,c", refused),
  text("only a quote", '"', refused),
  text("a quote that is never closed", `a,b\n1,"${repeat(500, (r) => `${r},2\n`)}`, anything),
  text("only separators", ",,,,\n,,,,\n,,,,\n", refused),
  text("a megabyte of commas", ",".repeat(1_000_000), anything),
  text("a megabyte of quotes", '"'.repeat(1_000_000), anything),
  text("a line of three megabytes", `a,b\n${"x".repeat(3_000_000)},1\n`, anything),
  text("many lines of one letter", "a\n".repeat(50_000), anything),
  text("a web page", page, refused),
  text("a page with a byte order mark", `\ufeff${page}`, refused),
  text("XML", '<?xml version="1.0"?><a><b>1</b></a>', refused),
  text("an LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n", refused), // prettier-ignore
  binary("NUL bytes", new Uint8Array(4000)),
  binary("a PNG", Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61", "hex")), // prettier-ignore
  binary("the start of an Excel file", Buffer.from("504b0304140006000800000021", "hex")),
  binary("only PAR1", Buffer.from("PAR1"), "table.parquet"),
  binary("PAR1 twice", Buffer.from("PAR1PAR1"), "table.parquet"),
  binary("a footer longer than the file", Buffer.concat([Buffer.from("PAR1"), Buffer.from([255, 255, 255, 127]), Buffer.from("PAR1")]), "table.parquet"), // prettier-ignore
  binary("gzip of nothing", gzipSync(""), "table.csv.gz"),
  binary("half of a gzip file", gzipSync(repeat(500, (r) => `${r},${r * r}\n`)).subarray(0, 600), "table.csv.gz"), // prettier-ignore
  binary("gzip of a web page", gzipSync(page), "table.csv.gz"),
  text("JSON: only a bracket", "[", refused),
  text("JSON: an empty list", "[]", refused),
  text("JSON: a list of nothing", "[{},{},{}]", refused),
  text("JSON: a number", "12", refused),
  text("JSON: lists in a list", "[[1,2],[3,4]]", anything),
  text("JSON: nested 20,000 deep", `[{"a":${"[".repeat(20_000)}1${"]".repeat(20_000)}}]`, anything), // prettier-ignore
  text("JSON: 3,000 keys", `[${repeat(30, () => `{${repeat(3000, (k) => `"k${k}":${k},`)}"z":1},`)}{"z":2}]`, anything), // prettier-ignore
  text("JSON: a key twice", `[${repeat(30, (r) => `{"a":1,"a":${r}},`)}{"a":1,"a":2}]`, anything),
  text("JSON: names of prototypes", `[${repeat(30, (r) => `{"__proto__":${r},"constructor":1,"toString":${r}},`)}{"__proto__":2}]`, { kind: "table", rows: [31], columns: null, isWhole: true }), // prettier-ignore
  text("names of prototypes", `__proto__,constructor,hasOwnProperty\n${repeat(40, (r) => `${r},${r * 2},b\n`)}`, table(40, 3)), // prettier-ignore
  text("names that are numbers", `id,1,2,3\n${repeat(40, (r) => `x${r},${r},${r * 2},3.5\n`)}`, table(40, 4)), // prettier-ignore
  text("2,000 columns", `${repeat(2000, (c) => `c${c},`)}z\n${repeat(25, (r) => `${repeat(2000, (c) => `${(r * c) % 7},`)}1\n`)}`, table(25, 2001)), // prettier-ignore
  text("a single column", `value\n${repeat(50, (r) => `${r}\n`)}`, table(50, 1)),
  text("SQL as cells", `a,b\n${repeat(30, (r) => `${r},'; DROP TABLE raw; --\n`)}`, table(30, 2)),
  text("SQL as names", `"a'); DROP TABLE raw; --","b"""\n${repeat(30, (r) => `${r},${r}\n`)}`, table(30, 2)), // prettier-ignore
  text("patterns as names", `*,%\n${repeat(30, (r) => `${r},${r}\n`)}`, table(30, 2)),
];
