import type { Spec } from "vega";
import type { DataModel } from "./report-model.ts";

/** What the page of an exploration is drawn from: the data part of a report, and nothing else. */
export interface ExploreModel {
  readonly version: 1;
  readonly title: string;
  readonly lead: string;
  readonly tool: string;
  readonly noSamples: boolean;
  readonly data: DataModel;
  readonly charts: { readonly [chart: string]: Spec };
}
