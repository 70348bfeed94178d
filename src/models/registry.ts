import { AutomlError, nearestName } from "../core/errors.ts";
import { mean } from "./baseline/mean.ts";
import { median } from "./baseline/median.ts";
import { gradientBoosting } from "./boosting/gradient-boosting.ts";
import type { Family } from "./contract/family.ts";
import { extraTrees } from "./forest/extra-trees.ts";
import { randomForest } from "./forest/random-forest.ts";
import { gaussianProcess } from "./kernel/gaussian-process.ts";
import { kernelRidge } from "./kernel/kernel-ridge.ts";
import { elasticNet } from "./linear/elastic-net.ts";
import { huber } from "./linear/huber.ts";
import { linear } from "./linear/linear.ts";
import { polynomialRidge } from "./linear/polynomial-ridge.ts";
import { ridge } from "./linear/ridge.ts";
import { decisionTree } from "./mljs/decision-tree.ts";
import { mlRandomForest } from "./mljs/random-forest.ts";
import { nearestNeighbors } from "./neighbors/nearest-neighbors.ts";
import { neuralNetwork } from "./network/neural-network.ts";

/** Every family of models that comes with the package: one line each, under the name it has in `models.`. */
export const registry = {
  /** The mean of the training target: the bar any model has to clear. */
  mean,
  /** The median of the training target. */
  median,
  /** Least squares without a penalty, by ml-regression. */
  linear,
  /** Linear regression with a penalty on squared weights. */
  ridge,
  /** Linear regression with a penalty that drops columns. */
  elasticNet,
  /** Ridge on columns, their powers and products. */
  polynomialRidge,
  /** Linear regression that outliers in the target cannot pull far. */
  huber,
  /** One tree of yes-or-no questions, by ml-cart. */
  decisionTree,
  /** Trees on resampled rows, by ml-random-forest; for small tables. */
  mlRandomForest,
  /** Mean target of the most similar training rows. */
  nearestNeighbors,
  /** A smooth curve through noise, with a length scale for every column. */
  gaussianProcess,
  /** The smooth surface of given width and penalty: faster, all columns alike. */
  kernelRidge,
  /** Many small trees, each correcting those before it: usually the most accurate. */
  gradientBoosting,
  /** Deep trees on draws of rows and columns, averaged. */
  randomForest,
  /** Like a random forest with random cuts: smoother. */
  extraTrees,
  /** Layers of weighted sums and bends: smooth in many columns at once. */
  neuralNetwork,
} as const;

export type Registry = typeof registry;
export type FamilyName = keyof Registry;

/** Families of one's own, added for this thread. */
const added = new Map<string, Family>();

/** Names of the built-in families, in the order of the registry. */
export const familyNames = Object.keys(registry) as readonly FamilyName[];

/** All families: the built-in ones, then those added. */
export function allFamilies(): readonly Family[] {
  return [...familyNames.map(builtIn), ...added.values()];
}

/** The family of that name. Throws AUTOML_SPEC_INVALID, with the nearest name, when there is none. */
export function findFamily(name: string): Family {
  if (Object.hasOwn(registry, name)) return builtIn(name as FamilyName);
  const family = added.get(name);
  if (family !== undefined) return family;
  const names = [...familyNames, ...added.keys()];
  const nearest = nearestName(name, names);
  const known = `Families: ${names.join(", ")}.`;
  throw new AutomlError("AUTOML_SPEC_INVALID", `There is no model family "${name}".`, {
    hint: nearest === undefined ? known : `Did you mean "${nearest}"?  ${known}`,
    details: { family: name },
  });
}

/** Adds a family to this thread; one of the same name that was added before is replaced. Built-in names are refused. */
export function registerFamily(family: Family): void {
  if (Object.hasOwn(registry, family.name) || family.name === "custom") {
    throw new AutomlError("AUTOML_OPTION_INVALID", `The family name "${family.name}" is taken.`);
  }
  added.set(family.name, family);
}

/** Without its parameter type: callers that find a family by name only pass on parameters they were given. */
function builtIn(name: FamilyName): Family {
  return registry[name] as unknown as Family;
}
