/** The commonest text that is not empty, and its share of those that are not. */
export interface Commonest {
  readonly text: string;
  readonly share: number;
}

/** Of texts that are equally common the first by code unit; "" with a share of 1 where all are empty. */
export function commonest(texts: readonly string[]): Commonest {
  const counts = new Map<string, number>();
  const filled = texts.filter((text) => text !== "");
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (first === undefined) return { text: "", share: 1 };
  return { text: first[0], share: first[1] / filled.length };
}
