import type { TrainOptions } from "./train-options.ts";

type Naming = Pick<
  TrainOptions,
  "target" | "exclude" | "types" | "timeCol" | "groupCol" | "splitCol" | "weightCol"
>;

/**
 * The options with every column under the name it has in the table: a name with spaces around it, as it may stand in
 * the file, means the column without them. Names of no column stay as they are, so that the error says what was given.
 */
export function withFileNames<O extends Naming>(options: O, names: readonly string[]): O {
  const own = (name: string): string =>
    !names.includes(name) && names.includes(name.trim()) ? name.trim() : name;
  const { exclude, types } = options;
  const single: Partial<Record<keyof Naming, string>> = Object.fromEntries(
    (["target", "timeCol", "groupCol", "splitCol", "weightCol"] as const).flatMap((key) => {
      const name = options[key];
      return name === undefined ? [] : [[key, own(name)] as const];
    }),
  );
  return {
    ...options,
    ...single,
    ...(exclude === undefined ? {} : { exclude: exclude.map(own) }),
    ...(types === undefined
      ? {}
      : {
          types: Object.fromEntries(Object.entries(types).map(([name, type]) => [own(name), type])),
        }),
  };
}
