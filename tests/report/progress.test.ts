import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/core/run-record.ts";
import { buildModel } from "../../src/report/model/build-model.ts";
import { clientSource } from "./client-script.ts";
import { fixtureRun } from "./fixture.ts";

describe("the curve of the best score by the clock", () => {
  const run = fixtureRun({ trials: 11 });
  const [first, second] = run.record.trials;
  const progress: RunRecord["progress"] = [
    { trial: first!.id, score: 130_288.123456, trials: 1, units: 10, elapsedSeconds: 0.51234567 },
    { trial: second!.id, score: 71_805, trials: 2, units: 20, elapsedSeconds: 2 },
  ];

  it("is the one of the record, up to the end of the run", () => {
    const { search } = buildModel({ ...run, record: { ...run.record, progress } });
    expect(search.progress).toEqual([
      { id: first!.id, score: 130_288, seconds: 0.512346 },
      { id: second!.id, score: 71_805, seconds: 2 },
    ]);
    expect(search.elapsedSeconds).toBeCloseTo(run.record.elapsedSeconds, 3);
  });

  it("has a chart, and is offered only where a run wrote it down", () => {
    const model = buildModel(run);
    expect(model.search.progress).toEqual([]);
    expect(model.charts).toHaveProperty("progressByClock");
    expect(clientSource("search")).toContain("model.search.progress.length > 0");
  });
});
