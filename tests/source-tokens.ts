export interface Token {
  readonly kind: "word" | "number" | "string" | "template" | "regex" | "mark";
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const afterValue = /^(?:[\])}]|\+\+|--)$/;
const beforeRegex = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "do",
  "else",
  "void",
  "delete",
]);
const marks = /\*\*=?|=>|===?|!==?|\+\+|--|&&|\|\||\?\?|\?\.|\.{3}|[^\s\w]/y;
const patterns = {
  space: /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  string: /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/y,
  number: /\d[\w.]*(?:[eE][+-]\d+)?/y,
  word: /[#@]?[A-Za-z_$][\w$]*/y,
  regex: /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/y,
};

/**
 * The tokens of TypeScript source without comments: enough to find imports and banned constructs without being fooled
 * by what stands in strings. A template is one token per literal piece; what is between `${` and `}` is tokenized.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const open: ("brace" | "template")[] = [];
  let at = 0;
  let line = 1;

  const take = (kind: Token["kind"] | null, end: number): void => {
    const text = source.slice(at, end);
    if (kind) tokens.push({ kind, text, line });
    line += text.split("\n").length - 1;
    at = end;
  };
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : -1;
  };
  const regexMayStart = (): boolean => {
    const last = tokens.at(-1);
    if (!last) return true;
    if (last.kind === "word") return beforeRegex.has(last.text);
    return last.kind === "mark" && !afterValue.test(last.text);
  };
  /** From a backtick or a closing brace to the next `${` or the closing backtick. */
  const takeTemplate = (): void => {
    let end = at + 1;
    while (end < source.length && source[end] !== "`" && !source.startsWith("${", end))
      end += source[end] === "\\" ? 2 : 1;
    if (source[end] === "`") take("template", end + 1);
    else {
      open.push("template");
      take("template", end + 2);
    }
  };

  while (at < source.length) {
    let end = match(patterns.space);
    if (end > 0) {
      take(null, end);
      continue;
    }
    if (source[at] === "`") {
      takeTemplate();
      continue;
    }
    if (source[at] === "}" && open.pop() === "template") {
      takeTemplate();
      continue;
    }
    if (source[at] === "{") open.push("brace");
    if ((end = match(patterns.string)) > 0) take("string", end);
    else if ((end = match(patterns.number)) > 0) take("number", end);
    else if ((end = match(patterns.word)) > 0) take("word", end);
    else if (source[at] === "/" && regexMayStart() && (end = match(patterns.regex)) > 0)
      take("regex", end);
    else take("mark", Math.max(match(marks), at + 1));
  }
  return tokens;
}
