/**
 * The words of a column name in lower case: cut at anything that is no letter or digit, where camel case changes and
 * between letters and digits. "sale_price", "SalePrice" and "Sale price (USD)" all start with "sale", "price".
 */
export function nameWords(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/(\p{L})(\d)/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
