import { describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { fakeCli } from "../fake-terminal.ts";

const predict = (_source: string, _data: string, { out }: { readonly out?: string } = {}) =>
  Promise.resolve({
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
  });

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
    expect(cli.err.text).toBe("");
  });
});
