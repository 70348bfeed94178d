import type { SplitSpec } from "../../core/split.ts";
import type { ScriptRun } from "../script-input.ts";
import { alignNotes, type NotedLine } from "../syntax/aligned-notes.ts";
import { commentLines, sentence } from "../syntax/comment-text.ts";
import { layoutField, literal } from "../syntax/expression.ts";
import { countText } from "./number-text.ts";

/** Why the rows are divided as they are. */
export function splitNotes({ data, split }: ScriptRun): string[] {
  const left =
    data.rowsWithoutTarget === 0
      ? ""
      : ` ${countText(data.rowsWithoutTarget, "row")} without a target are left out.`;
  return commentLines(`${sentence(split.why)}${left}`, "// ", 100);
}

/** `const parts = split.…;` with what each setting means. `testStep` is the number of the section with the test. */
export function splitStatement(split: SplitSpec, testStep: number | null): string {
  const test =
    testStep === null ? "no test part" : `share of the rows put aside for step ${testStep}`;
  const settings: (NotedLine | null)[] = [
    setting("test", split.test, test),
    setting(
      "folds",
      split.folds,
      split.folds === 1 ? "one part is held out" : "every training row is held out of one fit",
    ),
    setting(
      "repeats",
      split.repeats,
      split.repeats === 1 ? "" : "all of that again, on other folds",
    ),
    split.validation === undefined
      ? null
      : setting("validation", split.validation, "share of the training rows that is held out"),
    setting(
      "stratify",
      split.stratify,
      split.stratify ? "low and high targets alike in every part" : "",
    ),
    setting("seed", split.seed, ""),
  ];
  const lines = alignNotes(settings.filter((line) => line !== null));
  return `const parts = split.random(table, {\n${lines.join("\n")}\n});`;
}

function setting(key: string, value: number | boolean, note: string): NotedLine {
  return { code: `${layoutField(key, literal(value), 2)},`, note };
}
