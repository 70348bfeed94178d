/** What every script uses. */
const always = [
  "column",
  "defineTrial",
  "evaluate",
  "explain",
  "fit",
  "models",
  "readTable",
  "record",
  "save",
  "show",
  "split",
  "target",
];

const lineWidth = 100;

/** The one import of a script: what it uses and nothing else, sorted. */
export function importStatement(used: {
  readonly isEnsemble: boolean;
  readonly hasSearch: boolean;
  readonly hasRange: boolean;
  readonly hasPipeline: boolean;
  readonly hasTest: boolean;
}): string {
  const names = [
    ...always,
    ...(used.isEnsemble ? ["defineEnsemble"] : []),
    ...(used.hasSearch ? ["tune"] : []),
    ...(used.hasRange ? ["range"] : []),
    ...(used.hasPipeline ? ["pipeline", "steps"] : []),
    ...(used.hasTest ? ["scoreTest"] : []),
  ].sort();
  const oneLine = `import { ${names.join(", ")} } from "glassbox-automl";`;
  if (oneLine.length <= lineWidth) return oneLine;
  return `import {\n${names.map((name) => `  ${name},`).join("\n")}\n} from "glassbox-automl";`;
}
