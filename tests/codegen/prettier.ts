import { format } from "prettier";

/** A script as prettier leaves it, at the width of the house style. */
export function prettier(script: string): Promise<string> {
  return format(script, { parser: "typescript", printWidth: 100 });
}
