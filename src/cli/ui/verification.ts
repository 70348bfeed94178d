import { wrap } from "./display-width.ts";
import { formatCount, formatNumber, formatSpan } from "./number-format.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** What came of running every script of a run again. */
interface Verification {
  readonly results: readonly {
    readonly trial: string;
    readonly status: "same" | "different" | "edited" | "failed";
    readonly message: string;
  }[];
  readonly seconds: number;
}

/** Scripts listed one by one before the rest is only counted. */
const listed = 20;

/** "143 of 143 scripts give the recorded scores to the last bit   (Node 20.20)   38 s". */
export function renderVerification(
  { results, seconds }: Verification,
  view: { readonly paint: Paint; readonly width: number; readonly node: string },
): string {
  const { paint } = view;
  const same = results.filter(({ status }) => status === "same").length;
  const edited = results.filter(({ status }) => status === "edited").length;
  const broken = results.filter(({ status }) => status === "different" || status === "failed");
  const lines = broken.slice(0, listed).flatMap(({ trial, status, message }) => {
    const [first = "", ...rest] = wrap(printable(message), Math.max(20, view.width - 20));
    const head = `  ${printable(trial)}   ${status.padEnd(9)}   `;
    return [paint.bad(head) + first, ...rest.map((line) => " ".repeat(head.length) + line)];
  });
  if (broken.length > listed) lines.push(`  and ${formatNumber(broken.length - listed)} more`);
  const compared = results.length - edited;
  const summary = `${formatNumber(same)} of ${formatCount(compared, "script")} give the recorded scores to the last bit`;
  const verdict = broken.length > 0 ? paint.bad(summary) : paint.good(summary);
  lines.push(`  ${verdict}   (Node ${view.node})   ${formatSpan(Math.round(seconds))}`);
  if (edited > 0)
    lines.push(
      `  ${formatCount(edited, "script has been", "scripts have been")} edited since: not compared`,
    );
  return lines.map((line) => `${line}\n`).join("");
}
