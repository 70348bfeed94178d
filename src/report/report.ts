import { buildModel } from "./model/build-model.ts";
import { renderPage } from "./page.ts";
import type { ReportInput } from "./report-input.ts";

export type { ReportInput } from "./report-input.ts";

/**
 * The report of a run as one HTML page that needs nothing else: no network, no other file. A pure function of its
 * input. With `otherRuns` the page compares them with this one.
 */
export function renderReport(input: ReportInput): string {
  return renderPage(buildModel(input), "report");
}
