import type { BoostingSettings, ForestSettings } from "./protocol.ts";

/** A synthetic table. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export const testRows = 20_000;

/** What every boosting system is set to: no early stopping, no penalties, 255 bins. */
export function boostingSettings(
  changes: Partial<Omit<BoostingSettings, "family">> = {},
): BoostingSettings {
  return {
    family: "boosting",
    trees: 100,
    learningRate: 0.1,
    maxLeaves: 31,
    minSamplesLeaf: 20,
    rowFraction: 1,
    columnFraction: 1,
    seed: 1,
    ...changes,
  };
}

export const boostingSizes: readonly Size[] = [
  { rows: 20_000, columns: 8 },
  { rows: 100_000, columns: 28 },
  { rows: 500_000, columns: 28 },
  { rows: 20_000, columns: 200 },
  { rows: 1_000_000, columns: 10 },
];

export interface ForestCase extends Size {
  readonly model: ForestSettings;
}

const forest = (
  family: ForestSettings["family"],
  { rows, columns }: Size,
  trees: number,
  share: number,
  minSamplesLeaf: number,
): ForestCase => ({
  rows,
  columns,
  model: {
    family,
    trees,
    drawnColumns: Math.max(1, Math.round(share * columns)),
    minSamplesLeaf,
    seed: 1,
  },
});

const small = { rows: 20_000, columns: 8 };
const middle = { rows: 100_000, columns: 28 };

export const forestCases: readonly ForestCase[] = [
  forest("randomForest", small, 100, 1 / 3, 1),
  forest("randomForest", middle, 20, 1 / 3, 1),
  forest("randomForest", middle, 10, 1, 5),
  forest("extraTrees", small, 100, 1, 1),
  forest("extraTrees", middle, 20, 1, 5),
];

/** "100k x 28" */
export function nameOf({ rows, columns }: Size): string {
  const count =
    rows % 1_000_000 === 0
      ? `${rows / 1_000_000}M`
      : rows % 1000 === 0
        ? `${rows / 1000}k`
        : `${rows}`;
  return `${count} x ${columns}`;
}

/** The case of a name as `nameOf` gives it; spaces do not matter. */
export function parseSize(text: string): Size {
  const [, number, unit = "", columns] =
    /^(\d+(?:\.\d+)?)([kM]?)x(\d+)$/.exec(text.replaceAll(" ", "")) ?? [];
  if (number === undefined) throw new Error(`a size is written like 100kx28, not ${text}`);
  const scale = unit === "M" ? 1_000_000 : unit === "k" ? 1000 : 1;
  return { rows: Math.round(Number(number) * scale), columns: Number(columns) };
}
