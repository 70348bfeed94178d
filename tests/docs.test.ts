import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { commands, createProgram } from "../src/cli/program.ts";
import { errorCodes } from "../src/core/errors.ts";
import { metricNames } from "../src/core/metrics.ts";
import { fakeCli } from "./cli/fake-terminal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** The part of docs/cli.md under the heading of one command. */
function section(name: string): string {
  const parts = read("docs/cli.md").split(/^## /m);
  return parts.find((part) => part.startsWith(`automl ${name}\n`)) ?? "";
}

async function command(name: string): Promise<Command> {
  const program = await createProgram(fakeCli(), [name]);
  return program.commands.find((candidate) => candidate.name() === name)!;
}

/** Flags that a text speaks of at the beginning of a table row or list entry. */
const flagsIn = (text: string): string[] =>
  [...text.matchAll(/^\| `(--[a-z-]+)/gm)].map((match) => match[1]!);

describe("docs/cli.md", () => {
  it("has a section for every command and for no other", () => {
    const headings = [...read("docs/cli.md").matchAll(/^## automl (\S+)$/gm)].map(
      (match) => match[1],
    );
    expect(headings).toEqual(commands.map(({ name }) => name));
  });

  it.each(commands.map(({ name }) => name))(
    "lists every flag of %s, and no flag it has not",
    async (name) => {
      const { options } = await command(name);
      const flags = options.map((option) => option.long!);
      expect(flagsIn(section(name)).sort()).toEqual(flags.sort());
    },
  );

  it.each(commands.map(({ name }) => name))("shows how %s is called", async (name) => {
    const { registeredArguments } = await command(name);
    const line = /```console\n\$ npx (automl .*)\n/.exec(section(name))?.[1] ?? "";
    expect(line).toMatch(new RegExp(`^automl ${name} `));
    for (const argument of registeredArguments)
      expect(section(name)).toContain(`<${argument.name()}`);
  });

  it("names every metric and every exit code", () => {
    for (const metric of metricNames) expect(section("train")).toContain(metric);
    for (const code of [0, 1, 2, 130])
      expect(read("docs/cli.md")).toMatch(new RegExp(`^\\| ${code} +\\|`, "m"));
  });
});

describe("docs/errors.md", () => {
  it("lists every error code with its meaning, and no other", () => {
    const rows = [...read("docs/errors.md").matchAll(/^\| `(AUTOML_\w+)` +\| (.+?) +\|/gm)];
    const listed = rows.map(([, code, meaning]) => [code, meaning]);
    expect(listed).toEqual(Object.entries(errorCodes));
  });
});

describe("README.md", () => {
  const readme = read("README.md");

  it("is short enough to be read", () => {
    expect(readme.split("\n").length).toBeLessThan(300);
  });

  it("names every command", () => {
    for (const { name } of commands) expect(readme).toContain(`automl ${name}`);
  });

  it("names every folder of src/ that exists", () => {
    for (const folder of ["core", "data", "preprocess", "models", "engine", "app", "cli"])
      expect(readme).toMatch(new RegExp(`\`${folder}/\``));
  });

  it.each(["README.md", "CHANGELOG.md", "docs/cli.md", "docs/errors.md", "docs/scores.md"])(
    "%s links only to files that are there",
    (file) => {
      const targets = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
        (match) => match[1]!,
      );
      const missing = targets.filter((target) => !existsSync(join(root, dirname(file), target)));
      expect(missing).toEqual([]);
    },
  );
});
