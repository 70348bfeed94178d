import type { FeatureSpec } from "../../core/trial-spec.ts";

/** What each kind of preparation does, in the order in which a script explains those it uses. */
const explanations: readonly (readonly [used: (spec: FeatureSpec) => boolean, text: string])[] = [
  [encodedBy("native"), "native: the trees split on the levels themselves."],
  [encodedBy("oneHot"), "oneHot: one 0/1 column per level."],
  [
    encodedBy("targetEncode"),
    "targetEncode: the level's mean target, drawn to the overall mean; a row's own fold is left out.",
  ],
  [encodedBy("ordinal"), "ordinal: 0, 1, 2 ... in the order given."],
  [encodedBy("frequency"), "frequency: the share of training rows that have the level."],
  [(spec) => "impute" in spec, "impute: missing cells take this value of the training rows."],
  [(spec) => "flagMissing" in spec, "flagMissing: one more column, 1 where the cell is missing."],
  [(spec) => "log" in spec, "log: sign(x) log(1 + |x|), for columns with a long tail."],
  [(spec) => "clip" in spec, "clip: values outside are set to the nearer bound."],
  [(spec) => spec.kind === "date", "parts: one column each; elapsed counts days."],
  [
    (spec) => spec.kind === "text",
    "text: length, number of words, and 0/1 columns of the most frequent words.",
  ],
];

/** Comment lines that explain the preparations these features use, so that the list reads by itself. */
export function featureNotes(features: readonly FeatureSpec[]): string[] {
  return explanations.filter(([used]) => features.some(used)).map(([, text]) => `// ${text}`);
}

function encodedBy(encoding: string): (spec: FeatureSpec) => boolean {
  return (spec) => spec.kind === "category" && spec.encode?.by === encoding;
}
