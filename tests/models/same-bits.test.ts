import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("model-hashes.mjs", import.meta.url));

function hash(threads: number, kernels: string): string {
  const env = { ...process.env, AUTOML_KERNELS: kernels };
  return execFileSync(process.execPath, [program, String(threads)], { env, encoding: "utf8" });
}

describe("tree and kernel models", () => {
  it(
    "have the same bits with kernels in TypeScript and in WebAssembly, on one thread and on several",
    { timeout: 120_000 },
    () => {
      const expected = hash(1, "js");
      expect(expected).toMatch(/^[0-9a-f]{64}\n$/);
      for (const threads of [1, 2, 3]) expect(hash(threads, "")).toBe(expected);
    },
  );
});
