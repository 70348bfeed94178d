import { describe, expect, it } from "vitest";
import type { Exploration } from "../../../src/app/explore.ts";
import { renderExploration } from "../../../src/cli/ui/exploration.ts";
import type { TrainEvent } from "../../../src/core/events.ts";
import type { ColumnRecord } from "../../../src/core/run-record.ts";
import type { ColumnProfile } from "../../../src/data/profile/profile.ts";

const column = (name: string, more: Partial<ColumnRecord> = {}): ColumnRecord => ({
  name,
  type: "numeric",
  role: "feature",
  reason: "All 280 filled cells are numbers.",
  missing: 0,
  distinct: 50,
  ...more,
});

const related = (name: string, spearman: number | null, ratio: number) =>
  ({ name, relation: { spearman, ratio, strength: Math.max(ratio, 0.2) } }) as ColumnProfile;

/** 290 rows were read, and 271 of them have a target. */
function shown(columns: readonly ColumnRecord[], profiles: readonly ColumnProfile[]): string {
  const exploration = {
    directory: "/data/explore-t",
    target: { name: "y", why: "given" },
    columns,
    checks: [],
    profile: { rows: 271, columns: profiles },
    files: ["explore.html"],
  } as unknown as Exploration;
  const read: TrainEvent = {
    type: "data-read",
    path: "/data/t.csv",
    rows: 290,
    columns: columns.length,
    format: "comma, UTF-8",
    fileRows: 290,
    notes: [],
    seconds: 0,
  };
  return renderExploration(exploration, [read], {
    width: 100,
    workingDirectory: "/data",
    command: "automl",
    data: "t.csv",
  });
}

describe("renderExploration", () => {
  it("counts missing cells of all rows that were read", () => {
    expect(shown([column("mostly", { missing: 277 })], [])).toMatch(/277 \(96\s%\)/);
  });

  it("says what the numbers beside the columns are, if there are any", () => {
    const both = shown(
      [column("a"), column("b")],
      [related("a", 0.71, 0.71), related("b", null, 0.4)],
    );
    expect(both).toContain("with y: numbers like 0.71 are correlations of ranks");
    expect(both.replaceAll(/\s+/g, " ")).toContain("shares like 16 % are the part of its variance");
    expect(shown([column("a")], [related("a", 0.71, 0.71)])).not.toContain("shares like");
    expect(shown([column("a")], [])).not.toContain("with y:");
  });

  it("says where a reason that is cut stands in full", () => {
    const long = column("a", { reason: "word ".repeat(60).trim() });
    expect(shown([long], [])).toContain("…: the whole reason stands in the page");
    expect(shown([column("a")], [])).not.toContain("…");
  });
});
