/**
 * Moves the rows whose bin has goesLeft[bin] = 1 to the front of rows[begin ... end), both sides in their old order, and
 * returns where the right side begins; or, without `whole`, leaves those of the right side in `spare`. Every row is
 * written to both sides and one counter moves: no branch to mispredict. O(rows).
 */
export function partition(
  bins: usize,
  goesLeft: usize,
  rows: usize,
  begin: i32,
  end: i32,
  spare: usize,
  whole: bool,
): i32 {
  const start = rows + (begin << 2);
  const stop = rows + (end << 2);
  let left = start;
  let right = spare;
  let at = start;
  for (; at + 12 < stop; at += 16) {
    const r0 = load<u32>(at);
    const r1 = load<u32>(at, 4);
    const r2 = load<u32>(at, 8);
    const r3 = load<u32>(at, 12);
    const g0 = (<u32>load<u8>(goesLeft + <u32>load<u8>(bins + r0))) << 2;
    const g1 = (<u32>load<u8>(goesLeft + <u32>load<u8>(bins + r1))) << 2;
    const g2 = (<u32>load<u8>(goesLeft + <u32>load<u8>(bins + r2))) << 2;
    const g3 = (<u32>load<u8>(goesLeft + <u32>load<u8>(bins + r3))) << 2;
    store<u32>(left, r0);
    store<u32>(right, r0);
    left += g0;
    right += 4 - g0;
    store<u32>(left, r1);
    store<u32>(right, r1);
    left += g1;
    right += 4 - g1;
    store<u32>(left, r2);
    store<u32>(right, r2);
    left += g2;
    right += 4 - g2;
    store<u32>(left, r3);
    store<u32>(right, r3);
    left += g3;
    right += 4 - g3;
  }
  for (; at < stop; at += 4) {
    const row = load<u32>(at);
    const goes = (<u32>load<u8>(goesLeft + <u32>load<u8>(bins + row))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes;
    right += 4 - goes;
  }
  if (whole) memory.copy(left, spare, right - spare);
  return begin + <i32>((left - start) >> 2);
}

/** goesLeft[bin] for a numeric split: bins up to `bin` go left, the missing bin as told. */
export function leftUpTo(goesLeft: usize, bin: i32, valueBins: i32, missingLeft: i32): void {
  memory.fill(goesLeft, 1, bin + 1);
  memory.fill(goesLeft + bin + 1, 0, 255 - bin);
  store<u8>(goesLeft + valueBins, <u8>missingLeft);
}

/** goesLeft[bin] for a split by categories: one bit per bin in the 32 bytes at `words`. */
export function leftByBits(goesLeft: usize, words: usize): void {
  for (let bin: u32 = 0; bin < 256; bin++) {
    const bits = load<u64>(words + ((bin >> 6) << 3));
    store<u8>(goesLeft + bin, <u8>((bits >> ((bin & 63) as u64)) & 1));
  }
}
