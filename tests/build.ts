import { compile } from "./compile.mjs";

/** Compiles `src/` to `dist/` before the tests, because worker threads cannot load TypeScript on Node 20. */
export default function build(): void {
  if (!compile()) throw new Error("The package does not compile.");
}
