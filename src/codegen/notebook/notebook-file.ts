import { cutScript, type Section } from "./cut-script.ts";
import type { RecordedOutput } from "./recorded-outputs.ts";
import { tslabCode } from "./tslab-code.ts";

/** The Jupyter kernel that a notebook names. Both run the same cells, but for what tslab cannot do. */
export type Kernel = "deno" | "tslab";

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly object[];
}

export interface NotebookInput {
  /** Markdown of the first cell. */
  readonly title: string;
  readonly script: string;
  readonly kernel: Kernel;
  /** What running the code of a section would show, as far as it was recorded. */
  readonly outputsOf: (code: string) => readonly RecordedOutput[];
}

/** A script as a notebook (nbformat 4.5): one cell per section, with recorded outputs, so that it reads without a kernel. */
export function notebookFile({ title, script, kernel, outputsOf }: NotebookInput): string {
  const { setup, sections } = cutScript(script);
  const cells = [
    markdownCell("title", title),
    codeCell("setup", setup, []),
    ...sections.flatMap((section, i) => {
      const code = kernel === "tslab" ? tslabCode(section.code) : section.code;
      return sectionCells({ ...section, code }, i + 1, outputsOf(section.code));
    }),
  ];
  const notebook = { cells, metadata: kernelMetadata(kernel), nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function sectionCells(
  { heading, code }: Section,
  number: number,
  outputs: readonly RecordedOutput[],
): Cell[] {
  // "1. Columns: one line each." is a title and what it says.
  const [title = "", ...rest] = heading.split(": ");
  const text = rest.join(": ");
  const markdown = `## ${title}\n\n${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return [markdownCell(`section-${number}`, markdown), codeCell(`code-${number}`, code, outputs)];
}

function markdownCell(id: string, text: string): Cell {
  return { cell_type: "markdown", id, metadata: {}, source: sourceLines(text) };
}

function codeCell(id: string, code: string, outputs: readonly RecordedOutput[]): Cell {
  return {
    cell_type: "code",
    id,
    metadata: {},
    source: sourceLines(code),
    // No kernel has run the cell: its outputs are the run's.
    execution_count: null,
    outputs: outputs.map(({ text, chart }) => ({
      output_type: "display_data",
      data: {
        "text/plain": sourceLines(text.join("\n")),
        ...(chart !== undefined && { "application/vnd.vegalite.v5+json": chart }),
      },
      metadata: {},
    })),
  };
}

/** Text as nbformat stores it: lines that keep their line ends. */
function sourceLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function kernelMetadata(kernel: Kernel): object {
  if (kernel === "deno") {
    return {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: {
        codemirror_mode: "typescript",
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        name: "typescript",
        nbconvert_exporter: "script",
        pygments_lexer: "typescript",
      },
    };
  }
  return {
    kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
    language_info: {
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
      file_extension: ".ts",
      mimetype: "text/typescript",
      name: "typescript",
    },
  };
}
