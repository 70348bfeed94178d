import { describe, expect, it } from "vitest";
import { renderScript } from "../../src/codegen/render-script.ts";
import type { ScriptInput } from "../../src/codegen/script-input.ts";
import type { ColumnRecord } from "../../src/core/run-record.ts";
import type { FeatureSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { familyNames, findFamily } from "../../src/models/registry.ts";
import { inputFor, sacramentoRun, startModel, test, validation } from "./fixture.ts";
import { hostileNames } from "./hostile-names.ts";
import { prettier } from "./prettier.ts";
import { RandomInput } from "./random-input.ts";
import { runScript } from "./run-script.ts";

/** The trial without the order of its lines, which means nothing, and without empty steps. */
function normal({ features, target, model }: TrialSpec): object {
  const plain = JSON.parse(JSON.stringify({ features, target, model })) as TrialSpec;
  const byColumn = (a: FeatureSpec, b: FeatureSpec): number => (a.column < b.column ? -1 : 1);
  return { ...plain, features: [...plain.features].sort(byColumn) };
}

function tableOf(columns: number, dropped = 0): ScriptInput {
  const kinds = ["numeric", "category", "boolean", "text"] as const;
  const records = Array.from({ length: columns + dropped }, (_, i): ColumnRecord => {
    const role = i < columns ? "feature" : "identifier";
    const type = kinds[i % 4]!;
    return { name: `column ${i}`, type, role, reason: "by its cells", missing: i % 3, distinct: 9 };
  });
  const features = records
    .filter(({ role }) => role === "feature")
    .map(({ name, type }) => ({ kind: type, column: name }) as FeatureSpec);
  return inputFor(familyNames.at(-1)!, { features, run: { columns: records } });
}

describe("a script", () => {
  it.each(familyNames)("of %s is its spec, printed", async (family) => {
    const input = inputFor(family, { transform: "log" });
    const calls = await runScript(renderScript(input));
    expect(normal(calls.spec)).toEqual(normal(input.detail.spec));
    expect(calls.path).toBe(input.dataPath);
    expect(calls.readOptions.sha256).toBe(input.run.data.sha256);
    const { kind: _kind, why: _why, ...split } = input.run.split;
    expect(calls.split).toEqual(split);
  });

  it("gives back any spec over any names", async () => {
    const random = new RandomInput(7);
    for (let i = 0; i < 60; i++) {
      const input = random.next();
      const calls = await runScript(renderScript(input));
      expect(normal(calls.spec)).toEqual(normal(input.detail.spec));
      expect(calls.path).toBe(input.dataPath);
    }
    expect(globalThis).not.toHaveProperty("pwned");
  });

  it("holds the recorded scores to the last bit, the run's metric first", async () => {
    const { rmse, mae, r2, medae } = validation;
    const plain = await runScript(renderScript(inputFor("ridge")));
    expect(plain.recorded).toEqual({
      trial: "017",
      validation: { rmse, mae, r2 },
      test: { rmse: test.rmse, mae: test.mae, r2: test.r2 },
    });
    expect(plain.evaluateOptions).toBeUndefined();
    const input = inputFor("ridge", { run: { metric: "medae" }, test: null });
    const other = await runScript(renderScript(input));
    expect(other.recorded).toMatchObject({ validation: { medae, rmse, mae, r2 }, test: null });
    expect(other.evaluateOptions).toEqual({ metric: "medae" });
    expect(other.tuneOptions?.metric).toBe("medae");
  });

  it("predicts the example row, by its column names", async () => {
    const names = hostileNames.filter((name) => name.length < 50);
    const features = names.map((column): FeatureSpec => ({ kind: "numeric", column }));
    const example = names.map((column, i) => ({ column, value: i === 3 ? null : i / 10 }));
    const input = inputFor("mean", { features: features.slice(0, 40), example });
    const { row, printed } = await runScript(renderScript(input));
    expect(Object.keys(row ?? {}).sort()).toEqual(names.slice(0, 40).sort());
    for (const { column, value } of example.slice(0, 40)) {
      expect(Object.getOwnPropertyDescriptor(row, column)?.value).toBe(value);
    }
    expect(printed).toEqual(["price:", 1.5]);
  });

  it("shows no cell of the data when there is no example", async () => {
    const script = renderScript(inputFor("ridge", { example: null }));
    expect(script).not.toMatch(/SACRAMENTO|z95823|1420/);
    const { row } = await runScript(script);
    expect(Object.values(row ?? {})).toEqual(Array.from({ length: 8 }, () => null));
  });

  it("searches around what was found, within what was searched", async () => {
    for (const family of familyNames) {
      const { tuneOptions } = await runScript(renderScript(inputFor(family)));
      const { space, start } = findFamily(family);
      const searched = Object.entries<{ searched: boolean }>(space).filter(([, p]) => p.searched);
      expect(Object.keys(tuneOptions?.space ?? {})).toEqual(searched.map(([key]) => key));
      for (const [key, range] of Object.entries(tuneOptions?.space ?? {})) {
        const value: unknown = Reflect.get(start, key);
        if (Array.isArray(range)) expect(range).toContain(value);
        else {
          const { low, high } = range as { low: number; high: number };
          expect(low).toBeLessThanOrEqual(value as number);
          expect(high).toBeGreaterThanOrEqual(value as number);
          expect(low).toBeLessThan(high);
        }
      }
    }
  });

  it("leaves out what a trial does not have", () => {
    const split = { ...sacramentoRun.split, test: 0 };
    const script = renderScript(inputFor("mean", { run: { split }, test: null }));
    const code = script.replace(/^ *\/\/.*$/gm, "");
    expect(code).not.toMatch(/\b(tune|range|pipeline|steps|scoreTest|tuned)\b/);
    expect(script.match(/^\/\/ ## \d/gm)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `// ## ${n}`));
  });

  it("imports what it uses and nothing else, sorted", () => {
    const random = new RandomInput(3);
    for (let i = 0; i < 20; i++) {
      const script = renderScript(random.next());
      const [, list = ""] = /import \{([^}]*)\}/.exec(script) ?? [];
      const names = list.split(/[\s,]+/).filter((name) => name !== "");
      expect(names).toEqual([...names].sort());
      const code = script.slice(script.indexOf("const recorded")).replace(/^ *\/\/.*$/gm, "");
      for (const name of names) expect(code).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it("names columns left out where they were, with the reason, ready to be taken back", () => {
    const columns: ColumnRecord[] = [
      {
        name: "id",
        type: "numeric",
        role: "identifier",
        reason: "every value differs",
        missing: 0,
        distinct: 932,
      },
      ...sacramentoRun.columns,
      {
        name: "sold",
        type: "date",
        role: "excluded",
        reason: "--exclude",
        missing: 0,
        distinct: 9,
        format: "%d/%m/%Y",
      },
    ];
    const script = renderScript(inputFor("ridge", { run: { columns } }));
    const lines = script.split("\n");
    const start = lines.indexOf("const features = [");
    expect(lines[start + 1]).toMatch(
      /^ {2}\/\/ column\.numeric\("id"\), \/\/ +left out: identifier; every value/,
    );
    expect(script).toContain('  // column.date("sold", "%d/%m/%Y"), //');
  });

  it("has at most 220 lines for 40 columns, and for hundreds", () => {
    for (const input of [tableOf(1), tableOf(40), tableOf(40, 100), tableOf(300, 50)]) {
      expect(renderScript(input).split("\n").length).toBeLessThanOrEqual(220);
    }
    for (const family of familyNames) {
      const { features } = tableOf(40, 12).detail.spec;
      const { columns } = tableOf(40, 12).run;
      const script = renderScript(inputFor(family, { features, run: { columns } }));
      expect(script.split("\n").length).toBeLessThanOrEqual(220);
    }
  });

  it("is the same bytes every time", () => {
    const [first, second] = [new RandomInput(11), new RandomInput(11)];
    for (let i = 0; i < 10; i++) {
      expect(renderScript(second.next())).toBe(renderScript(first.next()));
    }
  });

  it("is not printed for a model given as functions", () => {
    const model = { kind: "custom", params: { name: "mine" } };
    expect(() => renderScript(inputFor("ridge", { model }))).toThrow(
      expect.objectContaining({ code: "AUTOML_CUSTOM_MODEL" }),
    );
  });
});

describe("golden scripts", () => {
  const golden: Readonly<Record<string, ScriptInput>> = {
    mean: inputFor("mean", { id: "001", test: null }),
    ridge: inputFor("ridge", { id: "042", transform: "log" }),
    polynomialRidge: inputFor("polynomialRidge", { id: "008", run: { metric: "mae" } }),
    gradientBoosting: inputFor("gradientBoosting", { id: "017", transform: "log" }),
    mlRandomForest: inputFor("mlRandomForest", { id: "010", test: null, example: null }),
    nearestNeighbors: inputFor("nearestNeighbors", { id: "011" }),
    wide: tableOf(90, 20),
  };

  it.each(Object.keys(golden))("%s", async (name) => {
    const script = renderScript(golden[name]!);
    await expect(script).toMatchFileSnapshot(`../golden/${name}.ts`);
  });
});

describe("a center of the target", () => {
  it("is printed where the spec has one, with what it means", async () => {
    const input = inputFor("ridge", { transform: "log" });
    const { spec } = input.detail;
    const target = { ...spec.target, center: "median" as const };
    const script = renderScript({
      ...input,
      detail: { ...input.detail, spec: { ...spec, target } },
    });
    expect(script).toContain(
      'const outcome = target("price", { transform: "log", center: "median" });',
    );
    expect(script.replace(/\n\/\/ /g, " ")).toContain("predictions are medians");
    expect(await prettier(script)).toBe(script);
    expect(renderScript(input)).not.toContain("median");
  });
});

describe("prettier changes nothing", () => {
  it.each(familyNames)("in a script of %s", async (family) => {
    for (const transform of ["none", "log"] as const) {
      const script = renderScript(inputFor(family, { transform }));
      expect(await prettier(script)).toBe(script);
    }
    const { steps: _steps, ...bare } = startModel(family);
    const steps = [{ kind: "polynomial", degree: 2 } as const, { kind: "standardize" } as const];
    for (const model of [bare, { ...bare, steps }]) {
      const script = renderScript(inputFor(family, { model }));
      expect(await prettier(script)).toBe(script);
    }
  });

  it("for 1 to 45 columns", async () => {
    for (let columns = 1; columns <= 45; columns++) {
      const script = renderScript(tableOf(columns, columns % 4));
      expect(await prettier(script)).toBe(script);
    }
  });

  it("for any names", async () => {
    const random = new RandomInput(5);
    for (let i = 0; i < 40; i++) {
      const script = renderScript(random.next());
      expect(await prettier(script)).toBe(script);
    }
  });
});

describe("hostile names", () => {
  it("stay names, one by one", async () => {
    for (const column of hostileNames) {
      const features: FeatureSpec[] = [{ kind: "category", column }];
      const record = { type: "category", role: "feature", missing: 1, distinct: 2 } as const;
      const columns = [{ ...record, name: column, reason: column }];
      const dropped = [
        { ...record, name: `${column}.`, role: "constant", reason: column } as const,
      ];
      const checks = [
        {
          code: "target-skewed",
          severity: "info",
          column,
          message: column,
          action: column,
        } as const,
      ];
      const input = inputFor("ridge", {
        features,
        target: column,
        dataPath: column,
        run: {
          columns: [...columns, ...dropped],
          checks,
          data: { ...sacramentoRun.data, path: `/data/${column}` },
          target: { name: column, why: column },
        },
      });
      const script = renderScript(input);
      expect(await prettier(script)).toBe(script);
      expect(script.match(/^\/\/ ## \d/gm)).toHaveLength(8);
      expect(script).not.toMatch(/[^\P{C}\n]/u);
      const { spec } = await runScript(script);
      expect(normal(spec)).toEqual(normal(input.detail.spec));
    }
    expect(globalThis).not.toHaveProperty("pwned");
  });
});
