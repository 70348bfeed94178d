/** Share of the rows outside the test part that a single validation part holds, where nothing else is said. */
export const heldOutShare = 0.2;

/** Share of them, the latest, that the validation parts of a rolling origin hold together. */
export const validatedInTime = 0.5;

/** What a spec says of that share: nothing with several folds, which hold every row. */
export function heldOut(folds: number, share = heldOutShare): { readonly validation?: number } {
  return folds === 1 ? { validation: share } : {};
}
