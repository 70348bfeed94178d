import type { RunRecord } from "../core/run-record.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import { compileCharts } from "./charts/build-charts.ts";
import { profileCharts } from "./charts/profile-charts.ts";
import { plural } from "./format.ts";
import { buildReading, type DataContext } from "./model/data-section.ts";
import type { ExploreModel } from "./model/explore-model.ts";
import { buildProfile, targetSize } from "./model/profile-section.ts";
import { fileName } from "./model/summary.ts";
import { ShortNames, shorten, visibleName } from "./names.ts";
import { renderPage } from "./page.ts";

/** Everything the page of an exploration is made from. The same input gives the same text, byte for byte. */
export interface ExplorePageInput {
  readonly data: RunRecord["data"];
  /** Null: no column can be one. */
  readonly target: RunRecord["target"] | null;
  readonly columns: RunRecord["columns"];
  readonly checks: RunRecord["checks"];
  readonly profile: DataProfile;
  readonly toolVersion: string;
}

const longestText = 400;

/** An exploration as one HTML page that needs nothing else: no network, no other file. Pure. */
export function renderExplorePage(input: ExplorePageInput): string {
  const { data, columns, checks, profile } = input;
  const names = new ShortNames();
  const sentence = (text: string): string => shorten(visibleName(text), longestText);
  for (const column of columns) names.of(column.name);
  const target = input.target ?? { name: "none", why: "no column of numbers" };
  const context: DataContext = {
    names,
    sentence,
    record: { data, target, columns, checks, seed: null },
  };
  const rows = input.target === null ? "All {rows}" : "All {rows} that have a target";
  const model: ExploreModel = {
    version: 1,
    title: sentence(fileName(data.path)),
    lead: leadOf(input, names),
    tool: `glassbox-automl ${input.toolVersion}`,
    noSamples: !profile.samples,
    data: { ...buildReading(context), split: null, profile: buildProfile(profile, names, rows) },
    charts: compileCharts(profileCharts(targetSize(profile))),
  };
  return renderPage(model, "explore");
}

function leadOf({ data, target, columns }: ExplorePageInput, names: ShortNames): string {
  const size = `${plural(data.rows, "row")} and ${plural(columns.length, "column")}`;
  return target === null
    ? `${size}; no target.`
    : `${size}; everything is held against ${names.of(target.name)}.`;
}
