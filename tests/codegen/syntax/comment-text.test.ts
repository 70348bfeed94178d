import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  commentLines,
  commentText,
  nameText,
  sentence,
  shorten,
} from "../../../src/codegen/syntax/comment-text.ts";

fc.configureGlobal({ seed: 20 });

describe("comment text", () => {
  it("stays on its line, ends no comment and hides nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const comment = commentText(text);
        expect(comment).not.toMatch(/[\r\n\u2028\u2029\p{Cc}\p{Cf}]|\*\/|\/\*/u);
        expect(nameText(text).length).toBeLessThanOrEqual(48);
      }),
    );
    expect(commentText("a */ b\nc\u202e")).toBe("a *\\/ b c\\u202e");
  });

  it("cuts long texts between characters", () => {
    expect(shorten("abcdef", 6)).toBe("abcdef");
    expect(shorten("abcdefg", 6)).toBe("abcde…");
    expect(shorten("ab😀cdef", 4)).toBe("ab…");
  });

  it("makes sentences and wraps them", () => {
    expect(sentence("few rows (932), so twice")).toBe("Few rows (932), so twice.");
    expect(sentence("Done.")).toBe("Done.");
    expect(commentLines("one two three four", "// ", 12)).toEqual([
      "// one two",
      "// three",
      "// four",
    ]);
  });
});
