import type { RunFile, RunFilesInput } from "./script-input.ts";
import { nameText } from "./syntax/comment-text.ts";
import { renderTemplate, templateText } from "./templates.ts";

/** The files that make a run's folder a place to work in: scripts resolve, type-check and are explained. */
export function renderRunFiles(input: RunFilesInput): RunFile[] {
  const target = nameText(input.target);
  const dataFile = nameText(input.dataFile);
  const values = {
    target,
    dataFile,
    packageName: packageName(input.name),
    description: `Trials that predict ${target} from ${dataFile}, by glassbox-automl ${input.toolVersion}`,
    dependency: input.dependency,
    frame: input.frame === "danfo",
  };
  return [
    { path: "package.json", content: renderTemplate("run/package.json.hbs", values) },
    { path: "tsconfig.json", content: templateText("run/tsconfig.json") },
    { path: "AGENTS.md", content: renderTemplate("run/AGENTS.md.hbs", values) },
  ];
}

/** A name that npm takes: lower case, letters, digits and dashes. */
function packageName(run: string): string {
  const plain = run
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 100);
  return `automl-run-${plain === "" ? "unnamed" : plain}`;
}
