import { describe, expect, it } from "vitest";
import type { TrainOptions } from "../../src/app/train-options.ts";
import { withFileNames } from "../../src/app/file-names.ts";

describe("withFileNames", () => {
  it("takes spaces off names that the table has without them, and leaves the others alone", () => {
    const options: TrainOptions = {
      target: "price ",
      exclude: [" id", "zip"],
      types: { " size": "numeric", other: "text" },
      timeCol: " nowhere ",
      seed: 3,
    };
    expect(withFileNames(options, ["price", "id", "zip", "size", "other"])).toEqual({
      target: "price",
      exclude: ["id", "zip"],
      types: { size: "numeric", other: "text" },
      timeCol: " nowhere ",
      seed: 3,
    });
    const plain: TrainOptions = { seed: 1 };
    expect(withFileNames(plain, ["a"])).toEqual({ seed: 1 });
  });
});
