import { closeSync, openSync, writeSync } from "node:fs";
import { Random } from "../../src/core/random.ts";

export interface LargeFile {
  readonly rows: number;
  readonly bytes: number;
}

/** Different rows that are rendered; the file draws from them and gives each row a number and a noise of its own. */
const templates = 200_000;
const bufferBytes = 1 << 24;
const header = "visit,when,size,rooms,age,distance,north,city,kind,price\n";
const cities = ["Arnhem", "Basel", "Cork", "Dresden", "Espoo", "Faro", "Ghent", "Hull"];

/**
 * Writes a CSV of about so many bytes, 10 columns: a running number, a date, six numbers, two categories, and a price
 * that depends on them with noise. The same bytes for the same seed; memory for one buffer. O(bytes).
 */
export function writeLarge(path: string, bytes: number, seed: number): LargeFile {
  const random = new Random(seed).split("large");
  const middles = Array.from({ length: templates }, () => renderRow(random));
  const file = openSync(path, "w");
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let filled = buffer.write(header);
  let written = 0;
  let rows = 0;
  while (written + filled < bytes) {
    const { start, price } = middles[random.integer(templates)]!;
    rows++;
    filled += buffer.write(`${rows},`, filled, "latin1");
    filled += start.copy(buffer, filled);
    filled += buffer.write(`${price + random.integer(20_000)}\n`, filled, "latin1");
    if (filled > bufferBytes - 512) {
      writeSync(file, buffer, 0, filled);
      written += filled;
      filled = 0;
    }
  }
  writeSync(file, buffer, 0, filled);
  closeSync(file);
  return { rows, bytes: written + filled };
}

/** The cells between the running number and the noise of the price. */
function renderRow(random: Random): { readonly start: Buffer; readonly price: number } {
  const size = 30 + 150 * random.next();
  const rooms = 1 + random.integer(6);
  const age = random.integer(120);
  const distance = 30 * random.next();
  const city = random.integer(cities.length);
  const kind = random.integer(40);
  const day = new Date(Date.UTC(2015, 0, 1 + random.integer(3650))).toISOString().slice(0, 10);
  const price = 2_000 * size + 15_000 * rooms - 600 * age - 3_000 * distance + 20_000 * city;
  const cells = [
    day,
    size.toFixed(2),
    rooms,
    age,
    distance.toFixed(3),
    (45 + 10 * random.next()).toFixed(5),
    cities[city],
    `kind ${kind}`,
  ];
  return { start: Buffer.from(`${cells.join(",")},`), price: Math.round(price + 200_000) };
}
