import type { ColumnSchema } from "../core/schema.ts";
import type { DerivedSpec } from "../core/trial-spec.ts";
import { quoteColumn } from "./expression/expression.ts";

/** Of so many dates every pair is compared; of more only neighbours in the file. */
const mostComparedAll = 4;
const mostNeighbours = 20;
/** Longer names stand in a derived column's name as "date 1", "date 2". */
const longestName = 40;

/**
 * Lines for the days between date columns, which no model can work out from the dates' parts: a delivery's order and
 * arrival, a stay's first and last day. None for fewer than two dates. Names are new to the table.
 * @param columns all columns of the table, in the order of the file
 */
export function dateDifferences(columns: readonly ColumnSchema[]): DerivedSpec[] {
  const dates = columns.filter(({ type, role }) => type === "date" && role === "feature");
  const taken = new Set(columns.map(({ name }) => name));
  return pairs(dates.length).map(([earlier, later]) => {
    const shown = (place: number): string => {
      const { name } = dates[place]!;
      return name.length > longestName ? `date ${place + 1}` : name;
    };
    const column = newName(`days from ${shown(earlier)} to ${shown(later)}`, taken);
    const [from, to] = [dates[earlier]!.name, dates[later]!.name];
    const expression = `days(${quoteColumn(to)}, ${quoteColumn(from)})`;
    return { kind: "derived", column, expression };
  });
}

function pairs(count: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let later = 1; later < count; later++) {
    const first = count <= mostComparedAll ? 0 : later - 1;
    for (let earlier = first; earlier < later; earlier++) found.push([earlier, later]);
  }
  return found.slice(0, mostNeighbours);
}

function newName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} (${number})`;
  taken.add(name);
  return name;
}
