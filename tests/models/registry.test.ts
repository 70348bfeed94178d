import { describe, expect, it } from "vitest";
import type { Family } from "../../src/models/contract/family.ts";
import { mean } from "../../src/models/baseline/mean.ts";
import {
  allFamilies,
  familyNames,
  findFamily,
  registerFamily,
  registry,
} from "../../src/models/registry.ts";

describe("the registry", () => {
  it("finds every family by the name it has in the registry", () => {
    for (const name of familyNames) {
      expect(findFamily(name)).toBe(registry[name]);
      expect(registry[name].name).toBe(name);
      expect(name).toMatch(/^[a-z][A-Za-z]+$/);
    }
  });

  it("has labels that tell families apart", () => {
    const labels = allFamilies().map((family) => family.label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("suggests the nearest name", () => {
    expect(() => findFamily("rigde")).toThrow(
      expect.objectContaining({
        code: "AUTOML_SPEC_INVALID",
        hint: expect.stringContaining('"ridge"') as string,
      }),
    );
    expect(() => findFamily("constructor")).toThrow("no model family");
    expect(() => findFamily("__proto__")).toThrow("no model family");
  });

  it("takes families of one's own, but no name that is taken", () => {
    const mine: Family = { ...mean, name: "mine", label: "mine" };
    registerFamily(mine);
    registerFamily(mine);
    expect(findFamily("mine")).toBe(mine);
    expect(allFamilies().filter((family) => family.name === "mine")).toHaveLength(1);
    for (const name of ["ridge", "custom"]) {
      expect(() => registerFamily({ ...mine, name })).toThrow("is taken");
    }
  });
});
