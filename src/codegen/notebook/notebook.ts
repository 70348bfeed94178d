import { AutomlError } from "../../core/errors.ts";
import { metrics } from "../../core/metrics.ts";
import { findFamily } from "../../models/registry.ts";
import { notebookFile, type Kernel } from "./notebook-file.ts";
import { recordedOutputs, type OutputsInput } from "./recorded-outputs.ts";
import { renderEnsemble } from "../ensemble/render-ensemble.ts";
import { renderScript } from "../render-script.ts";
import { fileName } from "../script/file-name.ts";
import { numberText } from "../script/number-text.ts";
import type { EnsembleScriptInput, ScriptInput } from "../script-input.ts";
import { nameText } from "../syntax/comment-text.ts";
import { renderTemplate } from "../templates.ts";

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
  const { script, input } = parts;
  return notebookFile({
    title: titleText(parts, kernel),
    script,
    kernel,
    outputsOf: (code) => recordedOutputs(code, input),
  });
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
