/** A number for people: five digits that matter, thousands apart from 10 000 on. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return String(Number(value.toPrecision(3)));
  return groupThousands(size >= 1e5 ? Math.round(value) : Number(value.toPrecision(5)));
}

/** "1 row", "12 500 rows". */
export function countText(count: number, singular: string): string {
  return `${groupThousands(count)} ${singular}${count === 1 ? "" : "s"}`;
}

function groupThousands(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
