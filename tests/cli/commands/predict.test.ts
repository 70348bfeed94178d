import { describe, expect, it } from "vitest";
import type { PredictOptions } from "../../../src/app/predict.ts";
import { runCli } from "../../../src/cli/program.ts";
import { fakeCli } from "../fake-terminal.ts";

const predict = (_source: string, _data: string, { out, onRun }: PredictOptions = {}) => {
  onRun?.("/home/me/automl-runs/a");
  return Promise.resolve({
    model: "best/model.json",
    rows: 2,
    predictions: new Float64Array([1, 2]),
    out: out ?? null,
    csv: "prediction\n1\n2\n",
    matched: 8,
    extra: [],
    unseen: [],
    unreadable: [],
    outside: [],
    empty: null,
  });
};

describe("automl predict", () => {
  it("writes nothing but predictions to stdout", async () => {
    const cli = fakeCli({ predict });
    expect(await runCli(["predict", "a", "new.csv"], cli)).toBe(0);
    expect(cli.out.text).toBe("prediction\n1\n2\n");
    expect(cli.err.text).toContain("new.csv   2 rows");
  });

  it("tells what it did when a file takes the predictions", async () => {
    const cli = fakeCli({ predict });
    expect(await runCli(["predict", "a", "new.csv", "--out", "priced.csv"], cli)).toBe(0);
    expect(cli.out.text).toContain("matched 8 of 8 columns.");
    expect(cli.out.text).toContain("priced.csv   2 rows: prediction");
    expect(cli.err.text).toBe("  run   automl-runs/a\n");
  });

  it("names the run unless its path was given", async () => {
    for (const path of [
      "automl-runs/a",
      "automl-runs/a/trials/017-ridge",
      "/home/me/automl-runs/a",
    ]) {
      const cli = fakeCli({ predict });
      expect(await runCli(["predict", path, "new.csv", "--out", "b.csv"], cli)).toBe(0);
      expect(cli.err.text).toBe("");
    }
    const cli = fakeCli({ predict });
    await runCli(["predict", "best", "new.csv"], cli);
    expect(cli.err.text).toContain("  run   automl-runs/a\n");
    expect(cli.out.text).toBe("prediction\n1\n2\n");
  });
});
