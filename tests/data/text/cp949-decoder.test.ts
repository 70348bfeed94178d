import { describe, expect, it } from "vitest";
import { Cp949Decoder } from "../../../src/data/text/cp949-decoder.ts";

const decode = (...bytes: number[]) => new Cp949Decoder().decode(Uint8Array.from(bytes));

describe("Cp949Decoder", () => {
  it("knows EUC-KR and the syllables beyond it", () => {
    expect(decode(0xb0, 0xa1, 0x41, 0xc7, 0xd1)).toBe("가A한");
    // The first, one in the middle and the last of those that Microsoft added.
    expect(decode(0x81, 0x41, 0x8c, 0x63, 0xc6, 0x52)).toBe("갂똠힣");
  });

  it("keeps what stands behind a broken character, and says where one was", () => {
    expect(decode(0xb0, 0x2c, 0x31)).toBe("\uFFFD,1");
    expect(decode(0x31, 0xb0)).toBe("1\uFFFD");
  });

  it("waits for the second byte in a stream", () => {
    const decoder = new Cp949Decoder();
    const first = decoder.decode(Uint8Array.of(0x8c), { stream: true });
    expect(first + decoder.decode(Uint8Array.of(0x63), { stream: true })).toBe("똠");
    expect(decoder.decode()).toBe("");
  });
});
