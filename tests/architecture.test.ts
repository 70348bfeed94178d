import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allowedImports, folders, layerOverrides } from "./layers.ts";
import { tokenize, type Token } from "./source-tokens.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function filesUnder(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

const sources = filesUnder("src").filter((file) => file.endsWith(".ts"));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Relative imports of a file as paths from the project's root; types and dynamic imports count too. */
function importsOf(file: string, tokens: readonly Token[]): string[] {
  return tokens
    .filter((token, i) => {
      const before = tokens[i - 1]?.text;
      const call = before === "(" && tokens[i - 2]?.text === "import";
      return token.kind === "string" && (before === "from" || before === "import" || call);
    })
    .map((token) => token.text.slice(1, -1))
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.normalize(posix.join(posix.dirname(file), specifier)));
}

/** What is wrong with the imports of a file, one line each. */
function layerBreaks(file: string, source: string): string[] {
  const folder = file.split("/")[1]!;
  return importsOf(file, tokenize(source)).flatMap((target) => {
    const into = target.split("/")[1]!;
    if (target.startsWith("src/") && into === folder) return [];
    if (target.startsWith("src/") && folder === "index.ts") return [];
    if (target.startsWith("src/") && allowedImports(folder).includes(into)) return [];
    return [`${file} imports ${target}`];
  });
}

/** Constructs that give other bits on another machine and that the linter has no rule for. */
function bannedConstructs(file: string, source: string): string[] {
  const clock = file === "src/core/clock.ts" || file.startsWith("src/cli/");
  const tokens = tokenize(source);
  const found: string[] = [];
  tokens.forEach((token, i) => {
    const at = (offset: number): Token | undefined => tokens[i + offset];
    const report = (what: string): unknown => found.push(`${file}:${token.line} ${what}`);
    if (token.text === "**=") report("**=");
    if (token.text === "**" && !/^\d+$/.test(at(1)?.text ?? ""))
      report("** with a variable exponent");
    if (token.text === "Date" && at(1)?.text === "." && at(2)?.text === "parse")
      report("Date.parse");
    if (token.text === "Intl" && at(1)?.text === ".") report("Intl");
    if (token.text === "new" && at(1)?.text === "Date" && at(2)?.text === "(") {
      const argument = at(3)!;
      if (argument.kind === "string" || argument.kind === "template") report("new Date(string)");
      if (argument.text === ")" && !clock) report("new Date()");
    }
  });
  return found;
}

describe("the layers", () => {
  it("name every folder of src/", () => {
    const found = new Set(sources.map((file) => file.split("/")[1]!));
    found.delete("index.ts");
    expect([...found].filter((folder) => !folders.includes(folder))).toEqual([]);
  });

  it("hold: a folder imports only folders above it", () => {
    expect(sources.flatMap((file) => layerBreaks(file, read(file)))).toEqual([]);
  });

  it("are the same in the linter's configuration", () => {
    const config = JSON.parse(read(".oxlintrc.json")) as { overrides: { rules: object }[] };
    const overrides = config.overrides.filter(({ rules }) => "no-restricted-imports" in rules);
    expect(overrides).toEqual(layerOverrides());
  });

  it("catch a planted import, whatever its form", () => {
    const planted = (text: string): number => layerBreaks("src/report/page.ts", text).length;
    expect(planted('import { a } from "../engine/a.ts";')).toBe(1);
    expect(planted('import type { a } from "../codegen/a.ts";')).toBe(1);
    expect(planted('export * from "../app/a.ts";')).toBe(1);
    expect(planted('const a = await import("../cli/a.ts");')).toBe(1);
    expect(planted('type A = typeof import("../app/a.ts");')).toBe(1);
    expect(planted('import "../index.ts";')).toBe(1);
    expect(planted('import { a } from "../../tests/layers.ts";')).toBe(1);
    expect(planted('// import { a } from "../engine/a.ts";\nconst b = `from "../app/a.ts"`;')).toBe(
      0,
    );
    expect(planted('import { a } from "../core/a.ts";\nimport { b } from "./b.ts";')).toBe(0);
  });
});

describe("same bits", () => {
  it("no source file uses what differs between machines", () => {
    expect(sources.flatMap((file) => bannedConstructs(file, read(file)))).toEqual([]);
  });

  it("catches planted constructs and nothing else", () => {
    const planted = (text: string): number => bannedConstructs("src/core/a.ts", text).length;
    expect(planted("const a = x ** y;")).toBe(1);
    expect(planted("const a = x ** 0.5;")).toBe(1);
    expect(planted("a **= 2;")).toBe(1);
    expect(planted('const a = new Date("2020-01-01");')).toBe(1);
    expect(planted("const a = `${new Date(`${x}`)}`;")).toBe(1);
    expect(planted("const a = new Date();")).toBe(1);
    expect(planted("const a = Date.parse(text);")).toBe(1);
    expect(planted("const a = new Intl.NumberFormat();")).toBe(1);
    expect(planted('/** x ** y */ const a = "x ** y" + /a**b/.source; // new Date()')).toBe(0);
    expect(planted("const a = x ** 2 + new Date(0).getTime() / 2 ** 32; // x ** y")).toBe(0);
  });
});

describe("the files", () => {
  it("have 400 lines at most", () => {
    const long = [...sources, ...filesUnder("tests"), ...filesUnder("bench")]
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => read(file).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  it("are named after what they hold, in kebab-case", () => {
    const parts = sources.flatMap((file) => file.replace(/(\.d)?\.ts$/, "").split("/"));
    expect(parts.filter((part) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))).toEqual([]);
    expect(parts.filter((part) => /\b(utils?|helpers?|common|misc)\b/.test(part))).toEqual([]);
  });

  it("are mirrored by the tests: each stands in the folder of its subject", () => {
    const mirrored = filesUnder("tests").filter(
      (file) => file.endsWith(".test.ts") && folders.includes(file.split("/")[1]!),
    );
    const orphans = mirrored.filter((file) => {
      return !existsSync(join(root, posix.dirname(file).replace(/^tests\//, "src/")));
    });
    expect(orphans).toEqual([]);
  });
});
