import type { FeatureSpec } from "../../core/trial-spec.ts";

/** What each kind of preparation does, in the order in which a script explains those it uses. */
const explanations: readonly (readonly [used: (spec: FeatureSpec) => boolean, text: string])[] = [
  [encodedBy("native"), "native: the trees split on the levels themselves."],
  [encodedBy("oneHot"), "oneHot: one 0/1 column per level."],
  [
    (spec) =>
      spec.kind === "category" && spec.encode?.by === "oneHot" && spec.encode.minRows !== undefined,
    "minRows: levels of fewer training rows, and levels never seen, share one column.",
  ],
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
    (spec) => spec.kind === "date" && spec.parts?.some((part) => part.endsWith("Cycle")) === true,
    "A cycle is two columns, sine and cosine, so that December lies beside January.",
  ],
  [
    (spec) => spec.kind === "derived",
    "derived: computed from other columns; days(a, b) is date a - date b in days.",
  ],
  [
    (spec) => spec.kind === "text",
    "text: length, number of words, and 0/1 columns of the most frequent words.",
  ],
  [
    (spec) => spec.kind === "text" && spec.hashed !== undefined,
    "hashed: words and pieces of words of 3 to 5 signs, each in the column its hash tells.",
  ],
  [
    (spec) => spec.kind === "text" && spec.numbers !== undefined,
    "numbers: the first numbers in the text, one column each; 0 where there are fewer.",
  ],
  [
    (spec) => spec.kind === "text" && spec.shape !== undefined,
    "shape: digits, capital letters, other signs, signs per word.",
  ],
];

/** Comment lines that explain the preparations these features use, so that the list reads by itself. */
export function featureNotes(features: readonly FeatureSpec[]): string[] {
  return explanations.filter(([used]) => features.some(used)).map(([, text]) => `// ${text}`);
}

function encodedBy(encoding: string): (spec: FeatureSpec) => boolean {
  return (spec) => spec.kind === "category" && spec.encode?.by === encoding;
}
