import { describe, expect, it } from "vitest";
import { renderNotebook } from "../../../src/codegen/notebook/notebook.ts";
import { renderScript } from "../../../src/codegen/render-script.ts";
import { familyNames } from "../../../src/models/registry.ts";
import { inputFor, sacramentoRun } from "../fixture.ts";
import { hostileNames } from "../hostile-names.ts";
import { RandomInput } from "../random-input.ts";

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly {
    output_type: string;
    data: Record<string, unknown>;
    metadata: object;
  }[];
}

interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

const vegaLite = "application/vnd.vegalite.v5+json";

function notebookOf(...args: Parameters<typeof renderNotebook>): Notebook {
  return JSON.parse(renderNotebook(...args)) as Notebook;
}

const codeOf = (cells: readonly Cell[]): string =>
  cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source.join(""))
    .join("\n");

describe("a notebook", () => {
  it.each(["deno", "tslab"] as const)("for %s is valid nbformat 4.5", (kernel) => {
    for (const family of familyNames) {
      const notebook = notebookOf(inputFor(family), { kernel });
      expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
      expect(notebook.metadata.kernelspec.name).toBe(kernel);
      const ids = notebook.cells.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { cell_type, id, source, outputs, execution_count } of notebook.cells) {
        expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(source.every((line, i) => line.endsWith("\n") === i < source.length - 1)).toBe(true);
        expect(outputs === undefined).toBe(cell_type === "markdown");
        expect(execution_count).toBe(cell_type === "markdown" ? undefined : null);
        for (const output of outputs ?? []) {
          expect(output.output_type).toBe("display_data");
          expect(output.data["text/plain"]).toBeInstanceOf(Array);
        }
      }
    }
  });

  it("is the script, cut at its headings", () => {
    const random = new RandomInput(13);
    for (const input of [inputFor("ridge"), ...Array.from({ length: 15 }, () => random.next())]) {
      const script = renderScript(input);
      const { cells } = notebookOf(input, { kernel: "deno", script });
      const words = (text: string): string =>
        text.replace(/^\/\/ ## .*$/gm, "").replace(/\n+/g, "\n");
      const body = script.slice(script.indexOf("\n\n"));
      expect(words(codeOf(cells)).trim()).toBe(words(body).trim());
      const headings = script.match(/^\/\/ ## .*$/gm) ?? [];
      const titles = cells.filter(({ id }) => id.startsWith("section-"));
      expect(titles.map(({ source }) => source[0]?.trim())).toEqual(
        headings.map((heading) => heading.slice(3).split(":")[0]),
      );
    }
  });

  it("has the same cells for both kernels, but for what tslab cannot do", () => {
    const deno = codeOf(notebookOf(inputFor("ridge"), { kernel: "deno" }).cells);
    const tslab = codeOf(notebookOf(inputFor("ridge"), { kernel: "tslab" }).cells);
    expect(tslab).toMatch(/^ {2}features: features,$/m);
    expect(tslab).toContain("defineTrial({ features: features, target: outcome, model: model })");
    const same = tslab
      .replace(/^declare const console: .*\n/m, "")
      .replaceAll(/\b(features|model): \1\b/g, "$1");
    expect(same).toBe(deno);
  });

  it("reads without a kernel: scores, charts and importance stand below their cells", () => {
    const { cells } = notebookOf(inputFor("ridge"), { kernel: "deno" });
    const outputs = (start: string): NonNullable<Cell["outputs"]> =>
      cells.find(({ source }) => source.some((line) => line.startsWith(start)))?.outputs ?? [];
    const text = (start: string): string =>
      outputs(start)
        .flatMap(({ data }) => data["text/plain"] as string[])
        .join("");
    expect(text("show(table)")).toMatch(
      /sacramento\.csv +932 rows, 9 columns\n.*\ncity +category +0 +37\n/,
    );
    expect(text("show(result")).toMatch(/RMSE +72 318\nMAE +50 128\nR² +0.69251\n/);
    expect(outputs("show(result")[1]?.data[vegaLite]).toMatchObject({ layer: [{}, {}] });
    expect(text("show(await explain")).toMatch(/city +40 000 +█{20}/);
    expect(outputs("show(await explain")[0]?.data[vegaLite]).toHaveProperty(
      "data.values.length",
      8,
    );
    expect(text("show(await scoreTest")).toMatch(/RMSE +71 942/);
    expect(cells[0]?.source[0]).toBe("# Trial 017 · ridge on sacramento.csv\n");
  });

  it("shows no output that was not recorded, and no single rows when samples are off", () => {
    const input = inputFor("ridge", { test: null, example: null });
    const notebook = renderNotebook(
      { ...input, detail: { ...input.detail, importance: null } },
      { kernel: "deno" },
    );
    expect(notebook).not.toContain(vegaLite);
    const { cells } = JSON.parse(notebook) as Notebook;
    const withOutputs = cells.filter(({ outputs }) => (outputs?.length ?? 0) > 0);
    expect(withOutputs.map(({ id }) => id)).toEqual(["code-2", "code-5"]);
  });

  it("is the golden one", async () => {
    const notebook = renderNotebook(inputFor("ridge", { transform: "log" }), { kernel: "deno" });
    await expect(notebook).toMatchFileSnapshot("../../golden/ridge.ipynb");
  });

  it("is the same bytes every time", () => {
    const [first, second] = [new RandomInput(17), new RandomInput(17)];
    for (let i = 0; i < 5; i++) {
      const options = { kernel: "deno" } as const;
      expect(renderNotebook(second.next(), options)).toBe(renderNotebook(first.next(), options));
    }
  });

  it("shows hostile names as text", () => {
    for (const name of hostileNames) {
      const input = inputFor("ridge", {
        target: name,
        run: { data: { ...sacramentoRun.data, path: `/data/${name}` } },
      });
      const { cells } = notebookOf(input, { kernel: "deno" });
      expect(cells).toHaveLength(18);
      for (const { cell_type, source } of cells) {
        if (cell_type === "code") continue;
        const text = source.join("").replace(/\\[^a-z]/g, "");
        expect(text).not.toMatch(/[<>]|\]\(|https:|\*\*bold|_markdown/);
      }
    }
  });
});
