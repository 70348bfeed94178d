/** A finding and what was done about it as one text; either may be empty. */
export function joinSentences(message: string, action: string): string {
  const [first, second] = [tidy(message), tidy(action)];
  if (first === "" || second === "") return first + second;
  return `${first}${/[.:;!?…]$/.test(first) ? "" : "."} ${second}`;
}

/** Without blanks around it and with one mark where two met: a quoted name may end with one of its own. */
function tidy(sentence: string): string {
  const trimmed = sentence.trim();
  return /^[.:;,\s]*$/.test(trimmed) ? "" : trimmed.replace(/(?<![.:])([.:])\1$/, "$1");
}
