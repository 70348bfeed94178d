import { describe, expect, it } from "vitest";
import type { ExploreDataOptions, Exploration } from "../../../src/app/explore.ts";
import { runCli } from "../../../src/cli/program.ts";
import { profileTable } from "../../../src/data/profile/profile-table.ts";
import { levels, numbers, tableOf } from "../../data/profile/tables.ts";
import { fakeCli } from "../fake-terminal.ts";

const price = Array.from({ length: 100 }, (_, i) => i);
const profile = profileTable(
  tableOf([
    numbers(
      "sqft",
      price.map((value) => 2 * value),
    ),
    levels(
      "city",
      price.map((value) => (value < 50 ? "low" : "high")),
    ),
    numbers("price", price),
  ]),
  { target: "price" },
);

const exploration: Exploration = {
  directory: "/home/me/automl-runs/explore-houses-1120-1841",
  target: { name: "price", why: "by its name" },
  columns: [
    column("row", "identifier", "Counts the rows."),
    column("sqft", "feature", "All 100 filled cells are numbers."),
    column("city\u001b[2J", "feature", "2 different texts in 100 cells."),
    column("price", "target", "target: by its name"),
  ],
  checks: [],
  profile,
  files: ["explore.html", "explore.ts", "explore.ipynb", "data/schema.json"],
};

function column(name: string, role: "feature" | "identifier" | "target", reason: string) {
  return { name, type: "numeric" as const, role, reason, missing: 0, distinct: 100 };
}

function explored(given: ExploreDataOptions[] = [], found = exploration) {
  return {
    explore: (_data: string, options: ExploreDataOptions = {}) => {
      given.push(options);
      options.on?.event?.({
        type: "data-read",
        path: "/home/me/houses.csv",
        rows: 100,
        columns: 4,
        format: "comma, UTF-8",
        fileRows: 100,
        notes: [],
        seconds: 0.2,
      });
      return Promise.resolve(found);
    },
  };
}

describe("automl explore", () => {
  it("tells of every column what it is, what goes with the target, and why", async () => {
    const cli = fakeCli(explored());
    expect(await runCli(["explore", "houses.csv"], cli)).toBe(0);
    const lines = cli.out.text.split("\n");
    expect(cli.out.text).toContain("houses.csv       100 rows, 4 columns, comma, UTF-8");
    expect(lines.find((line) => line.includes("sqft"))).toMatch(
      /^ {2}sqft +numeric +0 +1\.00 +All 100 filled cells are numbers\.$/,
    );
    expect(lines.find((line) => line.startsWith("  row"))).toMatch(
      /identifier .*Counts the rows\.$/,
    );
    expect(cli.out.text).toContain("automl-runs/explore-houses-1120-1841/explore.html");
    expect(cli.out.text).toContain("automl train houses.csv --target price");
    expect(cli.out.text).not.toContain("\u001b");
    expect(cli.err.text).toBe("");
  });

  it("passes on how the table is read, and keeps cells out when told so", async () => {
    const given: ExploreDataOptions[] = [];
    const words = "--target price --types city=category --frame danfo --no-samples --out x";
    await runCli(["explore", "houses.csv", ...words.split(" ")], fakeCli(explored(given)));
    await runCli(["explore", "houses.csv"], fakeCli(explored(given)));
    expect(given[0]).toMatchObject({
      target: "price",
      types: { city: "category" },
      frame: "danfo",
      samples: false,
      out: "x",
    });
    expect(Object.keys(given[1]!)).toEqual(["on"]);
  });

  it("gives programs one event per line", async () => {
    const cli = fakeCli(explored());
    expect(await runCli(["explore", "houses.csv", "--json"], cli)).toBe(0);
    const events = cli.out.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; profile?: object });
    expect(events.map(({ type }) => type)).toEqual(["data-read", "explored"]);
    expect(events[1]?.profile).toMatchObject({ kind: "profile", target: "price" });
  });

  it("has no line to train from a table without a target", async () => {
    const cli = fakeCli(explored([], { ...exploration, target: null, files: ["explore.html"] }));
    expect(await runCli(["explore", "houses.csv"], cli)).toBe(0);
    expect(cli.out.text).not.toMatch(/automl (train|run)/);
  });

  it("ends with code 2 for flags that it has not", async () => {
    const cli = fakeCli(explored());
    expect(await runCli(["explore", "houses.csv", "--metric", "mae"], cli)).toBe(2);
  });
});
