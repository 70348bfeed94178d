import { createPaint, wantsColor, type Paint } from "./paint.ts";

/** One end of the command line: stdout or stderr, a terminal or not. */
export interface Output {
  readonly isTerminal: boolean;
  /** Cells in a line of text, 100 at most; it changes when a window is resized. */
  width(): number;
  /** Cells in a line of a table: all there are. Infinity for a file or pipe. */
  fullWidth(): number;
  readonly paint: Paint;
  write(text: string): void;
}

/** Text is laid out for 100 cells at most; a file or pipe gets just that. */
const widest = 100;

export function createOutput(stream: NodeJS.WriteStream, env: Readonly<NodeJS.ProcessEnv>): Output {
  const isTerminal = stream.isTTY === true && env["TERM"] !== "dumb";
  return {
    isTerminal,
    fullWidth: () => (isTerminal && stream.columns > 0 ? stream.columns : Infinity),
    width: () => Math.max(40, Math.min(widest, stream.columns > 0 ? stream.columns : widest)),
    paint: createPaint(wantsColor(isTerminal, env)),
    write: (text) => void stream.write(text),
  };
}
