/**
 * Which folder of `src/` may import which: the layers of the design, once. `.oxlintrc.json` holds the same rules for
 * the editor; `architecture.test.ts` checks the sources against this table and that the two agree.
 */
const layers: readonly (readonly string[])[] = [
  ["core"],
  ["data"],
  ["preprocess"],
  ["models"],
  ["ensemble"],
  ["search"],
  ["explain"],
  ["engine"],
  ["codegen", "report", "export", "track", "serve", "monitor"],
  ["interop"],
  ["app"],
  ["cli"],
];

export const folders: readonly string[] = layers.flat();

/** Folders that `folder` may import beside itself. The outputs read the run record and never call the engine. */
export function allowedImports(folder: string): readonly string[] {
  const level = layers.findIndex((layer) => layer.includes(folder));
  const above = layers.slice(0, level).flat();
  return layers[level]!.length > 1 ? above.filter((name) => name !== "engine") : above;
}

/** The `overrides` of `.oxlintrc.json` that carry the layers: one per folder. */
export function layerOverrides(): readonly object[] {
  return folders.slice(0, -1).map((folder) => {
    const allowed = new Set([folder, ...allowedImports(folder)]);
    const refused = folders.filter((name) => !allowed.has(name));
    return {
      files: [`src/${folder}/**`],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              {
                regex: `^(\\.\\./)+(${refused.join("|")}|index\\.ts)(/|$)`,
                message: `src/${folder}/ imports only layers above it (tests/layers.ts).`,
              },
            ],
          },
        ],
      },
    };
  });
}
