import { isAscii } from "node:buffer";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import type { Encoding } from "./dialect.ts";
import { decoderOf } from "./text/decoder.ts";
import { guessEncoding } from "./text/guess-encoding.ts";
import { packingOf, unpackHead, type Packing } from "./text/unpack.ts";
import { encodingNote } from "./text/utf8-parts.ts";

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
  /** Why it is this encoding, where that is a guess; null: the bytes leave no doubt. */
  readonly encodingNote: string | null;
  readonly bom: boolean;
  /** Whether it has characters beyond ASCII that are valid in UTF-8. */
  readonly wide: boolean;
  readonly packing: Packing;
  /** Bytes of the whole text, unpacked: counted, or estimated from how the head is packed. */
  readonly bytes: number;
}

const headBytes = 262_144;
/** Deflate packs at most 1,032 to 1: this much of a packed file unpacks to 68 MB at worst. */
const packedHeadBytes = 65_536;
/** A block of zstd may need more before it gives anything. */
const zstdHeadBytes = 180_000;

/** Reads the first 256 kB. Throws AUTOML_FILE_MISSING, AUTOML_FILE_EMPTY, AUTOML_FILE_FORMAT. */
export async function lookAtFile(path: string): Promise<FileLook> {
  const { bytes, size } = await readHead(path);
  const name = basename(path);
  if (size === 0) throw emptyFile(name);
  if (startsWith(bytes, "PAR1")) return { kind: "parquet" };
  const packing = packingOf(bytes);
  const taken = bytes.subarray(0, takenBytes[packing]);
  const plain = await unpacked(taken, packing, name);
  const whole = size <= taken.length && plain.length < headBytes;
  const isAll = packing === "none" ? size <= bytes.length : whole;
  if (startsWith(plain, "PAR1")) throw packedParquet(name, packing);
  refuseKnownFormats(plain, name);
  const head: TextHead = {
    ...decodeHead(plain, isAll, name),
    whole: isAll,
    packing,
    bytes: packing === "none" ? size : Math.ceil((size * plain.length) / Math.max(1, taken.length)),
  };
  if (head.text.trim() === "" && isAll) throw emptyFile(name);
  refusePages(head.text, name);
  return { kind: textKind(head.text), head };
}

const takenBytes: { readonly [P in Packing]: number } = {
  none: headBytes,
  gzip: packedHeadBytes,
  zstd: zstdHeadBytes,
};

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

async function unpacked(bytes: Uint8Array, packing: Packing, name: string): Promise<Uint8Array> {
  try {
    return await unpackHead(bytes, packing, headBytes);
  } catch (cause) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} starts like ${packing}, but cannot be unpacked.`,
      { hint: "The download may be incomplete: fetch the file again.", cause },
    );
  }
}

type Decoded = Pick<TextHead, "text" | "encoding" | "encodingNote" | "bom" | "wide">;

function decodeHead(bytes: Uint8Array, whole: boolean, name: string): Decoded {
  const sure = (encoding: Encoding, bom: boolean): Decoded => {
    const text = decode(bytes, encoding, whole) ?? "";
    return { text, encoding, encodingNote: null, bom, wide: !isAscii(bytes) };
  };
  const [b0, b1, b2] = bytes;
  if (b0 === 0xff && b1 === 0xfe) return sure("utf-16le", true);
  if (b0 === 0xfe && b1 === 0xff) return sure("utf-16be", true);
  const wide = wideEncoding(bytes);
  if (wide !== null) return sure(wide, false);
  if (isBinary(bytes)) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} holds binary data in no format that is known here.`,
      { hint: "Give a CSV, TSV, Parquet, JSON or NDJSON file." },
    );
  }
  const bom = b0 === 0xef && b1 === 0xbb && b2 === 0xbf;
  if (decode(bytes, "utf-8", whole) !== undefined) return sure("utf-8", bom);
  const { encoding, why } = bom ? { encoding: "utf-8" as const, why: "" } : guessEncoding(bytes);
  const text = decoderOf(encoding).decode(bytes, { stream: true });
  const isMixed = encoding === "utf-8";
  return { text, encoding, encodingNote: encodingNote(encoding, why), bom, wide: isMixed };
}

/** The text, or undefined when the bytes are not valid in this encoding. A cut last character is no error. */
function decode(bytes: Uint8Array, encoding: Encoding, whole: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: encoding === "utf-8" }).decode(bytes, {
      stream: !whole,
    });
  } catch {
    return undefined;
  }
}

/** UTF-16 without a byte order mark: its separators, digits and newlines have a zero byte each, all on one side. */
function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const zeros: [even: number, odd: number] = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const [even, odd] = zeros;
  if (even + odd < bytes.length / 10 || bytes.length < 4) return null;
  if (even * 20 < odd) return "utf-16le";
  return odd * 20 < even ? "utf-16be" : null;
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
  if (/^ *\|?( *:?-{3,}:? *\|)+( *:?-{3,}:? *)?$/m.test(text.slice(0, 10_000))) {
    throw new AutomlError("AUTOML_FILE_FORMAT", `${name} is a page in Markdown, not a table.`, {
      hint: "Save its table as CSV: without the line of dashes, and without | at the ends of the lines.",
    });
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

function packedParquet(name: string, packing: Packing): AutomlError {
  return new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${name} is a Parquet file that was compressed with ${packing} as a whole.`,
    { hint: "Unpack it first: Parquet is compressed inside." },
  );
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
