import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Journal, readJournal } from "../../src/engine/journal.ts";

function scratch(): string {
  return join(mkdtempSync(join(tmpdir(), "journal-")), "journal.jsonl");
}

describe("journal", () => {
  it("writes one line per event, numbered, and reads them back", () => {
    const path = scratch();
    const journal = Journal.open(path);
    journal.append({ type: "test-opened", trial: "001" });
    journal.append({ type: "run-finished", elapsedSeconds: 1, stopped: "done" });
    const lines = readJournal(path);
    expect(lines.map((line) => [line.sequence, line.type])).toEqual([
      [0, "test-opened"],
      [1, "run-finished"],
    ]);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(3);
  });

  it("ignores a torn last line, and cuts it off before it goes on", () => {
    const path = scratch();
    Journal.open(path).append({ type: "test-opened", trial: "001" });
    appendFileSync(path, '{"sequence":1,"type":"test-op');
    expect(readJournal(path)).toHaveLength(1);
    Journal.open(path).append({ type: "test-opened", trial: "002" });
    expect(readJournal(path).map((line) => line.sequence)).toEqual([0, 1]);
  });

  it("says which line is damaged when it is not the last", () => {
    const path = scratch();
    writeFileSync(
      path,
      '{"sequence":0,"type":"test-opened","trial":"1"}\n{oops}\n{"sequence":2}\n',
    );
    expect(() => readJournal(path)).toThrow(expect.objectContaining({ code: "AUTOML_RUN_BROKEN" }));
    expect(() => readJournal(path)).toThrow(/Line 2/);
  });

  it.each([
    "null",
    "7",
    "{}",
    '{"type":"trial-finished"}',
    '{"type":"trial-edited","detail":null}',
  ])("takes a line that holds no event for damaged: %s", (line) => {
    const path = scratch();
    writeFileSync(path, `{"sequence":0,"type":"test-opened","trial":"1"}\n${line}\n`);
    expect(() => readJournal(path)).toThrow(/Line 2 .* is damaged/);
  });

  it("passes over events of a later version", () => {
    const path = scratch();
    writeFileSync(path, '{"sequence":0,"type":"weather-changed"}\n');
    expect(readJournal(path)).toHaveLength(1);
  });

  it("has a code for a run that is not there", () => {
    expect(() => readJournal(scratch())).toThrow(
      expect.objectContaining({ code: "AUTOML_RUN_UNKNOWN" }),
    );
  });
});
