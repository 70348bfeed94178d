import type { TrialRecord } from "../../src/core/run-record.ts";

/** Something that looks like a generated script: what the report has to show is its text. */
export function scriptText(record: TrialRecord, run: string): string {
  const lines = [
    `// Trial ${record.id} · ${record.family} · glassbox-automl 0.1.0`,
    "//",
    "// Everything below is yours to edit.",
    "",
    'import { column, defineTrial, evaluate, models, readTable, record, show, split, target } from "glassbox-automl";',
    "",
    "/** What the search measured for this trial. */",
    "const recorded = {",
    `  run: ${JSON.stringify(run)},`,
    `  trial: "${record.id}",`,
    `  validation: { rmse: ${record.scores?.validation.rmse}, r2: ${record.scores?.validation.r2} },`,
    "};",
    "",
    "// ## 1. Columns: one line each.",
    "",
    "const features = [",
    ...record.preprocess.features.map(
      (feature) => `  column.${feature.kind}(${JSON.stringify(feature.column)}),`,
    ),
    "];",
    "",
    'const price = target("price", { transform: "log" });',
    "",
    "// ## 2. Model",
    "",
    `const model = models.${record.family}({`,
    ...Object.entries(record.params).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`),
    "});",
    "",
    "const trial = defineTrial({ features, target: price, model });",
    "const result = await evaluate(trial, table, parts); // 10 fits",
    "show(result, recorded);",
    "console.log(`A house: ${Math.round(final.predict({ sqft: 1420 }))} dollars`);",
  ];
  while (lines.length < 120)
    lines.push(`// line ${lines.length} stands in for the rest of a script of usual length`);
  return `${lines.join("\n")}\n`;
}
