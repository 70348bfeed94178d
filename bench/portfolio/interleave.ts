/** The first of each group, then all mixed so that every beginning of the list has about its share of each; within a group in order. */
export function interleave<T>(items: readonly T[], groupOf: (item: T) => string): T[] {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(groupOf(item), (sizes.get(groupOf(item)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return items
    .map((item, index) => {
      const group = groupOf(item);
      const before = seen.get(group) ?? 0;
      seen.set(group, before + 1);
      return { item, index, position: before / sizes.get(group)! };
    })
    .sort((a, b) => a.position - b.position || a.index - b.index)
    .map(({ item }) => item);
}
