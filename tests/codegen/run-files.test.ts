import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { renderRunFiles } from "../../src/codegen/run-files.ts";
import { hostileNames } from "./hostile-names.ts";

const input = {
  name: "sacramento-1120-0914",
  dataFile: "sacramento.csv",
  target: "price",
  toolVersion: "0.1.0",
  dependency: "file:///opt/glassbox-automl-0.1.0.tgz",
};

function contentOf(path: string, files = renderRunFiles(input)): string {
  return files.find((file) => file.path === path)?.content ?? "";
}

describe("the files of a run's folder", () => {
  it("are three, and prettier changes nothing in them", async () => {
    const files = renderRunFiles(input);
    expect(files.map(({ path }) => path)).toEqual(["package.json", "tsconfig.json", "AGENTS.md"]);
    for (const { path, content } of files) {
      if (path === "AGENTS.md") continue;
      expect(await format(content, { filepath: path, printWidth: 100 })).toBe(content);
    }
  });

  it("ask for the package as they were told to, as an ES module", () => {
    expect(JSON.parse(contentOf("package.json"))).toMatchObject({
      name: "automl-run-sacramento-1120-0914",
      private: true,
      type: "module",
      dependencies: { "glassbox-automl": input.dependency },
    });
  });

  it("check scripts strictly, with nothing but the standard library", () => {
    expect(JSON.parse(contentOf("tsconfig.json"))).toMatchObject({
      compilerOptions: {
        lib: ["es2023", "dom"],
        module: "nodenext",
        noEmit: true,
        skipLibCheck: true,
        strict: true,
        types: [],
      },
    });
  });

  it("stay what they are whatever the names", () => {
    const lines = contentOf("AGENTS.md").split("\n").length;
    for (const name of hostileNames) {
      const files = renderRunFiles({ ...input, name, dataFile: name, target: name });
      const { name: packageName } = JSON.parse(contentOf("package.json", files)) as {
        name: string;
      };
      expect(packageName).toMatch(/^automl-run-[a-z0-9-]{1,110}$/);
      const guide = contentOf("AGENTS.md", files);
      expect(guide.split("\n")).toHaveLength(lines);
      expect(guide).not.toMatch(/<(script|img)|\u202e/);
    }
  });
});
