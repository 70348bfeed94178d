import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";
import { AutomlError } from "../core/errors.ts";
import { markdownText } from "./notebook/markdown-text.ts";
import { commentText } from "./syntax/comment-text.ts";
import { literal, flat, type Value } from "./syntax/expression.ts";

/**
 * Code that was made by the layout of `syntax/`, where every value goes through JSON. Templates take nothing else as it
 * is: a plain string can only enter as a literal or as comment text.
 */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may be given. */
export type TemplateValue =
  Value | Code | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

const environment = Handlebars.create();
environment.registerHelper({
  /** A value as a literal. */
  json: (value: Value) => flat(literal(value)),
  /** A value as strict JSON, for files that are JSON. */
  plainJson: (value: Value) => JSON.stringify(value),
  /** Text from outside inside a comment. */
  text: (value: Value) => commentText(String(value)),
  /** Text from outside inside Markdown. */
  markdown: (value: Value) => markdownText(String(value)),
  code: (value: unknown) => {
    if (value instanceof Code) return value.text;
    throw new AutomlError("AUTOML_INTERNAL", "A template took a plain value for code.");
  },
});

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Fills a template of the `templates/` folder. Throws when a value is missing. */
export function renderTemplate(
  path: string,
  values: { readonly [key: string]: TemplateValue },
): string {
  let template = compiled.get(path);
  if (template === undefined) {
    template = environment.compile(templateText(path), {
      strict: true,
      noEscape: true,
      knownHelpers: { json: true, plainJson: true, text: true, markdown: true, code: true },
    });
    compiled.set(path, template);
  }
  return template(values);
}

/** Text of a file in the `templates/` folder, which lies beside `src/` and `dist/`. */
export function templateText(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../templates/${path}`, import.meta.url)), "utf8");
}
