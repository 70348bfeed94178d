const constants: ReadonlySet<string> = new Set(["mean", "median"]);

/** True for a family that predicts one and the same value for every row: what any model has to beat. */
export function isConstant(family: string): boolean {
  return constants.has(family);
}
