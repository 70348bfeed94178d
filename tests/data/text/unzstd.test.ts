import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { unzstd } from "../../../src/data/text/unzstd.ts";
import { frames, textSha256 } from "./zstd-frames.ts";

const bytesOf = (name: string) => Buffer.from(frames[name]!, "base64");
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function unpack(parts: Iterable<Uint8Array>): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const part of unzstd(parts)) out.push(part);
  return Buffer.concat(out);
}

describe("unzstd", () => {
  it.each(Object.keys(frames).slice(0, 4))("unpacks what zstd packed with %s", async (name) => {
    expect(hash(await unpack([bytesOf(name)]))).toBe(textSha256);
  });

  it("unpacks runs, and what repeats over many blocks", async () => {
    const letters = await unpack([bytesOf("a run of 300,000 letters")]);
    expect(letters.equals(Buffer.alloc(300_000, "a"))).toBe(true);
    const text = await unpack([bytesOf("-1")]);
    const copies = await unpack([bytesOf("800 copies of the text")]);
    expect(hash(copies)).toBe(hash(Buffer.concat(Array.from({ length: 800 }, () => text))));
  });

  it("takes frames one after the other, skippable ones too, in parts of any size", async () => {
    const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const all = Buffer.concat([bytesOf("-1"), skippable, bytesOf("-19")]);
    const single = Array.from(all, (byte) => Uint8Array.of(byte));
    const text = await unpack([bytesOf("-1")]);
    expect((await unpack(single)).equals(Buffer.concat([text, text]))).toBe(true);
    expect(await unpack([])).toHaveLength(0);
  });

  it("refuses what is cut off, wherever", async () => {
    const bytes = bytesOf("-19");
    for (let length = 1; length < bytes.length; length += 37) {
      await expect(unpack([bytes.subarray(0, length)])).rejects.toThrow(Error);
    }
  });

  it("ends on damaged bytes, with an error or without", async () => {
    const bytes = bytesOf("-3 --no-check");
    for (let at = 4; at < bytes.length; at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x55;
      const size = await unpack([damaged]).then(
        (plain) => plain.length,
        () => 0,
      );
      expect(size).toBeLessThan(1 << 24);
    }
  });
});
