import { describe, expect, it } from "vitest";
import { renderEnsemble } from "../../../src/codegen/ensemble/render-ensemble.ts";
import { renderScript } from "../../../src/codegen/render-script.ts";
import { splitStatement } from "../../../src/codegen/script/split-statement.ts";
import type { ColumnRecord } from "../../../src/core/run-record.ts";
import type { SplitSpec } from "../../../src/core/split.ts";
import { sacramentoEnsemble } from "../ensemble-fixture.ts";
import { inputFor, sacramentoRun } from "../fixture.ts";
import { hostileNames } from "../hostile-names.ts";
import { prettier } from "../prettier.ts";
import { runScript } from "../run-script.ts";
import { typeErrors } from "../type-check.ts";

const time = {
  kind: "time",
  column: "sold",
  test: 0.2,
  folds: 5,
  repeats: 1,
  validation: 0.5,
} as const;
const group = { kind: "group", column: "city", test: 0.2, folds: 5, repeats: 2, seed: 3 } as const;
const named = { kind: "column", column: "part", test: 0.3, folds: 4, repeats: 1 } as const;
const copies = {
  kind: "random",
  test: 0.2,
  folds: 5,
  repeats: 1,
  stratify: true,
  copies: "together",
  seed: 1,
} as const;

const sold: ColumnRecord = {
  name: "sold",
  type: "date",
  role: "unused",
  reason: "for a test",
  missing: 0,
  distinct: 90,
  format: "%d/%m/%Y",
};
const part: ColumnRecord = { ...sold, name: "part", type: "category" };
delete (part as { format?: string }).format;
const columns = [...sacramentoRun.columns, sold, part];

function inputWith(split: SplitSpec, weight?: string) {
  const input = inputFor("ridge", { run: { split: { ...split, why: "asked for" }, columns } });
  if (weight === undefined) return input;
  const { detail } = input;
  const target = { ...detail.spec.target, weight };
  return { ...input, detail: { ...detail, spec: { ...detail.spec, target } } };
}

describe("the statement that divides the rows", () => {
  it.each([
    [time, { by: "byTime", column: "sold", test: 0.2, folds: 5, validation: 0.5 }],
    [group, { by: "byGroup", column: "city", test: 0.2, folds: 5, repeats: 2, seed: 3 }],
    [named, { by: "byColumn", column: "part" }],
    [
      { ...named, seed: 1 },
      { by: "byColumn", column: "part", folds: 4, repeats: 1, seed: 1 },
    ],
    [copies, { test: 0.2, folds: 5, repeats: 1, stratify: true, copies: "together", seed: 1 }],
  ])("says what the spec says: %j", async (split, calls) => {
    const script = renderScript(inputWith(split));
    expect((await runScript(script)).split).toEqual(calls);
    expect(await prettier(script)).toBe(script);
  });

  it("comes with the column it needs, read as the run read it", async () => {
    const { readOptions } = await runScript(renderScript(inputWith(time)));
    expect(readOptions.also).toEqual([{ kind: "date", column: "sold", format: "%d/%m/%Y" }]);
    const parts = await runScript(renderScript(inputWith(named)));
    expect(parts.readOptions.also).toEqual([{ kind: "category", column: "part" }]);
    // It is a feature and read as such.
    expect((await runScript(renderScript(inputWith(group)))).readOptions.also).toBeUndefined();
  });

  it("stands beside the weights of the target", async () => {
    const script = renderScript(inputWith(time, "sqft"));
    expect(script).toContain('weight: "sqft"');
    expect(script).toContain("Rows count as sqft says, in fits and in scores.");
    expect((await runScript(script)).spec.target).toMatchObject({ weight: "sqft" });
    expect(await prettier(script)).toBe(script);
  });

  it("stays one statement for any name of a column", async () => {
    for (const column of hostileNames) {
      for (const split of [time, group, named]) {
        const statement = `${splitStatement({ ...split, column }, 7)}\n`;
        expect(await prettier(statement)).toBe(statement);
      }
    }
  });

  it("is the same in an ensemble's script", () => {
    const input = sacramentoEnsemble();
    const run = { ...input.run, split: { ...time, why: "asked for" }, columns };
    const script = renderEnsemble({ ...input, run });
    expect(script).toContain('split.byTime(table, "sold", {');
    expect(script).toContain('also: [column.date("sold", "%d/%m/%Y")]');
    expect(script).toContain("5 fits of each member, each predicting the rows that come next.");
  });

  it("compiles", () => {
    const scripts = Object.fromEntries(
      [time, group, named, { ...named, seed: 1 }, copies].map((split, i) => [
        `split-${i}`,
        renderScript(inputWith(split, "sqft")),
      ]),
    );
    for (const errors of Object.values(typeErrors(scripts))) expect(errors).toEqual([]);
  }, 60_000);
});
