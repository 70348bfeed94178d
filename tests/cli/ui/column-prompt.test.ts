import { describe, expect, it } from "vitest";
import { pressKey, promptLines, type Prompt } from "../../../src/cli/ui/column-prompt.ts";

const prompt: Prompt = {
  question: "Which column is to be predicted?",
  choices: ["price", "sqft", "beds"].map((value) => ({ value, note: "" })),
  cursor: 0,
};

/** The state after some keys; the last step when it is an answer. */
function press(start: Prompt, ...names: readonly string[]): unknown {
  let current = start;
  for (const name of names) {
    const step = pressKey(current, { name });
    if (step.kind !== "open") return step;
    current = step.prompt;
  }
  return current.cursor;
}

describe("pressKey", () => {
  it("moves between the ends and takes the choice", () => {
    expect(press(prompt, "up")).toBe(0);
    expect(press(prompt, "down", "down", "down")).toBe(2);
    expect(press(prompt, "end")).toBe(2);
    expect(press(prompt, "pagedown", "home")).toBe(0);
    expect(press(prompt, "x")).toBe(0);
    expect(press(prompt, "return")).toEqual({ kind: "answer", value: "price" });
    expect(press(prompt, "down", "enter")).toEqual({ kind: "answer", value: "sqft" });
  });

  it("gives up on Ctrl-C, Ctrl-D and Escape", () => {
    expect(pressKey(prompt, { name: "c", ctrl: true })).toEqual({ kind: "cancelled" });
    expect(pressKey(prompt, { name: "d", ctrl: true })).toEqual({ kind: "cancelled" });
    expect(press(prompt, "escape")).toEqual({ kind: "cancelled" });
    expect(press(prompt, "c")).toBe(0);
  });
});

describe("promptLines", () => {
  it("shows the choices around the cursor", () => {
    const choices = Array.from({ length: 30 }, (_, i) => ({
      value: `c${i}`,
      note: i === 0 ? "by its name" : "",
    }));
    const lines = promptLines({ ...prompt, choices }, 80);
    expect(lines.slice(0, 4)).toEqual([
      "",
      "  Which column is to be predicted?   arrow keys, Enter",
      "  > c0  (by its name)",
      "    c1",
    ]);
    expect(lines.at(-1)).toBe("    20 more");
    expect(promptLines({ ...prompt, choices, cursor: 29 }, 80).at(-2)).toBe("  > c29");
  });

  it("stays inside the terminal, whatever the names", () => {
    const choices = [{ value: `${"x".repeat(300)}\u001b[2J`, note: "" }];
    for (const line of promptLines({ ...prompt, choices }, 40)) {
      expect(line.length).toBeLessThan(40);
      expect(line).not.toContain("\u001b");
    }
  });
});
