import { memoryText } from "../core/memory.ts";
import { mostCells } from "../preprocess/preparation.ts";
import type { Contestant } from "./search-plan.ts";

/** Bytes that the program takes itself, with DuckDB and a worker: measured. */
const programBytes = 150 * 2 ** 20;

/** Share of the memory that workers may keep prepared matrices and bins in, from trial to trial. */
export const keptShare = 0.25;

/** Row numbers and their key, target on two scales, predictions. */
const bytesPerRow = 48;

/** Bytes that a run may take, and what of it one fit may take. */
export interface FitMemory {
  readonly allowed: number;
  readonly room: number;
}

/**
 * What is left for one fit. It depends on the memory allowed and the table alone, never on workers or on what is in use
 * at the moment, so that a run without a clock tries and refuses the same however it is carried out. Fits that have not
 * enough room beside each other wait for each other.
 */
export function fitMemory(allowed: number, tableBytes: number): FitMemory {
  // Reading a table leaves about as much behind as the table takes.
  const held = programBytes + 2 * tableBytes;
  return { allowed, room: Math.max(0, (1 - keptShare) * allowed - held) };
}

/** The memory a run has to be allowed for a fit of so many bytes: the least with that much room. */
export function memoryFor(fitBytes: number, tableBytes: number): number {
  return (fitBytes + programBytes + 2 * tableBytes) / (1 - keptShare);
}

type Fit = Pick<Contestant, "family" | "rows" | "columns">;

/** Bytes a fit on all rows takes with its matrix. */
export function fitBytes({ family, rows, columns }: Fit, params: object): number {
  // Steps make a new matrix from the one they are given.
  const matrices = family.steps.length > 0 ? 2 : 1;
  const { bytes } = family.cost({ rows, columns }, params);
  return bytes + 8 * matrices * rows * columns + bytesPerRow * rows;
}

/** Why a fit on all rows does not fit into memory, with the numbers; null: it does. */
export function beyondMemory(
  fit: Fit & { readonly memory: FitMemory },
  params: object,
): string | null {
  const { family, rows, columns, memory } = fit;
  const size = `a fit on ${rows} rows x ${columns} columns`;
  if (rows * columns > mostCells)
    return `${size} has ${rows * columns} values; ${mostCells} is the most that ${family.label} can be given`;
  const needed = fitBytes(fit, params);
  return needed <= memory.room ? null : `${size} ${shortage(needed, memory)}`;
}

/** "needs about 2.1 GB; 1.3 GB of the 2 GB of memory allowed are left for it" */
export function shortage(needed: number, { room, allowed }: FitMemory): string {
  const left = memoryText(room, "down");
  const whole = memoryText(allowed, "down");
  return `needs about ${memoryText(needed, "up")}; ${left} of the ${whole} of memory allowed are left for it`;
}
