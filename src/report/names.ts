const longest = 60;

/** Characters that draw nothing, move other text about, or break a line, with what is shown in their place. */
// oxlint-disable-next-line no-control-regex -- these are the characters to be made visible
const invisible = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A name in which control characters and direction marks can be seen and do nothing. */
export function visibleName(name: string): string {
  return name.replace(invisible, (character) => {
    if (character === "\n") return "⏎";
    if (character === "\t") return "⇥";
    return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** At most `limit` characters of a text, with an ellipsis for the rest; never cut inside a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/**
 * A name that may be a key of a plain object, as Vega makes one of each nominal value: the names that every object has
 * already (`__proto__`, `constructor`, ...) get quotes, and look like what they are.
 */
export function harmlessKey(name: string): string {
  return name in Object.prototype ? `“${name}”` : name;
}

/** Short, visible and distinct names for what a page shows many times: columns, whose real names may have 10 kB. */
export class ShortNames {
  readonly #short = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The short name of `name`; the same every time, and different from that of every other name. */
  of(name: string): string {
    const known = this.#short.get(name);
    if (known !== undefined) return known;
    const base = harmlessKey(shorten(visibleName(name), longest));
    let candidate = base === "" ? "(no name)" : base;
    for (let i = 2; this.#taken.has(candidate); i++) candidate = `${base} (${i})`;
    this.#short.set(name, candidate);
    this.#taken.add(candidate);
    return candidate;
  }
}
