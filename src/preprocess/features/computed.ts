/**
 * The type level of derived columns: which columns an expression reads, for the compiler to ask for them in a row. The
 * expression language itself is in `preprocess/expression`; what cannot be worked out here is left to the run.
 */

/** Stands in a feature's type for the value of a computed column; `E` is its expression. */
export interface Computed<E extends string = string> {
  readonly computed: E;
}

type Blank = " " | "\t" | "\n" | "\r";
type Delimiter = Blank | "+" | "-" | "*" | "/" | "^" | "(" | ")" | ",";
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | ".";

/** A word is a column unless it is a number, a function in front of its parenthesis, or nothing. */
type Word<W extends string, Next extends string> = W extends "" | `${Digit}${string}`
  ? never
  : Next extends `(${string}` | ` (${string}`
    ? never
    : W;

/**
 * Names of the columns that an expression reads: `"log(sqft) / beds"` gives `"sqft" | "beds"`. Nothing for an expression
 * that the compiler does not know. Goes through the text a character at a time, which the compiler does to a depth of
 * 1,000.
 */
export type ExpressionColumns<
  E extends string,
  W extends string = "",
  Found = never,
> = string extends E
  ? never
  : E extends `${infer C}${infer Rest}`
    ? C extends '"' | "`"
      ? Rest extends `${infer Name}${C}${infer After}`
        ? ExpressionColumns<After, "", Found | Name>
        : Found
      : C extends Delimiter
        ? ExpressionColumns<Rest, "", Found | Word<W, E>>
        : ExpressionColumns<Rest, `${W}${C}`, Found>
    : Found | Word<W, "">;
