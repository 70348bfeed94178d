/** out = bias + the dot product of each row with the weights: four partial sums, then those. */
export function answers(
  h: usize,
  rows: i32,
  columns: i32,
  weights: usize,
  bias: usize,
  out: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  const first = load<f32>(bias);
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(h + at), v128.load(weights + at)));
    }
    const left = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
    const right = f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
    store<f32>(out, first + (left + right));
    out += 4;
    h += rowBytes;
  }
}

/**
 * Turns answers into the gradient of half the squared error, (answer - target) x scale, 0 for rows of index -1; from
 * it the gradients of weights, bias and rows.
 */
export function headGradient(
  h: usize,
  rows: i32,
  columns: i32,
  weights: usize,
  answer: usize,
  index: usize,
  targets: usize,
  scale: f32,
  weightGradient: usize,
  biasGradient: usize,
  delta: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  memory.fill(weightGradient, 0, rowBytes);
  let total: f32 = 0;
  for (let row = 0; row < rows; row++) {
    const r = load<i32>(index);
    let g: f32 = 0;
    if (r >= 0) g = (load<f32>(answer) - load<f32>(targets + ((<usize>r) << 2))) * scale;
    total += g;
    const all = f32x4.splat(g);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const term = f32x4.mul(all, v128.load(h + at));
      v128.store(weightGradient + at, f32x4.add(v128.load(weightGradient + at), term));
      v128.store(delta + at, f32x4.mul(all, v128.load(weights + at)));
    }
    index += 4;
    answer += 4;
    h += rowBytes;
    delta += rowBytes;
  }
  store<f32>(biasGradient, total);
}
