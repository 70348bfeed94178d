import type { Parameter } from "../../src/models/contract/search-space.ts";
import type { SearchMethod } from "../../src/search/parzen.ts";
import { fromUnit } from "../../src/search/sample-params.ts";

/** The control: anywhere in the space, whatever is known. */
export const randomSearch: SearchMethod = ({ plan, contestants }, random) => {
  const contestant = contestants[random.integer(contestants.length)]!;
  const params = Object.fromEntries(
    Object.entries<Parameter>(contestant.family.space).map(([name, parameter]) => {
      if (!parameter.searched) return [name, parameter.default];
      if (parameter.type === "choice")
        return [name, parameter.choices[random.integer(parameter.choices.length)]];
      return [name, fromUnit(parameter, random.next())];
    }),
  );
  const transform = plan.transforms[random.integer(plan.transforms.length)]!;
  return { contestant, params, transform, origin: "search" };
};
