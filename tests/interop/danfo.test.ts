import * as danfo from "danfojs-node";
import { beforeAll, describe, expect, it } from "vitest";
import { isNumberColumn, sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import { columnsToCsv } from "../../src/data/columns-csv.ts";
import {
  danfoColumns,
  fromDanfo,
  isDataFrame,
  openDanfo,
  toDanfo,
} from "../../src/interop/danfo.ts";

const { DataFrame } = danfo;

describe("openDanfo", () => {
  const frame = new DataFrame(
    [
      [1.5, "a, b", true, "2024-01-31", "007"],
      [NaN, null, false, "2024-02-01", "012"],
      [3, 'say "x"', true, "2024-02-02", "100"],
    ],
    { columns: ["4046", "name", "ok", "day", "code"] },
  );

  it("gives types, roles and values as a file would, in the frame's order of columns", async () => {
    const source = await openDanfo(frame);
    const { columns, rows } = await source.inspect();
    expect(rows).toBe(3);
    expect(columns.map((column) => [column.name, column.type])).toEqual([
      ["4046", "numeric"],
      ["name", "category"],
      ["ok", "boolean"],
      ["day", "date"],
      ["code", "category"],
    ]);
    const { table } = await source.load({ columns });
    source.close();
    const [x, name, ok] = table.columns;
    expect(isNumberColumn(x!) && [...x.values]).toEqual([1.5, NaN, 3]);
    expect(!isNumberColumn(name!) && name!.levels).toEqual(["a, b", 'say "x"']);
    expect(isNumberColumn(ok!) && [...ok.values]).toEqual([1, 0, 1]);
    expect(table.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives the whole frame as one table", async () => {
    const table = await fromDanfo(frame);
    expect(table.columns.map((column) => column.name)).toEqual([
      "4046",
      "name",
      "ok",
      "day",
      "code",
    ]);
    expect(table.rows).toBe(3);
  });

  it("writes the CSV that a run keeps: quoted, unlike danfo's own", () => {
    expect(columnsToCsv(danfoColumns(frame)).split("\n")[1]).toBe('1.5,"a, b",true,2024-01-31,007');
  });

  it("knows a DataFrame by its shape", () => {
    expect(isDataFrame(frame)).toBe(true);
    expect(isDataFrame(new DataFrame({ a: [1, 2] }))).toBe(true);
    for (const other of ["houses.csv", null, 3, [], { columns: [] }])
      expect(isDataFrame(other)).toBe(false);
  });
});

describe("toDanfo", () => {
  const values = sharedFloat64(3);
  values.set([1, NaN, 0]);
  const codes = sharedInt32(3);
  codes.set([1, -1, 0]);
  const table: Table = {
    rows: 3,
    columns: [
      { name: "z", type: "numeric", values },
      { name: "4046", type: "boolean", values },
      { name: "columns", type: "category", codes, levels: ["a", "b"] },
      { name: "when", type: "date", values },
    ],
    rowNumbers: sharedInt32(3),
    sha256: "",
  };
  let frame: danfo.DataFrame;

  beforeAll(async () => {
    frame = await toDanfo<danfo.DataFrame>(table);
  });

  it("takes some rows of a table, in their order", async () => {
    const a = sharedFloat64(4);
    a.set([1, 2, 3, 4]);
    const index = sharedInt32(2);
    index.set([1, 3]);
    const table: Table = {
      rows: 4,
      columns: [{ name: "a", type: "numeric", values: a }],
      rowNumbers: sharedInt32(4),
      sha256: "",
    };
    const part = await toDanfo<danfo.DataFrame>(table, { rows: { count: 2, index } });
    expect(part.shape).toEqual([2, 1]);
    expect(danfoColumns(part)).toEqual([{ name: "a", values: [2, 4] }]);
  });

  it("makes a real DataFrame with the columns in order and missing values as danfo knows them", () => {
    expect(frame).toBeInstanceOf(DataFrame);
    expect(frame.columns).toEqual(["z", "4046", "columns_", "when"]);
    expect(frame.column("z").values).toEqual([1, NaN, 0]);
    expect(frame.column("4046").values).toEqual([true, null, false]);
    expect(frame.column("columns_").values).toEqual(["b", null, "a"]);
    expect(frame.column("when").values).toEqual([
      "1970-01-01T00:00:00.001Z",
      null,
      "1970-01-01T00:00:00.000Z",
    ]);
    expect(frame.fillNa(-1, { columns: ["z"] }).column("z").values).toEqual([1, -1, 0]);
  });

  it("survives the way there and back", async () => {
    const source = await openDanfo(frame);
    const { table: back } = await source.load({
      columns: [
        { name: "z", type: "numeric" },
        { name: "4046", type: "boolean" },
        { name: "columns_", type: "category" },
      ],
    });
    source.close();
    expect(isNumberColumn(back.columns[1]!) && [...back.columns[1].values]).toEqual([1, NaN, 0]);
    expect(back.columns[2]).toMatchObject({ levels: ["a", "b"], codes: Int32Array.of(1, -1, 0) });
  });

  it("takes names that danfojs keeps for itself without losing or repeating one", async () => {
    const names = ["columns", "columns_", "shape", "$data", "index", "values", "__proto__"];
    const wide = {
      ...table,
      columns: names.map((name) => ({ name, type: "numeric" as const, values })),
    };
    const made = await toDanfo<danfo.DataFrame>(wide);
    expect(made.columns).toEqual([
      "columns__",
      "columns_",
      "shape_",
      "$data_",
      "index",
      "values",
      "__proto__",
    ]);
    expect(made.shape).toEqual([3, 7]);
  });
});
