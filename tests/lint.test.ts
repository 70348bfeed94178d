import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const long = (lines: number) => "  total += 1;\n".repeat(lines);

/** One planted mistake per rule the project relies on: a linter that falls silent must not pass for a clean tree. */
const mistakes: readonly { rule: string; file: string; text: string }[] = [
  {
    rule: "typescript(no-explicit-any)",
    file: "src/core/any.ts",
    text: "export const x: any = 1;\n",
  },
  {
    rule: "typescript(no-floating-promises)",
    file: "src/core/floating.ts",
    text: "export function f(): void {\n  Promise.resolve(1);\n}\n",
  },
  {
    rule: "typescript(no-misused-promises)",
    file: "src/core/misused.ts",
    text: "export const f = (a: number[]) => a.forEach(async (x) => Promise.resolve(x));\n",
  },
  {
    rule: "typescript(no-unsafe-member-access)",
    file: "src/core/unsafe-member.ts",
    text: 'export const f = (): unknown => JSON.parse("{}").x;\n',
  },
  {
    rule: "typescript(no-unsafe-assignment)",
    file: "src/core/unsafe-assignment.ts",
    text: 'export const f = () => {\n  const x = JSON.parse("{}");\n  return String(x);\n};\n',
  },
  {
    rule: "typescript(no-unsafe-call)",
    file: "src/core/unsafe-call.ts",
    text: 'export const f = (): unknown => JSON.parse("{}")();\n',
  },
  {
    rule: "typescript(no-unsafe-return)",
    file: "src/core/unsafe-return.ts",
    text: 'export const f = (): number => JSON.parse("1");\n',
  },
  {
    rule: "typescript(no-unsafe-argument)",
    file: "src/core/unsafe-argument.ts",
    text: 'export const f = () => Math.sqrt(JSON.parse("1"));\n',
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    file: "src/core/switch.ts",
    text: 'export function f(x: "a" | "b"): void {\n  switch (x) {\n    case "a":\n      return;\n  }\n}\n',
  },
  {
    rule: "typescript(consistent-type-imports)",
    file: "src/core/type-imports.ts",
    text: 'import { a } from "./cycle-a.ts";\nexport type T = typeof a;\n',
  },
  {
    rule: "typescript(only-throw-error)",
    file: "src/core/throw.ts",
    text: 'export function f(): never {\n  throw "text";\n}\n',
  },
  {
    rule: "import(no-cycle)",
    file: "src/core/cycle-a.ts",
    text: 'import { b } from "./cycle-b.ts";\nexport const a = () => b;\n',
  },
  {
    rule: "import(no-cycle)",
    file: "src/core/cycle-b.ts",
    text: 'import { a } from "./cycle-a.ts";\nexport const b = () => a;\n',
  },
  {
    rule: "import(no-default-export)",
    file: "src/core/default.ts",
    text: "export default 1;\n",
  },
  {
    rule: "eslint(max-lines)",
    file: "src/core/long.ts",
    text: Array.from({ length: 401 }, (_, i) => `export const v${i} = ${i};\n`).join(""),
  },
  {
    rule: "eslint(max-lines-per-function)",
    file: "src/core/long-function.ts",
    text: `export function f(): number {\n  let total = 0;\n${long(60)}  return total;\n}\n`,
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "src/core/layer.ts",
    text: 'export { e } from "../engine/e.ts";\n',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "src/models/tree/layer.ts",
    text: 'import { e } from "../../engine/e.ts";\nexport const x = e;\n',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "src/report/engine.ts",
    text: 'export { e } from "../engine/e.ts";\n',
  },
  {
    rule: "eslint(no-restricted-imports)",
    file: "src/report/sibling.ts",
    text: 'export { c } from "../codegen/c.ts";\n',
  },
  ...["Math.random()", "Math.pow(2, 3)", "Date.now()", "performance.now()"].map((call, i) => ({
    rule: "eslint(no-restricted-properties)",
    file: `src/core/ban-${i}.ts`,
    text: `export const f = () => ${call};\n`,
  })),
  ...['"a".localeCompare("b")', "(1).toLocaleString()", '"a".toLocaleUpperCase()'].map(
    (call, i) => ({
      rule: "eslint(no-restricted-properties)",
      file: `src/core/locale-${i}.ts`,
      text: `export const f = () => ${call};\n`,
    }),
  ),
];

/** Files that break no rule although they come near one. */
const innocent: readonly { file: string; text: string }[] = [
  { file: "src/engine/e.ts", text: 'import { c } from "../core/c.ts";\nexport const e = c;\n' },
  { file: "src/core/c.ts", text: "export const c = 1;\n" },
  { file: "src/codegen/c.ts", text: 'export { c } from "../core/c.ts";\n' },
  { file: "src/core/clock.ts", text: "export const f = () => performance.now();\n" },
  { file: "src/cli/now.ts", text: "export const f = () => Date.now();\n" },
  { file: "src/app/a.ts", text: 'export { e } from "../engine/e.ts";\n' },
];

describe("the linter's configuration", () => {
  let scratch = "";
  let found: ReadonlySet<string> = new Set();

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "glassbox-lint-"));
    for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"])
      cpSync(join(root, name), join(scratch, name));
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"), "junction");
    for (const { file, text } of [...mistakes, ...innocent]) {
      mkdirSync(dirname(join(scratch, file)), { recursive: true });
      writeFileSync(join(scratch, file), text);
    }
    const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
    const run = spawnSync(process.execPath, [oxlint, "--type-aware", "--format=json", "src"], {
      cwd: scratch,
      encoding: "utf8",
    });
    const report = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
    found = new Set(report.diagnostics.map(({ code, filename }) => `${filename} ${code}`));
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each(mistakes)("$rule fires on $file", ({ rule, file }) => {
    expect([...found].filter((line) => line.startsWith(file))).toContain(`${file} ${rule}`);
  });

  it("says nothing about files that break no rule", () => {
    const files = new Set(innocent.map(({ file }) => file));
    expect([...found].filter((line) => files.has(line.split(" ")[0]!))).toEqual([]);
  });
});
