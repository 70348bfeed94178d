import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createOutput } from "../../../src/cli/ui/output.ts";

/** A stream that says of itself what a terminal would. */
function stream(shape: { isTTY?: boolean; columns?: number }): NodeJS.WriteStream {
  return Object.assign(new PassThrough(), shape) as unknown as NodeJS.WriteStream;
}

describe("createOutput", () => {
  it("lays text out for the terminal, within reason", () => {
    const widths = [20, 80, 300].map((columns) => {
      const output = createOutput(stream({ isTTY: true, columns }), {});
      return [output.width(), output.fullWidth()];
    });
    expect(widths).toEqual([
      [40, 20],
      [80, 80],
      [100, 300],
    ]);
  });

  it("takes a pipe and a dumb terminal for a file", () => {
    for (const output of [
      createOutput(stream({}), {}),
      createOutput(stream({ isTTY: true, columns: 80 }), { TERM: "dumb" }),
    ]) {
      expect(output.isTerminal).toBe(false);
      expect(output.fullWidth()).toBe(Infinity);
      expect(output.paint.bold("x")).toBe("x");
    }
  });
});
