import { truncate } from "./display-width.ts";
import { printable } from "./printable.ts";

/** A question with one answer out of a list, answered with arrow keys and Enter. Pure: keys in, state out. */
export interface Prompt {
  readonly question: string;
  readonly choices: readonly { readonly value: string; readonly note: string }[];
  readonly cursor: number;
}

/** Choices on screen at a time. */
const shown = 10;

export type PromptStep =
  | { readonly kind: "open"; readonly prompt: Prompt }
  | { readonly kind: "answer"; readonly value: string }
  | { readonly kind: "cancelled" };

/** What a key does; `name` as node:readline names keys. */
export function pressKey(
  prompt: Prompt,
  key: { readonly name?: string | undefined; readonly ctrl?: boolean | undefined },
): PromptStep {
  const last = prompt.choices.length - 1;
  const at = (cursor: number): PromptStep => ({
    kind: "open",
    prompt: { ...prompt, cursor: Math.max(0, Math.min(last, cursor)) },
  });
  if (key.ctrl)
    return key.name === "c" || key.name === "d" ? { kind: "cancelled" } : at(prompt.cursor);
  switch (key.name) {
    case "up":
      return at(prompt.cursor - 1);
    case "down":
      return at(prompt.cursor + 1);
    case "pageup":
      return at(prompt.cursor - shown);
    case "pagedown":
      return at(prompt.cursor + shown);
    case "home":
      return at(0);
    case "end":
      return at(last);
    case "return":
    case "enter":
      return { kind: "answer", value: prompt.choices[prompt.cursor]!.value };
    case "escape":
      return { kind: "cancelled" };
    default:
      return at(prompt.cursor);
  }
}

/** The question and the choices around the cursor, each line shorter than `width`. */
export function promptLines(prompt: Prompt, width: number): string[] {
  const { choices, cursor } = prompt;
  const first = Math.max(0, Math.min(cursor - (shown >> 1), choices.length - shown));
  const visible = choices.slice(first, first + shown);
  const lines = visible.map(({ value, note }, i) => {
    const mark = first + i === cursor ? "> " : "  ";
    return `  ${mark}${printable(value)}${note === "" ? "" : `  (${printable(note)})`}`;
  });
  const hidden = choices.length - visible.length;
  if (hidden > 0) lines.push(`    ${hidden} more`);
  return ["", `  ${prompt.question}   arrow keys, Enter`, ...lines].map((line) =>
    truncate(line, width - 1),
  );
}
