import { styleText } from "node:util";

/** Colours of the terminal; each returns the text unchanged when colours are off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

export function createPaint(enabled: boolean): Paint {
  const style = (format: Style) => (text: string) =>
    enabled && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style("bold"),
    dim: style("dim"),
    good: style("green"),
    warning: style("yellow"),
    bad: style("red"),
  };
}

/** Colours are for terminals that understand them; NO_COLOR (no-color.org) and FORCE_COLOR decide before that. */
export function wantsColor(isTerminal: boolean, env: Readonly<NodeJS.ProcessEnv>): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}
