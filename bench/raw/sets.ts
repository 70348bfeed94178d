/** A raw file of the benchmark: a table as people publish it. */
export interface RawSet {
  readonly name: string;
  readonly target: string;
  /** What pandas.read_csv has to be told: without it, it refuses the file. */
  readonly encoding: "utf-8" | "cp1252";
}

/** Targets are those of the benchmark's catalog.json. All files are comma-separated with a header. */
export const rawSets: readonly RawSet[] = [
  { name: "cardekho", target: "selling_price", encoding: "utf-8" },
  { name: "laptop_price", target: "Price_euros", encoding: "cp1252" },
  { name: "brazil_rent_v1", target: "total", encoding: "utf-8" },
  { name: "seoul_bike", target: "Rented Bike Count", encoding: "cp1252" },
  { name: "garments", target: "actual_productivity", encoding: "utf-8" },
  { name: "imdb_movies", target: "imdb_score", encoding: "utf-8" },
];
