import type { Encoding } from "../dialect.ts";
import { Cp949Decoder, type StreamDecoder } from "./cp949-decoder.ts";

/**
 * A decoder that puts U+FFFD where bytes are not valid. Ask it with `stream`: Node.js 20 decodes the bytes 80 to 9F of
 * Windows-1252 wrongly otherwise.
 */
export function decoderOf(encoding: Encoding): StreamDecoder {
  return encoding === "euc-kr" ? new Cp949Decoder() : new TextDecoder(encoding);
}
