// Seconds that the compiled reader takes: the file's hash, its check against our own count of rows, and typed columns.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , dist, csv] = process.argv;
const { loadTable } = await import(pathToFileURL(join(dist, "data/open-file.js")).href);
await import("@duckdb/node-api");
const numeric = ["x0", "x1", "x2", "x3", "x4", "n1", "n2", "price"];
const columns = [
  ...numeric.map((name) => ({ name, type: "numeric" })),
  ...["city", "kind"].map((name) => ({ name, type: "category" })),
];
const start = performance.now();
const { table } = await loadTable(csv, { columns });
if (table.rows !== 1_000_000) throw new Error(`${table.rows} rows`);
console.log((performance.now() - start) / 1000);
