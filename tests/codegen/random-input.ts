import type { ScriptInput } from "../../src/codegen/script-input.ts";
import { Random } from "../../src/core/random.ts";
import type { ColumnRecord } from "../../src/core/run-record.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { dateParts } from "../../src/preprocess/features/check-feature.ts";
import { familyNames } from "../../src/models/registry.ts";
import { inputFor, sacramentoRun } from "./fixture.ts";
import { hostileNames } from "./hostile-names.ts";

const fragments = [...hostileNames.slice(0, -1), "a", "word ", "서울", "x".repeat(20)];

const textOptions: readonly object[] = [
  { terms: 20 },
  { terms: 0, hashed: 64, shape: true, numbers: 2, encode: { by: "targetEncode", penalty: 5 } },
  { hashed: 16 },
  { shape: true, encode: { by: "targetEncode" } },
];

/** Any trial a run could have, over columns with names of the worst kind. The same seed, the same trial. */
export class RandomInput {
  readonly #random: Random;
  /** A stream of its own, so that what else is drawn stays as it was. */
  readonly #divisions = new Random("divisions");
  #texts = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(): ScriptInput {
    const features = this.#distinct(this.pick([1, 2, 5, 12, 38, 45]));
    const dropped = Array.from({ length: this.pick([0, 1, 5, 20]) }, () => this.#dropped());
    const used = features.filter(({ kind }) => kind !== "derived").map((spec) => this.#used(spec));
    const columns = this.#random.shuffle([...used, ...dropped]);
    const example = features.map(({ column }) => ({ column, value: this.#cell() }));
    return inputFor(this.pick(familyNames), {
      features,
      target: this.name(),
      transform: this.pick(["none", "log"]),
      dataPath: `../../${this.name()}`,
      example: this.chance(0.3) ? null : example,
      ...(this.chance(0.5) && { test: null }),
      run: {
        metric: this.pick(["rmse", "mae", "medae", "mape"]),
        columns,
        target: { name: "x", why: this.name() },
        data: { ...sacramentoRun.data, path: `/data/${this.name()}` },
        split: this.chance(0.5) ? sacramentoRun.split : this.#division(columns),
      },
    });
  }

  pick<T>(items: readonly T[]): T {
    return items[this.#random.integer(items.length)]!;
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability;
  }

  name(): string {
    const count = 1 + this.#random.integer(this.pick([2, 3, 6, 12]));
    return Array.from({ length: count }, () => this.pick(fragments)).join("");
  }

  #number(): number {
    return this.pick([0, 1, -1, 0.1, 1e21, 1.5e-9, 12345.678901234567, -1 / 3, 100000]);
  }

  #cell(): string | number | boolean | null {
    return this.pick([this.#number(), this.name(), true, null]);
  }

  #distinct(count: number): FeatureSpec[] {
    const features = new Map<string, FeatureSpec>();
    while (features.size < count) {
      const feature = this.#feature();
      features.set(feature.column, feature);
    }
    return [...features.values()];
  }

  #feature(): FeatureSpec {
    const kind = this.pick([
      "numeric",
      "numeric",
      "category",
      "boolean",
      "date",
      "text",
      "derived",
    ]);
    // The parts below are what each kind may hold.
    return { kind, column: this.name(), ...this.#parts(kind) } as FeatureSpec;
  }

  #parts(kind: string): object {
    const maybe = (part: object): object => (this.chance(0.4) ? part : {});
    const flag = maybe({ flagMissing: true });
    const impute = maybe({ impute: this.pick(["median", "mean", this.#number()]) });
    switch (kind) {
      case "numeric": {
        const clip = maybe({ clip: { low: -1.25, high: this.pick([0, 1e21]) } });
        return { ...clip, ...maybe({ log: true }), ...flag, ...impute };
      }
      case "category":
        return maybe({ encode: this.#encoding() });
      case "boolean":
        return { ...flag, ...maybe({ impute: this.pick(["mostFrequent", true, false]) }) };
      case "date": {
        const parts = maybe({
          parts: dateParts.slice(0, 1 + this.#random.integer(dateParts.length)),
        });
        const format = this.pick(["%Y-%m-%d", "%d/%m/%y"]);
        return { format, ...parts, ...flag, ...maybe({ impute: "median" }) };
      }
      case "text":
        return maybe(textOptions[this.#texts++ % textOptions.length]!);
      default:
        return { expression: this.pick(["a / b", '"x y" * `z`']), ...impute };
    }
  }

  #encoding(): object {
    return this.pick<object>([
      { by: "native" },
      { by: "oneHot" },
      { by: "oneHot", minRows: 3 },
      { by: "frequency" },
      { by: "targetEncode", smoothing: 12.5, folds: 5 },
      { by: "targetEncode" },
      { by: "ordinal", levels: [...new Set(Array.from({ length: 8 }, () => this.name()))] },
    ]);
  }

  #used({ kind, column }: FeatureSpec): ColumnRecord {
    const type = kind === "derived" ? "numeric" : kind;
    const missing = this.#random.integer(2);
    return { name: column, type, role: "feature", reason: this.name(), missing, distinct: 3 };
  }

  #dropped(): ColumnRecord {
    const type = this.pick(["numeric", "category", "date", "text", "boolean"] as const);
    const role = this.pick(["identifier", "constant", "unused", "excluded", "feature"] as const);
    return { name: this.name(), type, role, reason: this.name(), missing: 0, distinct: 3 };
  }

  #division(columns: readonly ColumnRecord[]): ScriptInput["run"]["split"] {
    const own = this.#divisions;
    const names = [...columns.map(({ name }) => name), ...fragments];
    const column = names[own.integer(names.length)]!;
    const counts = { test: 0.2, folds: 3, repeats: 1, column, why: column };
    const given = [
      this.#holdout(),
      { kind: "time", ...counts, validation: 0.5 },
      { kind: "group", ...counts, seed: 3 },
      { kind: "column", ...counts },
      { kind: "column", ...counts, seed: 4 },
    ] as const;
    return given[own.integer(given.length)]!;
  }

  #holdout(): ScriptInput["run"]["split"] {
    const counts = { test: 0, folds: 1, repeats: 1, validation: 0.3, stratify: false, seed: 3 };
    return { kind: "random", ...counts, why: this.name() };
  }
}
