import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explore } from "../../src/app/explore.ts";
import { train } from "../../src/index.ts";
import type { AutomlError } from "../../src/core/errors.ts";
import type { TrainEvent } from "../../src/core/events.ts";
import { readJournal } from "../../src/engine/journal.ts";
import { houseCsv, temporaryFolder } from "./script/house-run.ts";

const folder = temporaryFolder();
afterAll(folder.clear);
const file = (name: string, text: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};
let houses = "";

beforeAll(() => {
  houses = file("houses.csv", houseCsv());
});

describe("explore", () => {
  it("writes a page, a script, a notebook and the schema, and trains nothing", async () => {
    const events: TrainEvent[] = [];
    const out = join(folder.path, "seen");
    const found = await explore(houses, { out, on: { event: (event) => events.push(event) } });
    expect(found.target?.name).toBe("price");
    expect(found.profile.rows).toBe(90);
    expect(events.map(({ type }) => type)).toEqual(["data-read", "target", "columns", "checks"]);
    expect(
      readdirSync(out)
        .filter((name) => name !== "node_modules")
        .sort(),
    ).toEqual([
      "data",
      "explore.html",
      "explore.ipynb",
      "explore.ts",
      "package.json",
      "tsconfig.json",
    ]);
    expect(found.files.every((name) => existsSync(join(out, name)))).toBe(true);
    expect(readFileSync(join(out, "explore.ts"), "utf8")).toContain('readTable("../houses.csv"');
    const schema = JSON.parse(readFileSync(join(out, "data/schema.json"), "utf8")) as {
      columns: { name: string }[];
    };
    expect(schema.columns.map(({ name }) => name)).toEqual([
      "area",
      "rooms",
      "town",
      "sold",
      "price",
    ]);
  });

  it("writes the same bytes again", async () => {
    const outs = ["one", "two"].map((name) => join(folder.path, name));
    for (const out of outs) await explore(houses, { out });
    for (const name of ["explore.html", "explore.ts", "explore.ipynb"]) {
      const [one, two] = outs.map((out) => readFileSync(join(out, name), "utf8"));
      expect(one === two).toBe(true);
    }
  });

  it("looks at a table that has nothing to predict", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${["a", "b", "c"][i % 3]},${"xy"[i % 2]}`);
    const out = join(folder.path, "words");
    const found = await explore(file("words.csv", `kind,sign\n${rows.join("\n")}\n`), { out });
    expect(found.target).toBeNull();
    expect(found.checks).toHaveLength(1);
    expect(found.checks[0]?.severity).toBe("error");
    expect(found.profile.columns.map(({ name }) => name)).toEqual(["kind", "sign"]);
    expect(found.files).toEqual(["explore.html", "data/schema.json"]);
  });

  it("tells broken rows beside a target that is no number, and does not contradict itself", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i * 7},${i % 9 === 4 ? "err" : i * 3}.5`);
    const text = `x,y\n${rows.join("\n").replaceAll("err.5", "err")}\n1,2,3\n`;
    const found = await explore(file("err.csv", text), { out: join(folder.path, "err") });
    expect(found.checks.map(({ code }) => code)).toEqual(["target-not-numeric", "broken-rows"]);
    expect(found.checks[0]!.action).toContain("Also left out: 1 row that does not fit the header");
    const y = found.columns.find(({ name }) => name === "y")!;
    expect(y.reason).toMatch(/count as missing, as they may in a feature, but not in a target\.$/);
  });

  it("says what is wrong when there are next to no rows, weights or numbers", async () => {
    const out = join(folder.path, "wrong");
    const one = await explore(file("one.csv", "a,b\n1,2\n"), { out });
    expect(one.checks[0]).toMatchObject({ code: "too-few-rows" });
    expect(one.checks[0]!.message).toContain("1 row below the header");
    await expect(explore(houses, { out: `${out}-2`, weightCol: "town" })).rejects.toMatchObject({
      code: "AUTOML_WEIGHT_INVALID",
    });
    const words = await explore(houses, { out: `${out}-3`, target: "town" }).catch(
      (error: unknown) => error as AutomlError,
    );
    expect(words).toMatchObject({
      code: "AUTOML_TARGET_NOT_NUMERIC",
      hint: "Only numbers can be predicted (regression): choose a target that holds numbers.",
    });
  });

  it("writes nothing when the data or the target cannot be used", async () => {
    const out = join(folder.path, "nothing");
    await expect(explore(houses, { out, target: "prise" })).rejects.toMatchObject({
      code: "AUTOML_TARGET_UNKNOWN",
    });
    await expect(explore(join(folder.path, "no.csv"), { out })).rejects.toMatchObject({
      code: "AUTOML_FILE_MISSING",
    });
    expect(existsSync(out)).toBe(false);
  });

  it("keeps cells out when it is asked to", async () => {
    const out = join(folder.path, "closed");
    await explore(houses, { out, samples: false });
    for (const name of ["explore.html", "explore.ts", "explore.ipynb", "data/schema.json"]) {
      expect(readFileSync(join(out, name), "utf8")).not.toMatch(/\bElm\b/);
    }
  });

  it("asks for danfojs where a DataFrame is wanted", async () => {
    const out = join(folder.path, "frame");
    await explore(houses, { out, frame: "danfo" });
    expect(readFileSync(join(out, "explore.ts"), "utf8")).toContain("toDanfo<DataFrame>");
    expect(JSON.parse(readFileSync(join(out, "package.json"), "utf8"))).toMatchObject({
      dependencies: { "danfojs-node": "1.2.0" },
      overrides: { xlsx: "npm:xlsx@0.18.5" },
    });
  });
});

describe("a run", () => {
  it("leaves its exploration, of the training rows, in script, notebook, journal and report", async () => {
    const out = join(folder.path, "run");
    await train(houses, { out, target: "price", maxTrials: 2, families: ["mean", "linear"] });
    expect(readFileSync(join(out, "explore.ts"), "utf8")).toContain("rows: parts.training");
    expect(readFileSync(join(out, "explore.ipynb"), "utf8")).toContain("72 rows, 5 columns");
    const lines = readJournal(join(out, "journal.jsonl"));
    const profiled = lines.find((line) => line.type === "data-profiled");
    expect(profiled?.type === "data-profiled" && profiled.profile.rows).toBe(72);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("the test rows stay closed");
  }, 30_000);
});
