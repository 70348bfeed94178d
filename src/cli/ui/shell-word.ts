/** A value as one word of a command line to paste: quoted when a shell would take it apart. */
export function shellWord(value: string): string {
  if (/^[\p{L}\p{N}_./:@%+,-]+$/u.test(value) && !value.startsWith("-")) return value;
  return `'${value.replaceAll("'", "'\\''")}'`;
}
