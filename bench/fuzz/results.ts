import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Finding } from "./check-case.ts";

/** One line of the results: a finding, or a chunk that was gone through to its end. */
export type Line =
  ({ readonly number: number; readonly steps: readonly string[] } & Finding) | Chunk;

export interface Chunk {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** How many inputs ended how: "read", or the code. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly cpuSeconds: number;
  readonly longest: number;
}

export function appendLine(path: string, line: Line): void {
  appendFileSync(path, `${JSON.stringify(line)}\n`);
}

export function readLines(path: string): Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as Line];
      } catch {
        return [];
      }
    });
}

export function isChunk(line: Line): line is Chunk {
  return "outcomes" in line;
}

/** Figures of all chunks, and the findings by kind. Findings of a chunk that was repeated count once. */
export function summarize(lines: readonly Line[]): string {
  const chunks = [...new Map(lines.filter(isChunk).map((chunk) => [chunk.from, chunk])).values()];
  const outcomes = new Map<string, number>();
  for (const chunk of chunks) {
    for (const [outcome, count] of Object.entries(chunk.outcomes)) {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
    }
  }
  const inputs = chunks.reduce((sum, { from, to }) => sum + to - from, 0);
  const cpu = chunks.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const longest = Math.max(0, ...chunks.map((chunk) => chunk.longest));
  const findings = new Map(
    lines.flatMap((line) =>
      isChunk(line) ? [] : [[`${line.number} ${line.kind}`, line] as const],
    ),
  );
  const kinds = new Map<string, number>();
  for (const { kind } of findings.values()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `  ${name}: ${count}`).join("\n"); // prettier-ignore
  return [
    `${inputs} inputs in ${cpu.toFixed(0)} processor seconds, the longest ${longest} ms`,
    list(outcomes),
    findings.size === 0 ? "no findings" : `${findings.size} findings`,
    list(kinds),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
