import { defineConfig } from "vitest/config";

const report = process.env["AUTOML_TEST_REPORT"];

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["tests/**/*.test.ts"],
    // Worker threads and child processes run the compiled package, so it is built once before any test.
    globalSetup: ["tests/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // `.ci/run` counts the tests from a report of its own.
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
