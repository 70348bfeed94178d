import type { Verification, VerifiedTrial } from "../../app/verify.ts";
import { wrap } from "./display-width.ts";
import { formatCount, plural } from "../../report/format.ts";
import { formatClock } from "./number-format.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** Kinds of trouble listed one by one before the rest is only counted. */
const listed = 20;

/** "143 of 143 scripts give the recorded scores to the last bit   (Node 20.20; recorded with 20.20)   38 s". */
export function renderVerification(
  verification: Pick<Verification, "results" | "scripts" | "seconds" | "node">,
  view: { readonly paint: Paint; readonly width: number; readonly node: string },
): string {
  const { results, scripts, seconds, node } = verification;
  const { paint, width } = view;
  const broken = results.filter(({ status }) => status !== "same");
  const alike = groupAlike(broken);
  const lines = alike.slice(0, listed).flatMap(([{ trial, status, message }, ...others]) => {
    const [first = "", ...rest] = wrap(printable(message), Math.max(20, width - 20));
    const more = others.length === 0 ? "" : ` and ${formatCount(others.length)} more`;
    const head = `  ${printable(trial)}${more}   ${status.padEnd(9)}   `;
    return [paint.bad(head) + first, ...rest.map((line) => " ".repeat(head.length) + line)];
  });
  const unlisted = alike.slice(listed).reduce((sum, group) => sum + group.length, 0);
  if (unlisted > 0) lines.push(`  and ${formatCount(unlisted)} more`);
  const isPartial = results.length < scripts;
  const verdict = isPartial ? partialVerdict(verification) : wholeVerdict(verification);
  const versions = `(Node ${shortVersion(view.node)}; recorded with ${shortVersion(node)})`;
  const color = broken.length > 0 ? paint.bad : isPartial ? paint.warning : paint.good;
  const painted = color(verdict);
  lines.push(`  ${painted}   ${versions}   ${formatClock(Math.round(seconds))}`);
  const edited = results.filter((result) => result.edited).map(({ trial }) => printable(trial));
  if (edited.length > 0) {
    const which = `${plural(edited.length, "script was", "scripts were")} changed in the run folder`;
    const text = `${which}: the original was checked (${edited.slice(0, listed).join(", ")})`;
    lines.push(...wrap(text, width - 3).map((line) => `  ${line}`));
  }
  return lines.map((line) => `${line}\n`).join("");
}

type Counted = Pick<Verification, "results" | "scripts">;

const asRecorded = "the recorded scores to the last bit";

function countSame({ results }: Counted): number {
  return results.filter(({ status }) => status === "same").length;
}

function wholeVerdict(verification: Counted): string {
  const scripts = plural(verification.scripts, "script gives", "scripts give");
  return `${formatCount(countSame(verification))} of ${scripts} ${asRecorded}`;
}

/** Of a verification that Ctrl-C ended. */
function partialVerdict(verification: Counted): string {
  const { results, scripts } = verification;
  if (results.length === 0) return `Interrupted: none of ${plural(scripts, "script")} was checked`;
  const same = countSame(verification);
  const checked = `${formatCount(results.length)} of ${plural(scripts, "script was", "scripts were")} checked`;
  return `Interrupted: ${checked}, and ${formatCount(same)} of these ${same === 1 ? "gives" : "give"} ${asRecorded}`;
}

type Group = [VerifiedTrial, ...VerifiedTrial[]];

/** Trials with one and the same trouble (the data file is gone) are told once. */
function groupAlike(results: readonly VerifiedTrial[]): Group[] {
  const groups = new Map<string, Group>();
  for (const result of results) {
    const key = `${result.status} ${result.message}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  return [...groups.values()];
}

/** "20.20.2" -> "20.20": patches of Node do not change its arithmetic. */
function shortVersion(version: string): string {
  return printable(version).split(".").slice(0, 2).join(".");
}
