import { describe, expect, it } from "vitest";
import { renderEnsemble } from "../../src/codegen/ensemble/render-ensemble.ts";
import { renderEnsembleNotebook } from "../../src/codegen/notebook/notebook.ts";
import type { EnsembleScriptInput, ScriptInput } from "../../src/codegen/script-input.ts";
import type { ColumnRecord } from "../../src/core/run-record.ts";
import type { EnsembleSpec, FeatureSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { familyNames } from "../../src/models/registry.ts";
import { inputColumns } from "../../src/preprocess/features/feature-specs.ts";
import { ensembleOf, sacramentoEnsemble, sameTarget } from "./ensemble-fixture.ts";
import { inputFor, test, validation } from "./fixture.ts";
import { hostileNames } from "./hostile-names.ts";
import { prettier } from "./prettier.ts";
import { RandomInput } from "./random-input.ts";
import { runScript } from "./run-script.ts";

/** Members without the order of their lines, which means nothing. */
function normal({ members, weighting }: EnsembleSpec): object {
  const byColumn = (a: FeatureSpec, b: FeatureSpec): number => (a.column < b.column ? -1 : 1);
  const plain = ({ features, target, model }: TrialSpec): object => ({
    ...(JSON.parse(JSON.stringify({ target, model })) as object),
    features: (JSON.parse(JSON.stringify(features)) as FeatureSpec[]).sort(byColumn),
  });
  return {
    weighting,
    members: members.map(({ trial, weight, spec }) => ({ trial, weight, spec: plain(spec) })),
  };
}

async function expectPrinted(input: EnsembleScriptInput): Promise<string> {
  const script = renderEnsemble(input);
  const calls = await runScript<EnsembleSpec>(script);
  expect(normal(calls.spec)).toEqual(normal(input.detail.spec));
  expect(calls.path).toBe(input.dataPath);
  const read = new Set(inputColumns(calls.readOptions.features));
  for (const { spec } of input.detail.spec.members) {
    for (const column of inputColumns(spec.features)) expect(read).toContain(column);
  }
  return script;
}

/** Members of a table with so many columns, each of which prepares them in its own way. */
function wideMembers(columns: number, members: number, families: readonly string[]): ScriptInput[] {
  const records = Array.from({ length: columns }, (_, i): ColumnRecord => {
    const type = i % 4 === 0 ? "category" : "numeric";
    return {
      name: `column ${i}`,
      type,
      role: "feature",
      reason: "by its cells",
      missing: i % 3,
      distinct: 9,
    };
  });
  return Array.from({ length: members }, (_, member) => {
    const features = records.map(({ name, type, missing }): FeatureSpec => {
      if (type === "category") {
        const encode = (
          [
            { by: "native" },
            { by: "oneHot" },
            { by: "targetEncode", smoothing: 2 + member },
          ] as const
        )[member % 3]!;
        return { kind: "category", column: name, encode };
      }
      return missing > 0 && member % 3 !== 0
        ? { kind: "numeric", column: name, impute: "median" }
        : { kind: "numeric", column: name };
    });
    const id = String(member + 1).padStart(3, "0");
    return inputFor(families[member % families.length]!, {
      id,
      features,
      run: { columns: records },
    });
  });
}

describe("the script of an ensemble", () => {
  it("is its spec, printed", async () => {
    await expectPrinted(sacramentoEnsemble());
    const stacked = { method: "nonNegative", penalty: 0.001 } as const;
    await expectPrinted(ensembleOf([inputFor("ridge"), inputFor("mean", { id: "001" })], stacked));
  });

  it("gives back any members over any names", async () => {
    const random = new RandomInput(17);
    for (let i = 0; i < 30; i++) {
      const members = Array.from({ length: 1 + (i % 8) }, () => random.next());
      await expectPrinted(ensembleOf(sameTarget(members)));
    }
    expect(globalThis).not.toHaveProperty("pwned");
  });

  it("holds the recorded scores and the row to predict", async () => {
    const { rmse, mae, r2 } = validation;
    const { recorded, row, printed } = await runScript(renderEnsemble(sacramentoEnsemble()));
    expect(recorded).toEqual({
      trial: "ensemble",
      validation: { rmse, mae, r2 },
      test: { rmse: test.rmse, mae: test.mae, r2: test.r2 },
    });
    expect(row).toMatchObject({ city: "SACRAMENTO", sqft: 1420 });
    expect(printed).toEqual(["price:", 1.5]);
  });

  it("writes what members share once", () => {
    const script = renderEnsemble(sacramentoEnsemble());
    expect(script.match(/column\.numeric\("sqft"\)/g)).toHaveLength(1);
    expect(script.match(/^const outcome\w* = /gm)).toHaveLength(2);
    expect(script.match(/= defineTrial\(/g)).toHaveLength(5);
    const same = ensembleOf([inputFor("ridge", { id: "001" }), inputFor("huber", { id: "002" })]);
    expect(renderEnsemble(same)).toContain("const features = [");
  });

  it("has at most 220 lines for eight members with preparations of their own", async () => {
    const boosting = ["gradientBoosting"];
    // Eight members with all the parameters there are and a preparation each do not fit; nearly.
    for (const [columns, families, most] of [
      [8, familyNames, 220],
      [12, familyNames, 220],
      [40, familyNames, 220],
      [120, familyNames, 225],
      [8, boosting, 225],
      [40, boosting, 235],
    ] as const) {
      const script = await expectPrinted(ensembleOf(wideMembers(columns, 8, families)));
      expect(script.split("\n").length).toBeLessThanOrEqual(most);
      expect(await prettier(script)).toBe(script);
    }
  });

  it("is left alone by prettier", async () => {
    const random = new RandomInput(29);
    const inputs = [sacramentoEnsemble()];
    for (let i = 0; i < 12; i++) {
      const members = Array.from({ length: 1 + (i % 8) }, () => random.next());
      inputs.push(ensembleOf(sameTarget(members)));
    }
    for (const family of familyNames) {
      inputs.push(
        ensembleOf([
          inputFor(family, { id: "001" }),
          inputFor(family, { id: "002", transform: "log" }),
        ]),
      );
    }
    for (const input of inputs) {
      const script = renderEnsemble(input);
      expect(await prettier(script)).toBe(script);
    }
  });

  it("keeps names names, one by one", async () => {
    for (const column of hostileNames) {
      const one = inputFor("ridge", { id: "001", features: [{ kind: "category", column }] });
      const encode = { by: "native" } as const;
      const two = inputFor("gradientBoosting", {
        id: "002",
        features: [{ kind: "category", column, encode }],
      });
      const script = await expectPrinted(ensembleOf([one, two]));
      expect(script.match(/^\/\/ ## \d/gm)).toHaveLength(8);
      expect(script).not.toMatch(/[^\P{C}\n]/u);
    }
    expect(globalThis).not.toHaveProperty("pwned");
  });

  it("imports what it uses and nothing else", () => {
    const random = new RandomInput(31);
    for (let i = 0; i < 10; i++) {
      const script = renderEnsemble(ensembleOf(sameTarget([random.next(), random.next()])));
      const [, list = ""] = /import \{([^}]*)\}/.exec(script) ?? [];
      const code = script.slice(script.indexOf("const recorded")).replace(/^ *\/\/.*$/gm, "");
      for (const name of list.split(/[\s,]+/).filter((word) => word !== "")) {
        expect(code).toMatch(new RegExp(`\\b${name}\\b`));
      }
    }
  });

  it("is this one for the houses of Sacramento", async () => {
    const script = renderEnsemble(sacramentoEnsemble());
    await expect(script).toMatchFileSnapshot("../golden/ensemble.ts");
  });
});

describe("the notebook of an ensemble", () => {
  it("is the script cut at its headings, with what the run recorded", () => {
    const input = sacramentoEnsemble();
    const script = renderEnsemble(input);
    for (const kernel of ["deno", "tslab"] as const) {
      const { cells } = JSON.parse(renderEnsembleNotebook(input, { kernel, script })) as {
        cells: { id: string; source: string[]; outputs?: { data: Record<string, unknown> }[] }[];
      };
      expect(cells[0]?.source[0]).toBe("# Ensemble of 5 trials on sacramento.csv\n");
      expect(cells.filter(({ id }) => id.startsWith("section-"))).toHaveLength(8);
      const score = cells.find(({ id }) => id === "code-5");
      expect(JSON.stringify(score?.outputs?.[0]?.data["text/plain"])).toContain("72 318");
      const members = cells.find(({ id }) => id === "code-3")?.source.join("") ?? "";
      expect(members.includes("model: model017 }")).toBe(true);
    }
  });
});
