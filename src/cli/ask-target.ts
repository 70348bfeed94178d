import { emitKeypressEvents, type Key } from "node:readline";
import { AutomlError } from "../core/errors.ts";
import type { ColumnRecord } from "../core/run-record.ts";
import type { TargetGuess } from "../data/guess-target.ts";
import type { KeyInput } from "./cli.ts";
import { pressKey, promptLines, type Prompt } from "./ui/column-prompt.ts";
import { LiveRegion } from "./ui/live-region.ts";
import type { Output } from "./ui/output.ts";

/**
 * Asks which column is to be predicted, the guess first. Only for two terminals: `keys` and `output`. Throws
 * AUTOML_INTERRUPTED when the question is not answered.
 */
export async function askTarget(
  guess: TargetGuess,
  columns: readonly ColumnRecord[],
  keys: KeyInput,
  output: Output,
): Promise<string> {
  const rank = (name: string): number =>
    name === guess.name ? 0 : name === guess.runnerUp ? 1 : 2;
  const choices = columns
    .filter((column) => column.type === "numeric" || column.name === guess.name)
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ name }) => ({ value: name, note: name === guess.name ? guess.why : "" }));
  return ask({ question: "Which column is to be predicted?", choices, cursor: 0 }, keys, output);
}

function ask(start: Prompt, keys: KeyInput, output: Output): Promise<string> {
  const region = new LiveRegion(output);
  let prompt = start;
  region.draw(promptLines(prompt, output.width()));
  return new Promise((resolve, reject) => {
    const close = (): void => {
      keys.off("keypress", onKey);
      keys.setRawMode(false);
      keys.pause();
      region.clear();
    };
    const onKey = (_text: string | undefined, key: Key): void => {
      const step = pressKey(prompt, key);
      switch (step.kind) {
        case "open":
          prompt = step.prompt;
          return region.draw(promptLines(prompt, output.width()));
        case "answer":
          close();
          return resolve(step.value);
        case "cancelled":
          close();
          return reject(new AutomlError("AUTOML_INTERRUPTED", "Nothing was trained."));
      }
    };
    emitKeypressEvents(keys);
    keys.setRawMode(true);
    keys.on("keypress", onKey);
    keys.resume();
  });
}
