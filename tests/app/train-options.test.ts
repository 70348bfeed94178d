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

  it("name columns by what they are for, which is a flag here and an option there", () => {
    const refusal = (options: TrainOptions) => () => checkOptions(options);
    expect(refusal({ groupCol: "a", timeCol: "b" })).toThrow(
      'Rows can be divided in one way only, but the time column "b" and the group column "a" are given.',
    );
    expect(refusal({ target: "a", weightCol: "a" })).toThrow(
      '"a" is the target and the weight column, too.',
    );
    expect(refusal({ splitCol: "a", weightCol: "a" })).toThrow(
      '"a" is the split column and the weight column, too.',
    );
  });
});
