import { frameNames } from "../../data/frame-names.ts";
import { byStrength } from "../../data/profile/profile.ts";
import { lines } from "../script/script-view.ts";
import { chain, layout, list, literal } from "../syntax/expression.ts";
import type { TemplateValue } from "../templates.ts";
import type { ExploreInput } from "./explore-input.ts";

/** Columns that the frame is grouped by. */
const mostGroupings = 8;
/** More levels than this make no table to read. */
const mostLevels = 40;
/** Names that danfojs can be trusted with: it makes keys and headings of them. */
const plainName = /^[\p{L}_][\p{L}\p{N}_ .-]{0,39}$/u;

/** What the template needs for a DataFrame of danfojs-node; all of it null without one. */
export function frameView(input: ExploreInput): { readonly [key: string]: TemplateValue } {
  const none = { frame: null, frameNotes: null, frameTarget: null, frameGroups: null };
  if (input.frame === null) return none;
  const columns = input.profile.columns.map(({ name }) => name);
  const names = new Map(frameNames(columns).map((name, i) => [columns[i]!, name]));
  const renamed = columns.filter((name) => names.get(name) !== name).length;
  const target = names.get(input.target.name) ?? "";
  const hasTarget = isPlain(target);
  return {
    frame: true,
    frameNotes:
      renamed === 0
        ? null
        : lines([
            `// Names that a DataFrame uses for itself end in "_" there: ${renamed} of them.`,
          ]),
    frameTarget: hasTarget ? target : null,
    frameGroups: hasTarget ? lines(groupings(input, names, target)) : null,
  };
}

function groupings(
  { profile }: ExploreInput,
  names: ReadonlyMap<string, string>,
  target: string,
): string[] {
  return byStrength(profile)
    .filter(({ type, distinct }) => type === "category" && distinct <= mostLevels)
    .map(({ name }) => names.get(name)!)
    .filter(isPlain)
    .slice(0, mostGroupings)
    .map((name) => {
      const grouped = chain("frame", [
        { name: "groupby", arguments: [list([literal(name)])] },
        { name: "col", arguments: [list([literal(target)])] },
        { name: "mean", arguments: [] },
        { name: "print", arguments: [] },
      ]);
      return `${layout(grouped, 0, 0, 1)};`;
    });
}

function isPlain(name: string): boolean {
  return plainName.test(name) && !(name in Object.prototype);
}
