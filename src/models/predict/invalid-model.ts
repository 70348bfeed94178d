import { AutomlError } from "../../core/errors.ts";

/** The error for a saved model that is damaged, or was never one. */
export function invalidModel(why: string): AutomlError {
  return new AutomlError("AUTOML_MODEL_INVALID", `The saved model cannot be used: ${why}.`);
}
