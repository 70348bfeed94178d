/** How the digits of a number are written. */
export interface Skeleton {
  /** The number 1234.5. */
  readonly example: string;
  /** What stands between groups of digits, as characters of a regular expression class; empty for nothing. */
  readonly group: string;
  readonly decimal: "." | ",";
}

/** Written without a group, with every number of digits; the first that fits all cells is the one. */
export const skeletons: readonly Skeleton[] = [
  { example: "1234.5", group: "", decimal: "." },
  { example: "1,234.5", group: ",", decimal: "." },
  { example: "1234,5", group: "", decimal: "," },
  { example: "1.234,5", group: ".", decimal: "," },
  { example: "1 234,5", group: " \u00a0\u202f", decimal: "," },
  { example: "1 234.5", group: " \u00a0\u202f", decimal: "." },
  { example: "1'234.5", group: "'\u2019", decimal: "." },
];

/** The digits of a number: groups of three (of two in India), never behind a lone 0, which begins a decimal. */
export function digitsPattern({ group, decimal }: Skeleton): string {
  const fraction = `(?:[${decimal}][0-9]+)?`;
  if (group === "") return `[0-9]+${fraction}|[${decimal}][0-9]+`;
  return `[1-9][0-9]{0,2}(?:[${group}][0-9]{2,3})*[${group}][0-9]{3}${fraction}|[0-9]+${fraction}`;
}

/** Where in a format the example of a number stands. */
export function findSkeleton(format: string): { at: number; skeleton: Skeleton } | undefined {
  for (const skeleton of skeletons) {
    const at = format.indexOf(skeleton.example);
    if (at >= 0) return { at, skeleton };
  }
  return undefined;
}

/** The number that digits written in this way are. */
export function digitsValue(digits: string, { group, decimal }: Skeleton): number {
  const plain = group === "" ? digits : digits.replace(new RegExp(`[${group}]`, "gu"), "");
  return Number(plain.replace(decimal, "."));
}
