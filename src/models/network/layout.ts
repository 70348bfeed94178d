/** Widths from the inputs to the last hidden layer, all multiples of 8, and how many members share the layers. */
export interface NetworkShape {
  readonly widths: readonly number[];
  readonly members: number;
}

/** Addresses of the trained numbers, in bytes: one block of `bytes`, in the order of the fields. */
export interface Parameters {
  /** One number per input and member. */
  readonly gates: number;
  /** Of each layer: its weights in panels (assembly/product.ts), its biases. */
  readonly layers: readonly LayerParameters[];
  /** One number per last hidden unit and member. */
  readonly heads: number;
  readonly headBiases: number;
  readonly bytes: number;
}

export interface LayerParameters {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

/** Hands out addresses from `start` on, each a multiple of 64. */
export class Room {
  #top: number;

  constructor(start: number) {
    this.#top = start;
  }

  get top(): number {
    return this.#top;
  }

  /** Room for so many numbers of 4 bytes. */
  take(numbers: number): number {
    const at = this.#top;
    this.#top = Math.ceil((at + 4 * numbers) / 64) * 64;
    return at;
  }
}

export function takeParameters({ widths, members }: NetworkShape, room: Room): Parameters {
  const start = room.top;
  const gates = room.take(members * widths[0]!);
  const layers = widths.slice(1).map((outputs, l) => {
    const inputs = widths[l]!;
    return { inputs, outputs, weights: room.take(inputs * outputs), biases: room.take(outputs) };
  });
  const heads = room.take(members * widths.at(-1)!);
  const headBiases = room.take(members);
  return { gates, layers, heads, headBiases, bytes: room.top - start };
}

/** Where the rows of a batch pass through the layers, member after member; `rows` is a multiple of 4. */
export interface Passage {
  readonly rows: number;
  /** Values of each layer, inputs first. */
  readonly values: readonly number[];
  readonly answers: number;
  /** Scratch of the products. */
  readonly pack: number;
}

export function takePassage({ widths }: NetworkShape, rows: number, room: Room): Passage {
  const values = widths.map((width) => room.take(rows * width));
  return {
    rows,
    values,
    answers: room.take(rows),
    pack: room.take(4 * Math.max(rows, ...widths)),
  };
}
