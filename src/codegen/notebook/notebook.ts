import { AutomlError } from "../../core/errors.ts";
import { metrics } from "../../core/metrics.ts";
import { findFamily } from "../../models/registry.ts";
import { cutScript, type Section } from "./cut-script.ts";
import { recordedOutputs, type OutputsInput, type RecordedOutput } from "./recorded-outputs.ts";
import { tslabCode } from "./tslab-code.ts";
import { renderEnsemble } from "../ensemble/render-ensemble.ts";
import { renderScript } from "../render-script.ts";
import { fileName } from "../script/file-name.ts";
import { numberText } from "../script/number-text.ts";
import type { EnsembleScriptInput, ScriptInput } from "../script-input.ts";
import { nameText } from "../syntax/comment-text.ts";
import { renderTemplate } from "../templates.ts";

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

/**
 * A trial's script as a notebook (nbformat 4.5): one cell per section, with the recorded results as outputs, so that it
 * reads without a kernel. Pure: the same input gives the same bytes.
 * @param script the script, when it was rendered already
 */
export function renderNotebook(
  input: ScriptInput,
  options: { readonly kernel: Kernel; readonly script?: string },
): string {
  const { record, spec } = input.detail;
  const title = `Trial ${record.id} · ${findFamily(spec.model.kind).label}`;
  const script = options.script ?? renderScript(input);
  return notebookOf({ title, script, input, toolVersion: input.toolVersion }, options.kernel);
}

/** The same of an ensemble. */
export function renderEnsembleNotebook(
  input: EnsembleScriptInput,
  options: { readonly kernel: Kernel; readonly script?: string },
): string {
  const specs = input.detail.spec.members.map((member) => member.spec);
  const [first] = specs;
  if (first === undefined) throw new AutomlError("AUTOML_INTERNAL", "an ensemble of no trials");
  const features = specs.flatMap((spec) => spec.features);
  const script = options.script ?? renderEnsemble(input);
  const outputs: OutputsInput = {
    ...input,
    detail: { ...input.detail, spec: { features, target: first.target } },
  };
  const title = `Ensemble of ${specs.length} trials`;
  const notebook = { title, script, input: outputs, toolVersion: input.toolVersion };
  return notebookOf(notebook, options.kernel);
}

interface NotebookParts {
  readonly title: string;
  readonly script: string;
  readonly input: OutputsInput;
  readonly toolVersion: string;
}

function notebookOf(parts: NotebookParts, kernel: Kernel): string {
  const { setup, sections } = cutScript(parts.script);
  const cells = [
    markdownCell("title", titleText(parts, kernel)),
    codeCell("setup", setup, []),
    ...sections.flatMap((section, i) => {
      const code = kernel === "tslab" ? tslabCode(section.code) : section.code;
      return sectionCells({ ...section, code }, i + 1, parts.input);
    }),
  ];
  const notebook = { cells, metadata: kernelMetadata(kernel), nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function sectionCells({ heading, code }: Section, number: number, input: OutputsInput): Cell[] {
  // "1. Columns: one line each." is a title and what it says.
  const [title = "", ...rest] = heading.split(": ");
  const text = rest.join(": ");
  const markdown = `## ${title}\n\n${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return [
    markdownCell(`section-${number}`, markdown),
    codeCell(`code-${number}`, code, recordedOutputs(code, input)),
  ];
}

function titleText({ title, input, toolVersion }: NotebookParts, kernel: Kernel): string {
  const { run, detail } = input;
  const { scores, standardError } = detail.record;
  const validation = scores?.validation[run.metric] ?? null;
  const test = scores?.test?.[run.metric] ?? null;
  return renderTemplate("notebook/title.md.hbs", {
    deno: kernel === "deno",
    title,
    dataFile: nameText(fileName(run.data.path)),
    metric: metrics[run.metric].label,
    validation: validation === null ? "–" : numberText(validation),
    spread: standardError === null ? null : numberText(Number(standardError.toPrecision(3))),
    test: test === null ? null : numberText(test),
    toolVersion,
  }).trimEnd();
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
