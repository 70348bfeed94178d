import { describe, expect, it } from "vitest";
import { checkOptions, type TrainOptions } from "../../src/app/train-options.ts";

describe("options of train", () => {
  it("are refused when there is no such option, with the nearest name", () => {
    const mistyped = { traget: "price" } as TrainOptions;
    expect(() => checkOptions(mistyped)).toThrow(
      expect.objectContaining({
        code: "AUTOML_OPTION_INVALID",
        message: expect.stringContaining('Did you mean "target"?') as string,
      }),
    );
    expect(() => checkOptions({ target: "price", out: "run", on: {} })).not.toThrow();
  });
});
