import { open } from "node:fs/promises";
import { basename } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { AutomlError } from "../core/errors.ts";
import type { Encoding } from "./dialect.ts";

/** What a file is, told from its first bytes and never from its name. */
export type FileLook =
  | { readonly kind: "parquet" }
  | { readonly kind: "json" | "ndjson" | "delimited"; readonly head: TextHead };

export interface TextHead {
  /** The first decoded part, without a byte order mark. */
  readonly text: string;
  /** Whether `text` is all there is. */
  readonly whole: boolean;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly gzip: boolean;
}

const headBytes = 262_144;
/** Deflate packs at most 1,032 to 1: this much of a gzip file unpacks to 68 MB at worst. */
const gzipHeadBytes = 65_536;

/** Reads the first 256 kB. Throws AUTOML_FILE_MISSING, AUTOML_FILE_EMPTY, AUTOML_FILE_FORMAT. */
export async function lookAtFile(path: string): Promise<FileLook> {
  const { bytes, size } = await readHead(path);
  const name = basename(path);
  if (size === 0) throw emptyFile(name);
  refuseKnownFormats(bytes, name);
  if (startsWith(bytes, "PAR1")) return { kind: "parquet" };
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = gzip ? unzipHead(bytes.subarray(0, gzipHeadBytes), name) : bytes;
  const whole = gzip ? size <= gzipHeadBytes && plain.length < headBytes : size <= bytes.length;
  const head = { ...decodeHead(plain, whole, name), whole, gzip };
  if (head.text.trim() === "" && whole) throw emptyFile(name);
  refusePages(head.text, name);
  return { kind: textKind(head.text), head };
}

async function readHead(path: string): Promise<{ bytes: Uint8Array; size: number }> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      const buffer = new Uint8Array(Math.min(size, headBytes));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return { bytes: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOENT"
        ? `There is no file ${path}.`
        : code === "EISDIR"
          ? `${path} is a folder, not a file.`
          : `${path} cannot be read (${code ?? "unknown reason"}).`;
    throw new AutomlError("AUTOML_FILE_MISSING", reason, {
      hint: "Give the path of a CSV, TSV, Parquet, JSON or NDJSON file.",
      details: { path },
      cause,
    });
  }
}

/** The first part of a gzip stream may end anywhere: what could be unpacked is enough. */
function unzipHead(bytes: Uint8Array, name: string): Uint8Array {
  try {
    const plain = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return plain.subarray(0, headBytes);
  } catch (cause) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} starts like gzip, but cannot be unpacked.`,
      {
        hint: "The download may be incomplete: fetch the file again.",
        cause,
      },
    );
  }
}

function decodeHead(
  bytes: Uint8Array,
  whole: boolean,
  name: string,
): Omit<TextHead, "whole" | "gzip"> {
  const [b0, b1, b2] = bytes;
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) {
    return { text: decode(bytes, "utf-8", whole) ?? "", encoding: "utf-8", bom: true };
  }
  if (b0 === 0xff && b1 === 0xfe) {
    return { text: decode(bytes, "utf-16le", whole) ?? "", encoding: "utf-16le", bom: true };
  }
  if (b0 === 0xfe && b1 === 0xff) {
    return { text: decode(bytes, "utf-16be", whole) ?? "", encoding: "utf-16be", bom: true };
  }
  if (isBinary(bytes)) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} holds binary data in no format that is known here.`,
      {
        hint: "Give a CSV, TSV, Parquet, JSON or NDJSON file.",
      },
    );
  }
  const utf8 = decode(bytes, "utf-8", whole);
  if (utf8 !== undefined) return { text: utf8, encoding: "utf-8", bom: false };
  return {
    text: decode(bytes, "windows-1252", whole) ?? "",
    encoding: "windows-1252",
    bom: false,
  };
}

/** The text, or undefined when the bytes are not valid in this encoding. A cut last character is no error. */
function decode(bytes: Uint8Array, encoding: Encoding, whole: boolean): string | undefined {
  try {
    // Node.js 20 decodes the bytes 80 to 9F of Windows-1252 wrongly (as Latin-1), but not in a stream.
    const stream = !whole || encoding === "windows-1252";
    return new TextDecoder(encoding, { fatal: encoding === "utf-8" }).decode(bytes, { stream });
  } catch {
    return undefined;
  }
}

/** Control characters that no text holds, more than now and then. */
function isBinary(bytes: Uint8Array): boolean {
  let odd = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++;
  return odd > 2 && odd > bytes.length / 200;
}

function textKind(text: string): "json" | "ndjson" | "delimited" {
  const start = text.trimStart();
  if (/^\[\s*(\{|\]|$)/.test(start)) return "json";
  if (/^\{\s*("|\}|$)/.test(start)) return "ndjson";
  return "delimited";
}

const formatsNamed: readonly (readonly [start: string, what: string, hint: string])[] = [
  [
    "PK\u0003\u0004",
    "a zip archive or an Excel workbook",
    "Save the sheet as CSV, or unpack the archive.",
  ],
  ["\u00d0\u00cf\u0011\u00e0", "an old Excel workbook", "Save the sheet as CSV."],
  ["SQLite format 3", "a SQLite database", "Export the table as CSV."],
  ["%PDF", "a PDF document", "Export the table as CSV."],
  ["ARROW1", "an Arrow file", "Save the table as Parquet or CSV."],
  ["\u0028\u00b5\u002f\u00fd", "compressed with zstd", "Unpack it, or compress it with gzip."],
  ["BZh", "compressed with bzip2", "Unpack it, or compress it with gzip."],
  ["\u00fd7zXZ", "compressed with xz", "Unpack it, or compress it with gzip."],
];

function refuseKnownFormats(bytes: Uint8Array, name: string): void {
  for (const [start, what, hint] of formatsNamed) {
    if (!startsWith(bytes, start)) continue;
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} is ${what}, not a table in a text file or Parquet.`,
      {
        hint,
      },
    );
  }
}

function refusePages(text: string, name: string): void {
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith("version https://git-lfs")) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} is a git-LFS pointer: the data itself was not fetched.`,
      {
        hint: "Run `git lfs pull` in its repository, or download the file itself.",
      },
    );
  }
  if (/^<(!doctype|html|head|body|\?xml|!--|[a-z]+[\s>])/i.test(start)) {
    const what = /^<(!doctype html|html|head|body)/i.test(start)
      ? "a web page (HTML)"
      : "HTML or XML";
    throw new AutomlError("AUTOML_FILE_FORMAT", `${name} is ${what}, not a table.`, {
      hint: "The link may lead to a page about the file: download the data itself.",
    });
  }
}

function emptyFile(name: string): AutomlError {
  return new AutomlError("AUTOML_FILE_EMPTY", `${name} is empty.`, {
    hint: "Give a file with a header row and data rows.",
  });
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}
