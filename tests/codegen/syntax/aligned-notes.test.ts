import { describe, expect, it } from "vitest";
import { alignNotes } from "../../../src/codegen/syntax/aligned-notes.ts";
import { prettier } from "../prettier.ts";

describe("alignNotes", () => {
  it("puts the padding behind the slashes, where prettier leaves it alone", async () => {
    const lines = alignNotes([
      { code: "  a: 1,", note: "first" },
      { code: "  longer: 2,", note: "second" },
      { code: "  none: 3,", note: "" },
    ]);
    expect(lines).toEqual(["  a: 1, //      first", "  longer: 2, // second", "  none: 3,"]);
    const script = `f({\n${lines.join("\n")}\n});\n`;
    expect(await prettier(script)).toBe(script);
  });

  it("lets very long lines stand out and cuts endless notes", () => {
    const [short, long] = alignNotes([
      { code: "a,", note: "x" },
      { code: `${"b".repeat(80)},`, note: "y".repeat(200) },
    ]);
    expect(short).toBe("a, // x");
    expect(long?.length).toBeLessThanOrEqual(130);
    expect(long?.endsWith("…")).toBe(true);
  });
});
