const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;

/** Columns aligned with spaces, as cells that tabs separate: every run of spaces and tabs outside quotes is one tab. */
export function tabbedText(text: string): string {
  return text
    .replace(/^[ \t]+|[ \t]+$/gm, "")
    .replace(/"[^"\r\n]*"|[ \t]+/g, (found) => (found.startsWith('"') ? found : "\t"));
}

/** The same for the bytes of a text in UTF-8, part by part. */
export async function* tabbedParts(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isGap = false;
  let isLineStart = true;
  let isQuoted = false;
  for await (const part of parts) {
    const out = new Uint8Array(part.length + 1);
    let length = 0;
    for (const byte of part) {
      if ((byte === space || byte === tab) && !isQuoted) {
        isGap = true;
        continue;
      }
      const endsLine = byte === lineFeed || byte === carriageReturn;
      if (isGap && !isLineStart && !endsLine) out[length++] = tab;
      isGap = false;
      isLineStart = endsLine;
      isQuoted = byte === quote ? !isQuoted : isQuoted && !endsLine;
      out[length++] = byte;
    }
    yield out.subarray(0, length);
  }
}
