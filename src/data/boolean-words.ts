/** Words for true and false in lower case, trimmed. A cell is read by them wherever a column is declared boolean. */
export const truthyWords: readonly string[] =
  "true yes t y 1 1.0 on j ja si s\u00ed sim oui vrai wahr verdadero verdadeiro vero tak ano evet kyll\u00e4 \uc608 \ub124 \ucc38 \u306f\u3044 \u3042\u308a \u6709 \u6709\u308a \u771f \u662f \uc788\uc74c \uc720 \u0434\u0430 .true. enabled ok".split(
    " ",
  );
export const falsyWords: readonly string[] =
  "false no f n 0 0.0 off nein non n\u00e3o nao faux falsch falso nie ne hay\u0131r ei \uc544\ub2c8\uc624 \uc544\ub2c8\uc694 \uac70\uc9d3 \u3044\u3044\u3048 \u306a\u3057 \u65e0 \u7121 \u7121\u3057 \u507d \uc5c6\uc74c \ubb34 \u5426 \u4e0d\u662f \u043d\u0435\u0442 .false. disabled".split(
    " ",
  );

/** Letters that mean yes or no only beside their opposite: F and N alone are any two levels. */
const letterPairs: readonly (readonly [no: string, yes: string])[] = [
  ["f", "t"],
  ["n", "y"],
  ["n", "j"],
];

/**
 * Whether the different words of a column, in lower case, are yes and no: at least one of each, and single letters only
 * as a pair that belongs together ("N" and "O" may be north and west).
 */
export function areBooleans(words: readonly string[]): boolean {
  const yes = words.filter((word) => truthyWords.includes(word));
  const no = words.filter((word) => falsyWords.includes(word));
  if (yes.length === 0 || no.length === 0 || yes.length + no.length < words.length) return false;
  const letters = words.filter((word) => /^\p{L}$/u.test(word) && /^[a-z]$/.test(word));
  if (letters.length === 0) return true;
  const [yesLetters, noLetters] = [letters.filter(isIn(yes)), letters.filter(isIn(no))];
  if (yesLetters.length > 0 && noLetters.length > 0) {
    return letterPairs.some(([n, y]) => letters.every((letter) => letter === n || letter === y));
  }
  // A letter beside words of the same sort: "Y", "yes", "no".
  return yes.some((word) => word.length > 1) && no.some((word) => word.length > 1);
}

function isIn(words: readonly string[]): (word: string) => boolean {
  return (word) => words.includes(word);
}
