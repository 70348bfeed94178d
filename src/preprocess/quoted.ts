/** A column name or value for a message: in quotes, control characters escaped, long ones cut. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** Several names for a message: the first three, and how many more. */
export function quotedList(names: readonly string[]): string {
  const shown = names.slice(0, names.length === 4 ? 4 : 3).map(quoted);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
