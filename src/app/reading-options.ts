import { allowedMemory } from "../core/memory.ts";
import type { ReadingSpec } from "../core/reading.ts";
import type { RunRecord } from "../core/run-record.ts";
import type { Inspection } from "../data/data-source.ts";
import type { OpenOptions } from "../data/open-file.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * Bytes of memory for each byte of text: cells as DuckDB holds them, the table, and the copies of it that models are
 * fitted on. A file whose text needs more than a run may take is larger than memory.
 */
const bytesPerByte = 16;

/**
 * Of such a file a sample is drawn with which a run plans with this memory, however much the machine has: what it holds
 * at its end, beside the models, comes on top ...
 */
const sampleMemory = 3 * 2 ** 30;

/** ... and which leaves room, and time, to try many models: so many bytes of memory for each byte of its text. */
const bytesPerSampledByte = 64;

/** Seconds of a run of which neither seconds nor trials are said. */
export const defaultBudget = 60;

/** DuckDB may take this share of what a run may take; it spills to the disk beyond. */
const readerShare = 0.4;

/**
 * How `train` and `explore` open their file: all of it when it fits into memory, or a sample of its rows; when models are
 * trained, no more rows than can be used in the time.
 */
export function readingOptions(
  {
    header,
    sampleFraction,
    memory,
    seed = 1,
    timeBudget,
    maxTrials,
  }: Pick<
    TrainOptions,
    "header" | "sampleFraction" | "memory" | "seed" | "timeBudget" | "maxTrials"
  >,
  { trains }: { readonly trains: boolean },
): OpenOptions {
  const allowed = allowedMemory(memory ?? null);
  const planned = Math.min(allowed, sampleMemory);
  const seconds =
    timeBudget === undefined && maxTrials !== undefined ? undefined : (timeBudget ?? defaultBudget);
  return {
    ...(header === undefined ? {} : { header }),
    sample:
      sampleFraction === undefined
        ? {
            seed,
            fitting: Math.floor(allowed / bytesPerByte),
            drawn: Math.floor(planned / bytesPerSampledByte),
            memoryBytes: Math.floor(readerShare * planned),
            ...(seconds === undefined ? {} : { seconds }),
            ...(seconds === undefined || !trains ? {} : { trainingSeconds: seconds }),
          }
        : { fraction: sampleFraction, seed },
    memoryBytes: Math.floor(readerShare * allowed),
  };
}

/** The memory that a run keeps to, in megabytes: of a file that was too large it plans with what it was read for. */
export function plannedMegabytes(
  { memory, sampleFraction }: Pick<TrainOptions, "memory" | "sampleFraction">,
  { sample }: Inspection,
): number | undefined {
  if (memory !== undefined || sampleFraction !== undefined || sample === null) return memory;
  return Math.floor(Math.min(allowedMemory(null), sampleMemory) / 2 ** 20);
}

/** What the record of a run says about how its file was read. */
export function dataRecord(
  inspection: Inspection,
  header: boolean | undefined,
): Pick<
  RunRecord["data"],
  "sampledFraction" | "fileRows" | "reading" | "files" | "brokenRows" | "notes"
> {
  const { rows, fileRows, files, brokenRows, notes } = inspection;
  const reading = readingOf(inspection, header);
  return {
    sampledFraction: rows / fileRows,
    fileRows,
    ...(Object.keys(reading).length === 0 ? {} : { reading }),
    ...(files.length > 1 ? { files: files.map((file) => file.split(/[\\/]/).at(-1)!) } : {}),
    brokenRows: brokenRows.count,
    notes,
  };
}

/** A header that was guessed is nothing to say; that there is none is, lest another look at the file sees one. */
function readingOf({ dialect, sample }: Inspection, header: boolean | undefined): ReadingSpec {
  const said = header ?? (dialect?.header === false ? false : undefined);
  return {
    ...(said === undefined || dialect === null ? {} : { header: said }),
    ...(sample === null ? {} : { sample }),
  };
}
