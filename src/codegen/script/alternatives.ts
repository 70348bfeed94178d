import type { Family } from "../../models/contract/family.ts";
import type { Parameter } from "../../models/contract/search-space.ts";
import { familyNames, findFamily } from "../../models/registry.ts";
import { commentLines } from "../syntax/comment-text.ts";
import { modelOneLine } from "./model-lines.ts";

const lineWidth = 100;
const mostShown = 6;

/**
 * Comment lines with two other models to swap in: the first other family that takes categories as they are, and the
 * first that wants numbers, in registry order.
 */
export function alternativeLines(own: string, seed: number, hasPipeline: boolean): string[] {
  const others = familyNames
    .map(findFamily)
    .filter(({ name, space }) => name !== own && Object.values<Parameter>(space).some(isSearched));
  const chosen = [
    others.find(({ needs }) => needs.categories === "native"),
    others.find(({ needs }) => needs.categories === "numbers"),
  ];
  return chosen.flatMap((family) =>
    family === undefined ? [] : alternative(family, seed, hasPipeline),
  );
}

function alternative(family: Family, seed: number, hasPipeline: boolean): string[] {
  const { space } = family as { readonly space: Readonly<Record<string, Parameter>> };
  const all = Object.entries({ ...family.start, ...("seed" in family.start ? { seed } : {}) });
  // Where there are many, those with their default are left out.
  const params = Object.fromEntries(
    all.filter(([name, value]) => all.length <= mostShown || space[name]?.default !== value),
  );
  const code = modelOneLine({ kind: family.name, params, steps: family.steps });
  const lines = commentLines(`const model = ${code};`, "// ", lineWidth);
  if (family.steps.length === 0 || hasPipeline) return lines;
  return [
    ...lines,
    "// (and import pipeline and steps, which put every column on one scale first)",
  ];
}

function isSearched({ searched }: Parameter): boolean {
  return searched;
}
