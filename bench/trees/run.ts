/**
 * Our trees beside LightGBM, scikit-learn and XGBoost: paired runs in one go, printed as the README's tables. Figures to
 * look at on a quiet machine, never a test. Needs `npm run build` and a Python with the peers (it says how to get one).
 *
 *   npx tsx bench/trees/run.ts [mode ...] [--python peers/bin/python] [--rounds 5] [--threads 1,2] [--out figures.json]
 *
 * Modes (all, one after the other, when none is named):
 *   speed     boosting on synthetic tables: binning and training apart            [--leaves 31] [--cases 20kx8,...]
 *   real      boosting on the three largest sets of the benchmark folder          [--benchmark folder] [--cases name,...]
 *   forests   random forest and extra trees against scikit-learn's with n_jobs
 *   predict   rows per second in batch, and single rows
 *   memory    largest resident size, each system alone in a process               [--cases 500kx28,...]
 *   accuracy  test RMSE at equal settings on ten real sets                        [--seeds 5] [--cases name,...|all]
 *
 * [--peers lightgbm,histgb,xgboost,sklearn] leaves others out; AUTOML_BENCH_PYTHON stands in for --python; [--dist folder]
 * measures another build of the package. Every system is a process of its own that makes the synthetic data itself, from
 * the same integer hashes (`synthetic.ts`). Rounds are interleaved; warm-up fits are not counted.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { runAccuracy } from "./accuracy.ts";
import { runForests } from "./forests.ts";
import { runMemory } from "./memory.ts";
import { readOptions, type Mode, type Options } from "./options.ts";
import { runPredict } from "./predict.ts";
import { runReal, runSpeed } from "./speed.ts";
import { Systems } from "./systems.ts";

/** Prints as it goes and returns its raw figures. */
export type ModeRun = (systems: Systems, options: Options) => Promise<unknown>;

const runs: Readonly<Record<Mode, ModeRun>> = {
  speed: runSpeed,
  real: runReal,
  forests: runForests,
  predict: runPredict,
  memory: runMemory,
  accuracy: runAccuracy,
};

const options = readOptions();
const systems = new Systems(options.python, options.dist);
try {
  const machine = {
    processor: cpus()[0]?.model ?? "unknown",
    processors: cpus().length,
    load: loadavg()[0]!,
    node: process.version,
    ...systems.versions(options.peers),
  };
  console.log(
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
  );
  const figures: Record<string, unknown> = { machine };
  for (const mode of options.modes) {
    console.log(`\n## ${mode}\n`);
    figures[mode] = await runs[mode](systems, options);
    if (options.out !== undefined) writeFileSync(options.out, JSON.stringify(figures, null, 1));
  }
} catch (error) {
  // What a peer died of is on the screen already.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  systems.close();
}
