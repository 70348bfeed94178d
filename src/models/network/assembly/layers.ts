// What happens to the rows of a batch beside the products: each value by itself, or sums in row order.

/**
 * z becomes x (1 + x / sqrt(1 + x²)) / 2, a smooth gate without exponentials, and `slope`, unless it is 0, its
 * derivative. `count` is a multiple of 4.
 */
export function activateSmooth(z: usize, slope: usize, count: i32): void {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const end = z + ((<usize>count) << 2);
  for (; z < end; z += 16) {
    const x = v128.load(z);
    const r = f32x4.div(one, f32x4.sqrt(f32x4.add(one, f32x4.mul(x, x))));
    const t = f32x4.mul(f32x4.mul(x, r), half);
    const gate = f32x4.add(half, t);
    v128.store(z, f32x4.mul(x, gate));
    if (slope != 0) {
      v128.store(slope, f32x4.add(gate, f32x4.mul(t, f32x4.mul(r, r))));
      slope += 16;
    }
  }
}

/** z becomes max(z, 0) and `slope`, unless it is 0, its derivative. */
export function activateRelu(z: usize, slope: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const end = z + ((<usize>count) << 2);
  for (; z < end; z += 16) {
    const x = v128.load(z);
    const positive = f32x4.gt(x, zero);
    v128.store(z, v128.and(x, positive));
    if (slope != 0) {
      v128.store(slope, v128.and(one, positive));
      slope += 16;
    }
  }
}

/**
 * Drops values at random, those that stay grow by `scale`; the slopes alike. A value is dropped when a draw of its
 * lane, four generators of Marsaglia's xorshift (2003) whose words lie at `state`, is below `threshold`.
 */
export function drop(
  z: usize,
  slope: usize,
  count: i32,
  threshold: i32,
  scale: f32,
  state: usize,
): void {
  const least = i32x4.splat(threshold);
  const factor = f32x4.splat(scale);
  let word = v128.load(state);
  const end = z + ((<usize>count) << 2);
  for (; z < end; z += 16) {
    word = v128.xor(word, i32x4.shl(word, 13));
    word = v128.xor(word, i32x4.shr_u(word, 17));
    word = v128.xor(word, i32x4.shl(word, 5));
    const kept = v128.and(factor, i32x4.ge_s(word, least));
    v128.store(z, f32x4.mul(v128.load(z), kept));
    v128.store(slope, f32x4.mul(v128.load(slope), kept));
    slope += 16;
  }
  v128.store(state, word);
}

/** a becomes a b, value by value. */
export function multiply(a: usize, b: usize, count: i32): void {
  const end = a + ((<usize>count) << 2);
  for (; a < end; a += 16) {
    v128.store(a, f32x4.mul(v128.load(a), v128.load(b)));
    b += 16;
  }
}

/** out = for each column the sum over the rows, in their order. O(rows x columns). */
export function columnSums(from: usize, rows: i32, columns: i32, out: usize): void {
  const rowBytes = (<usize>columns) << 2;
  for (let column: usize = 0; column < rowBytes; column += 16) {
    let sum = f32x4.splat(0);
    let at = from + column;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(at));
      at += rowBytes;
    }
    v128.store(out + column, sum);
  }
}

/** Rows `index` of the inputs times the gates, column by column; -1: a row of zeros. */
export function gather(
  inputs: usize,
  index: usize,
  rows: i32,
  columns: i32,
  gates: usize,
  out: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  for (let row = 0; row < rows; row++) {
    const r = load<i32>(index);
    index += 4;
    if (r < 0) memory.fill(out, 0, rowBytes);
    else {
      const from = inputs + <usize>r * rowBytes;
      for (let at: usize = 0; at < rowBytes; at += 16) {
        v128.store(out + at, f32x4.mul(v128.load(from + at), v128.load(gates + at)));
      }
    }
    out += rowBytes;
  }
}

/** out = for each column the sum over rows of `delta` times the inputs of the rows `index`. */
export function gateGradient(
  inputs: usize,
  index: usize,
  rows: i32,
  columns: i32,
  delta: usize,
  out: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  memory.fill(out, 0, rowBytes);
  for (let row = 0; row < rows; row++) {
    const r = load<i32>(index);
    index += 4;
    if (r >= 0) {
      const from = inputs + <usize>r * rowBytes;
      for (let at: usize = 0; at < rowBytes; at += 16) {
        const term = f32x4.mul(v128.load(delta + at), v128.load(from + at));
        v128.store(out + at, f32x4.add(v128.load(out + at), term));
      }
    }
    delta += rowBytes;
  }
}
