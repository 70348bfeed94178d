import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCase } from "./make-case.ts";

interface Sampled {
  readonly number: number;
  readonly path: string;
  readonly separator: string;
  readonly encoding: string;
  /** Row counts the strict reader takes. */
  readonly rows: readonly number[];
}

/** The strict reader and pandas.read_csv on the delimited inputs that are valid: how many they agree on. */
export function compareWithPandas(
  python: string,
  { seed, count, scratch }: { readonly seed: number; readonly count: number; readonly scratch: string }, // prettier-ignore
): string {
  const folder = join(scratch, "sample");
  mkdirSync(folder, { recursive: true });
  const sample: Sampled[] = [];
  for (let number = 100; sample.length < count; number++) {
    const { fileName, bytes, steps, expected } = makeCase(seed, number, []);
    if (expected.kind !== "table" || !steps[0]!.startsWith("{")) continue;
    const path = join(folder, `${number}-${fileName}`);
    writeFileSync(path, bytes);
    const style = JSON.parse(steps[0]!) as { separator: string; encoding: string };
    const encoding = style.encoding.startsWith("utf-16") ? "utf-16" : style.encoding;
    sample.push({ number, path, separator: style.separator, encoding, rows: expected.rows });
  }
  const manifest = join(scratch, "sample.json");
  writeFileSync(manifest, JSON.stringify(sample));
  const script = fileURLToPath(new URL("pandas_rows.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script, manifest], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const counted = JSON.parse(stdout) as readonly (number | string)[];
  const differing = sample.flatMap(({ number, rows }, i) => {
    const theirs = counted[i]!;
    return typeof theirs === "number" && rows.includes(theirs)
      ? []
      : [`  ${number}: ${rows.join(" or ")} rows, pandas ${theirs}`];
  });
  const agreed = `${sample.length - differing.length} of ${sample.length} valid files have as many rows for pandas`;
  return [agreed, ...differing].join("\n");
}
