import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AutomlError } from "../core/errors.ts";

/**
 * Unpacks a gzip file to its end and throws away what comes out: the table reader takes the end of a file that was cut
 * for the end of the table. Throws AUTOML_FILE_FORMAT.
 */
export async function checkGzip(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), createGunzip(), nowhere);
  } catch (cause) {
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${basename(path)} is gzip, but damaged or cut off: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { hint: "The download may be incomplete: fetch the file again.", cause },
    );
  }
}
