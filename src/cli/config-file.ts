import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { AutomlError, nearestName } from "../core/errors.ts";
import { splitTypes } from "../data/declared-types.ts";
import { describeValue, fits, optionKey, type Flag, type FlagValue } from "./flags.ts";
import { trainFlags, type TrainSettings } from "./train-flags.ts";

/** "no-samples" is written `samples: false`. */
const settingName = (flag: Flag): string => flag.name.replace(/^no-/, "");

function schemaOf(value: FlagValue): z.ZodType {
  const message = `must be ${describeValue(value)}`;
  switch (value.kind) {
    case "text":
      return z.string({ error: message }).min(1, { error: message });
    case "switch":
      return z.boolean({ error: message });
    case "choice":
      return z.enum(value.choices, { error: message });
    case "number":
      return z
        .number({ error: message })
        .refine((number) => fits(value, number), { error: message });
    case "types": {
      const pairs = z.string().transform((text) => Object.fromEntries(splitTypes(text)));
      return z.union([z.record(z.string(), z.string()), pairs], { error: message });
    }
    case "list": {
      const item = z.string({ error: message }).min(1, { error: message });
      const names = z.string().transform((text) => text.split(",").map((name) => name.trim()));
      return z.union([z.array(item), names], { error: "must be a list of names" });
    }
  }
}

const schema = z.strictObject(
  Object.fromEntries(
    trainFlags.map((flag) => [settingName(flag), schemaOf(flag.value).optional()]),
  ),
);

/**
 * The settings of a YAML file for `automl train --config`: the names of the flags without their dashes. Throws
 * AUTOML_OPTION_INVALID for a file that cannot be read, an unknown setting (with the nearest name) and a wrong value.
 */
export function readConfigFile(path: string): TrainSettings {
  const content = parseYaml(path);
  const result = schema.safeParse(content ?? {});
  if (!result.success) throw describeIssue(path, result.error.issues[0]!);
  const settings = trainFlags.flatMap((flag) => {
    const value = result.data[settingName(flag)];
    return value === undefined ? [] : [[optionKey(flag), value]];
  });
  return Object.fromEntries(settings) as TrainSettings;
}

/** What the system says of a file, in words. */
const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  EISDIR: "it is a folder.",
  EACCES: "you may not read it.",
};

function parseYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    // Behind the colon a YAML error shows the place in the text.
    const said = String((error as Error).message ?? error).replace(/:?\n[^]*$/, "");
    const reason = unreadable[(error as NodeJS.ErrnoException).code ?? ""] ?? said;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `The settings in ${path} cannot be read: ${reason}`,
      {
        hint:
          error instanceof YAMLParseError
            ? "It must be YAML: one `name: value` per line."
            : "--config takes the path of a YAML file.",
        details: { path },
        cause: error,
      },
    );
  }
}

function describeIssue(path: string, issue: z.core.$ZodIssue): AutomlError {
  const names = [...new Set(trainFlags.map(settingName))];
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys[0]!;
    const nearest = nearestName(unknown, names);
    return new AutomlError(
      "AUTOML_OPTION_INVALID",
      `There is no setting "${unknown}" (in ${path}).`,
      {
        hint: `${nearest === undefined ? "" : `Did you mean "${nearest}"?  `}Settings: ${names.join(", ")}`,
        details: { path, setting: unknown },
      },
    );
  }
  const setting = issue.path.length > 0 ? String(issue.path[0]) : "";
  return new AutomlError(
    "AUTOML_OPTION_INVALID",
    setting === ""
      ? `${path} does not hold settings.`
      : `The setting "${setting}" ${issue.message} (in ${path}).`,
    {
      hint:
        setting === ""
          ? "It must be YAML: one `name: value` per line."
          : "automl train --help says what each setting takes.",
      details: { path, setting },
    },
  );
}
