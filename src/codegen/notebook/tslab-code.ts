/** tslab knows `console` only where @types/node is installed, which is not so in a run's folder. */
const consoleDeclaration = "declare const console: { log(...values: readonly unknown[]): void };";

/**
 * The code of a cell as tslab 1.0 can run it: it loses variables of earlier cells in shorthand properties
 * (`{ features }`), so they are written out, and it has to be told of `console`.
 */
export function tslabCode(code: string): string {
  return code
    .replace(/^( +)features,$/gm, "$1features: features,")
    .replace(/^(const \w+ = defineTrial\(\{) features, /gm, "$1 features: features, ")
    .replace(/^(const \w+ = defineTrial\(\{.*) model \}/gm, "$1 model: model }")
    .replace(/^console\.log\(/m, `${consoleDeclaration}\n$&`);
}
