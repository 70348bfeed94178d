import { describe, expect, it } from "vitest";
import { createPaint, wantsColor } from "../../../src/cli/ui/paint.ts";

describe("colours", () => {
  it("are for terminals, unless the environment says otherwise", () => {
    expect(wantsColor(true, {})).toBe(true);
    expect(wantsColor(false, {})).toBe(false);
    expect(wantsColor(true, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColor(true, { NO_COLOR: "" })).toBe(true);
    expect(wantsColor(true, { TERM: "dumb" })).toBe(false);
    expect(wantsColor(false, { FORCE_COLOR: "1" })).toBe(true);
    expect(wantsColor(true, { FORCE_COLOR: "0" })).toBe(false);
  });

  it("are escape sequences or nothing at all", () => {
    expect(createPaint(true).good("ok")).toBe("\u001b[32mok\u001b[39m");
    expect(createPaint(false).good("ok")).toBe("ok");
  });
});
