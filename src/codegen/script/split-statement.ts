import type { SplitSpec } from "../../core/split.ts";
import type { ScriptRun } from "../script-input.ts";
import { alignNotes, type NotedLine } from "../syntax/aligned-notes.ts";
import { commentLines, sentence } from "../syntax/comment-text.ts";
import { flat, layoutField, literal, type Value } from "../syntax/expression.ts";
import { textWidth } from "../syntax/text-width.ts";
import { countText } from "./number-text.ts";

const lineWidth = 100;

/** Why the rows are divided as they are. */
export function splitNotes({ data, split }: ScriptRun): string[] {
  const left =
    data.rowsWithoutTarget === 0
      ? ""
      : ` ${countText(data.rowsWithoutTarget, "row")} without a target are left out.`;
  return commentLines(`${sentence(split.why)}${left}`, "// ", lineWidth);
}

/** `const parts = split.…;` with what each setting means. `testStep` is the number of the section with the test. */
export function splitStatement(split: SplitSpec, testStep: number | null): string {
  switch (split.kind) {
    case "random":
      return statement("random", null, [
        testSetting(split, testStep, "share of the rows put aside"),
        foldsSetting(split, "every training row is held out of one fit"),
        repeatsSetting(split),
        heldSetting(split),
        [
          "stratify",
          split.stratify,
          split.stratify ? "low and high targets alike in every part" : "",
        ],
        split.copies === undefined
          ? null
          : ["copies", split.copies, "rows with the same cells are never on two sides"],
        ["seed", split.seed, ""],
      ]);
    case "time":
      return statement("byTime", split.column, [
        testSetting(split, testStep, "share of the rows, the latest, put aside"),
        ["folds", split.folds, split.folds === 1 ? "one part is held out" : "one after the other"],
        ["validation", split.validation, validationNote(split.folds)],
      ]);
    case "group":
      return statement("byGroup", split.column, [
        testSetting(split, testStep, "share of the rows, in whole groups, put aside"),
        foldsSetting(split, "every group of the training rows is held out of one fit"),
        repeatsSetting(split),
        heldSetting(split),
        ["seed", split.seed, ""],
      ]);
    case "column":
      return split.seed === undefined
        ? statement("byColumn", split.column, [])
        : statement("byColumn", split.column, [
            foldsSetting(split, "drawn at random among the rows for training"),
            repeatsSetting(split),
            heldSetting(split),
            ["seed", split.seed, ""],
          ]);
  }
}

type Setting = readonly [key: string, value: Value, note: string];

function testSetting({ test }: SplitSpec, testStep: number | null, what: string): Setting {
  return ["test", test, testStep === null ? "no test part" : `${what} for step ${testStep}`];
}

function foldsSetting({ folds }: SplitSpec, note: string): Setting {
  return ["folds", folds, folds === 1 ? "one part is held out" : note];
}

function repeatsSetting({ repeats }: SplitSpec): Setting {
  return ["repeats", repeats, repeats === 1 ? "" : "all of that again, on other folds"];
}

function heldSetting({ validation }: SplitSpec): Setting | null {
  return validation === undefined
    ? null
    : ["validation", validation, "share of the training rows that is held out"];
}

function validationNote(folds: number): string {
  return folds === 1
    ? "share of the training rows, the latest, that it has"
    : "share of the training rows, the latest, that they have together";
}

function statement(
  name: string,
  column: string | null,
  settings: readonly (Setting | null)[],
): string {
  const start = `const parts = split.${name}(`;
  const given = ["table", ...(column === null ? [] : [flat(literal(column))])];
  const kept = settings.filter((setting) => setting !== null);
  if (kept.length === 0) {
    const line = `${start}${given.join(", ")});`;
    return textWidth(line) <= lineWidth ? line : `${start}\n${indented(given, 2)}\n);`;
  }
  const opening = `${start}${[...given, "{"].join(", ")}`;
  if (textWidth(opening) <= lineWidth) return `${opening}\n${settingLines(kept, 2)}\n});`;
  // The column's name alone fills the line.
  return `${start}\n${indented(given, 2)}\n  {\n${settingLines(kept, 4)}\n  },\n);`;
}

function indented(args: readonly string[], indent: number): string {
  return args.map((code) => `${" ".repeat(indent)}${code},`).join("\n");
}

function settingLines(settings: readonly Setting[], indent: number): string {
  const noted = settings.map(([key, value, note]): NotedLine => ({
    code: `${layoutField(key, literal(value), indent)},`,
    note,
  }));
  return alignNotes(noted).join("\n");
}
