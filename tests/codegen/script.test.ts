import { beforeAll, describe, expect, it } from "vitest";
import { renderScript } from "../../src/codegen/render-script.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { familyNames } from "../../src/models/registry.ts";
import { renderEnsemble } from "../../src/codegen/ensemble/render-ensemble.ts";
import { ensembleOf, sacramentoEnsemble, sameTarget } from "./ensemble-fixture.ts";
import { inputFor } from "./fixture.ts";
import { RandomInput } from "./random-input.ts";
import { typeErrors } from "./type-check.ts";

const ridge = renderScript(inputFor("ridge", { transform: "log" }));

/** Edits that a compiler must refuse, each as a replacement in the script of a ridge trial. */
const mistakes: Readonly<Record<string, readonly [string | RegExp, string]>> = {
  "a column that does not exist in the row": ["  city: ", "  town: "],
  "a string for a number": ["  beds: 3,", '  beds: "3",'],
  "a column that is missing in the row": ["  beds: 3,\n", ""],
  "a parameter of another family in the search space": ["    alpha: range", "    trees: range"],
  "a parameter that the family does not have": ["    alpha: 1,", "    alfa: 1,"],
  "a misspelt preparation": [".targetEncode(", ".targetEncoding("],
};

/** Edits of the first hour that must go through, and what they replace. */
const edits: Readonly<Record<string, readonly [string | RegExp, string]>> = {
  "a new column": [/ {2}\/\/ (column\.derived\("ratio".*\n)/, "  $1"],
  "another model": [
    /const model = pipeline\([^;]*\);/,
    "const model = pipeline(steps.standardize(), models.ridge());",
  ],
  "a search": ["trials: 0", "trials: 20"],
  "an open test": ['open: "if-unedited"', 'open: "always"'],
};

function edited([find, replacement]: readonly [string | RegExp, string]): string {
  const script = ridge.replace(find, replacement);
  if (script === ridge) throw new Error(`The script holds no ${String(find)}.`);
  return script;
}

function wideScript(): string {
  const features = Array.from({ length: 90 }, (_, i): FeatureSpec => {
    const column = `column ${i}`;
    if (i % 9 === 0) return { kind: "category", column, encode: { by: "oneHot", minRows: 2 } };
    if (i % 7 === 0) return { kind: "date", column, format: "%Y-%m-%d", parts: ["year", "month"] };
    return i % 2 === 0
      ? {
          kind: "numeric",
          column,
          clip: { low: 0, high: 9 },
          log: true,
          flagMissing: true,
          impute: "median",
        }
      : { kind: "numeric", column };
  });
  return renderScript(inputFor("ridge", { features }));
}

function renamed(names: Readonly<Record<string, unknown>>, prefix: string): string[] {
  return Object.keys(names).map((name) => `${prefix}-${name.replaceAll(" ", "-")}`);
}

describe("the compiler, with everything strict,", () => {
  let errors: Record<string, string[]> = {};

  beforeAll(() => {
    const random = new RandomInput(23);
    const scripts: Record<string, string> = { wide: wideScript() };
    for (const family of familyNames) {
      scripts[family] = renderScript(inputFor(family, { run: { metric: "mae" } }));
      scripts[`${family}-placeholders`] = renderScript(inputFor(family, { example: null }));
    }
    scripts["ensemble"] = renderEnsemble(sacramentoEnsemble());
    for (let i = 0; i < 6; i++) {
      const members = Array.from({ length: 4 }, () => random.next());
      scripts[`ensemble-${i}`] = renderEnsemble(ensembleOf(sameTarget(members)));
    }
    for (let i = 0; i < 12; i++) scripts[`random-${i}`] = renderScript(random.next());
    for (const [i, name] of renamed(mistakes, "mistake").entries()) {
      scripts[name] = edited(Object.values(mistakes)[i]!);
    }
    for (const [i, name] of renamed(edits, "edit").entries()) {
      scripts[name] = edited(Object.values(edits)[i]!);
    }
    errors = typeErrors(scripts);
  });

  it("finds nothing in generated scripts, and nothing in the usual edits", () => {
    const wrong = Object.entries(errors).filter(
      ([name, found]) => !name.startsWith("mistake-") && found.length > 0,
    );
    expect(wrong).toEqual([]);
  });

  it.each(renamed(mistakes, "mistake"))("catches %s", (name) => {
    expect(errors[name]).not.toEqual([]);
  });
});
