/**
 * Draws the configurations that `collect.ts` tries: of every family its start, its defaults and so many points of its
 * space; the hand-made portfolio too. Configurations drawn before are kept as they are, so that families, preparations
 * and draws can be added later.
 *
 *   npx tsx bench/portfolio/draw.ts --scratch <folder> [--scale 1] [--seed 1] [--families a,b]
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "../../src/core/random.ts";
import type { Family, Needs } from "../../src/models/contract/family.ts";
import { allFamilies } from "../../src/models/registry.ts";
import type { PreparationName } from "../../src/search/preparations.ts";
import { readLines, type Config, type PortfolioEntry } from "./config.ts";
import { drawParams, draws } from "./draw-params.ts";

/** Preparations beside the default that can change something for families that need categories so. */
const variants: Readonly<Record<Needs["categories"], readonly PreparationName[]>> = {
  native: ["targetEncode"],
  numbers: ["targetEncode", "oneHot", "logged"],
};

const { values } = parseArgs({
  options: {
    scratch: { type: "string" },
    scale: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    families: { type: "string" },
  },
});
if (values.scratch === undefined) throw new Error("--scratch <folder> is needed");
mkdirSync(values.scratch, { recursive: true });
const path = join(values.scratch, "configs.jsonl");
const known = new Set(readLines<Config>(path).map((config) => config.id));
const random = new Random(`portfolio/${values.seed}`);
const scale = Number(values.scale);

const wanted = [...handMade(), ...allFamilies().flatMap(ofFamily)];
const families = values.families?.split(",");
const added = wanted.filter(
  ({ id, family }) => !known.has(id) && (families?.includes(family) ?? true),
);
for (const config of added) appendFileSync(path, `${JSON.stringify(config)}\n`);
console.log(`${added.length} configurations added to ${known.size}: ${path}`);

function ofFamily(family: Family): Config[] {
  const count = Math.round((draws[family.name] ?? 0) * scale);
  const start: Record<string, unknown> = { ...family.start };
  delete start["seed"];
  const plain = { family: family.name, preparation: "default", transform: "none" } as const;
  return [
    { id: `${family.name}-start`, ...plain, params: start },
    { id: `${family.name}-default`, ...plain, params: {} },
    ...Array.from({ length: count }, (_, i): Config => {
      const stream = random.split(`${family.name}/${i}`);
      const varied = stream.next() < 0.4;
      const names = variants[family.needs.categories];
      return {
        id: `${family.name}-${String(i + 1).padStart(3, "0")}`,
        family: family.name,
        preparation: varied ? names[stream.integer(names.length)]! : "default",
        transform: stream.next() < 0.5 ? "none" : "suggested",
        params: drawParams(family, stream),
      };
    }),
  ];
}

/** What the search began with before there was a table; entries of families that are not there yet wait. */
function handMade(): Config[] {
  const text = readFileSync(new URL("hand-made.json", import.meta.url), "utf8");
  const names = allFamilies().map(({ name }) => name);
  return (JSON.parse(text) as PortfolioEntry[])
    .map((entry, i): Config => ({ id: `hand-${String(i + 1).padStart(2, "0")}`, ...entry }))
    .filter(({ family }) => names.includes(family));
}
