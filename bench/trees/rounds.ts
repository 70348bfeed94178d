import type { FitAnswer, Message, ModelSettings } from "./protocol.ts";
import { median } from "./statistics.ts";
import { labels, type System, type SystemName, type Systems } from "./systems.ts";

/** The fits of one system in the rounds of one case. */
export interface Measured {
  readonly name: SystemName;
  /** The first fit of the process, which compiles code and fills caches: not among `fits`. */
  readonly first: FitAnswer;
  /** One per round. */
  readonly fits: readonly FitAnswer[];
  readonly note?: string;
}

/** A fit counts as busy when the machine gave it so much less than a whole processor. */
const busyFactor = 1.1;
const warmUpMilliseconds = 1000;
const mostWarmUps = 6;

/** Starts the systems, gives each the data and does `work`. Throws when they do not hold the same numbers. */
export async function withSystems<T>(
  systems: Systems,
  names: readonly SystemName[],
  threads: number,
  data: Extract<Message, { do: "synthetic" | "load" }>,
  work: (started: readonly System[]) => Promise<T>,
): Promise<T> {
  const started = names.map((name) => systems.start(name, threads));
  try {
    const sums = new Set<number>();
    for (const system of started) sums.add((await system.ask(data)).checksum);
    if (sums.size > 1) throw new Error("the systems were not given the same numbers");
    return await work(started);
  } finally {
    for (const system of started) system.stop();
  }
}

/**
 * Warm-up fits of each system for a second, then rounds in which each fits once, starting with another one each time.
 * The seed is the number of the round.
 */
export async function pairedFits(
  systems: readonly System[],
  model: ModelSettings,
  rounds: number,
): Promise<Measured[]> {
  const warm: { first: FitAnswer; note?: string }[] = [];
  for (const system of systems) warm.push(await warmUp(system, model));
  const fits: FitAnswer[][] = systems.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < systems.length; i++) {
      const turn = (round + i) % systems.length;
      const seeded = { ...model, seed: round + 1 };
      fits[turn]!.push(await systems[turn]!.ask({ do: "fit", model: seeded }));
    }
  }
  return systems.map(({ name }, i) => ({ name, ...warm[i]!, fits: fits[i]! }));
}

async function warmUp(
  system: System,
  model: ModelSettings,
): Promise<{ first: FitAnswer; note?: string }> {
  const first = await system.ask({ do: "fit", model });
  let spent = whole(first);
  for (let fits = 1; fits < mostWarmUps && spent < warmUpMilliseconds; fits++)
    spent += whole(await system.ask({ do: "fit", model }));
  if (system.name !== "lightgbm") return { first };
  const { note } = await system.ask({ do: "fit", model, tune: true });
  return note === undefined ? { first } : { first, note };
}

/** Milliseconds of binning and training. */
export function whole({ bin, train }: FitAnswer): number {
  return (bin ?? 0) + train;
}

export function medianOf(
  { fits }: Measured,
  figure: (fit: FitAnswer) => number | null = whole,
): number {
  return median(fits.map((fit) => figure(fit) ?? NaN));
}

export interface Ratio {
  /** Median of ours / median of the peer's. */
  readonly ofMedians: number;
  /** Median of what the rounds give. */
  readonly byRound: number;
}

export function compare(
  ours: Measured,
  peer: Measured,
  figure: (fit: FitAnswer) => number | null = whole,
): Ratio {
  const rounds = ours.fits.map((fit, i) => (figure(fit) ?? NaN) / (figure(peer.fits[i]!) ?? NaN));
  return { ofMedians: medianOf(ours, figure) / medianOf(peer, figure), byRound: median(rounds) };
}

/** With one thread, time beyond processor time is time taken by others: names who suffered. */
export function busyNote(measured: readonly Measured[], threads: number): string | null {
  if (threads !== 1) return null;
  const busy = measured.flatMap(({ name, fits }) => {
    const count = fits.filter((fit) => whole(fit) > busyFactor * fit.processor).length;
    return count === 0 ? [] : [`${labels[name]} ${count} of ${fits.length}`];
  });
  return busy.length === 0 ? null : `the machine was busy in rounds of ${busy.join(", ")}`;
}
