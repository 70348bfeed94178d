/** out[i] = mean of values over rows[begin[i] ... end[i]); see `TreeTrainer.leafMeans`. `times`, `weight`: 0 for none. */
export function leafMeans(
  leaves: i32,
  begin: usize,
  end: usize,
  rows: usize,
  values: usize,
  times: usize,
  weight: usize,
  out: usize,
): void {
  for (let i = 0; i < leaves; i++, begin += 4, end += 4, out += 8) {
    const from = rows + (load<u32>(begin) << 2);
    const count = load<i32>(end) - load<i32>(begin);
    const mean =
      times == 0 && weight == 0
        ? plainMean(from, count, values)
        : weightedMean(from, count, values, times, weight);
    store<f64>(out, mean);
  }
}

/** Every fourth row in a sum of its own. */
function plainMean(rows: usize, count: i32, values: usize): f64 {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let i = 0;
  for (; i + 3 < count; i += 4, rows += 16) {
    s0 += load<f64>(values + (load<u32>(rows) << 3));
    s1 += load<f64>(values + (load<u32>(rows, 4) << 3));
    s2 += load<f64>(values + (load<u32>(rows, 8) << 3));
    s3 += load<f64>(values + (load<u32>(rows, 12) << 3));
  }
  if (i < count) s0 += load<f64>(values + (load<u32>(rows) << 3));
  if (i + 1 < count) s1 += load<f64>(values + (load<u32>(rows, 4) << 3));
  if (i + 2 < count) s2 += load<f64>(values + (load<u32>(rows, 8) << 3));
  return (s0 + s1 + (s2 + s3)) / <f64>count;
}

function weightedMean(rows: usize, count: i32, values: usize, times: usize, weight: usize): f64 {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let w0: f64 = 0;
  let w1: f64 = 0;
  let w2: f64 = 0;
  let w3: f64 = 0;
  for (let i = 0; i < count; i++, rows += 4) {
    const row = load<u32>(rows);
    let often: f64 = times == 0 ? 1 : <f64>load<u8>(times + row);
    if (weight != 0) often *= load<f64>(weight + (row << 3));
    const value = often * load<f64>(values + (row << 3));
    const part = i & 3;
    if (part == 0) {
      s0 += value;
      w0 += often;
    } else if (part == 1) {
      s1 += value;
      w1 += often;
    } else if (part == 2) {
      s2 += value;
      w2 += often;
    } else {
      s3 += value;
      w3 += often;
    }
  }
  return (s0 + s1 + (s2 + s3)) / (w0 + w1 + (w2 + w3));
}

/** scores[row] += values[i] for the rows of leaf i. */
export function addToRows(
  leaves: i32,
  begin: usize,
  end: usize,
  rows: usize,
  values: usize,
  scores: usize,
): void {
  for (let i = 0; i < leaves; i++, begin += 4, end += 4, values += 8) {
    const value = load<f64>(values);
    const stop = rows + (load<u32>(end) << 2);
    for (let at = rows + (load<u32>(begin) << 2); at < stop; at += 4) {
      const score = scores + (load<u32>(at) << 3);
      store<f64>(score, load<f64>(score) + value);
    }
  }
}
