import { uint32 } from "./random";

/** Uniform in [0, 1) with 53 bits, as `Random.next`. */
function next(state: usize): f64 {
  const high = uint32(state) >> 5;
  const low = uint32(state) >> 6;
  return (<f64>high * 67108864 + <f64>low) / 9007199254740992;
}

/** See `drawRows` in sampling.ts of the TypeScript trees. `count` rows in all. */
export function drawRows(state: usize, chosen: i32, count: i32, rows: usize): void {
  let taken = 0;
  let left = chosen;
  for (let row = 0; row < count; row++) {
    const take = chosen >= count || next(state) * <f64>(count - row) < <f64>(chosen - taken);
    store<i32>(rows + ((take ? taken : left) << 2), row);
    taken += i32(take);
    left += i32(!take);
  }
}

/** See `drawSample` in sampling.ts of the TypeScript trees. `among` = 0: all `matrixRows` rows. */
export function drawSample(
  state: usize,
  among: usize,
  count: i32,
  times: usize,
  matrixRows: i32,
  rows: usize,
): i32 {
  memory.fill(times, 0, matrixRows);
  for (let i = 0; i < count; i++) {
    const drawn = <i32>floor<f64>(next(state) * <f64>count);
    const row = among == 0 ? drawn : load<i32>(among + (drawn << 2));
    const often = <u32>load<u8>(times + row);
    store<u8>(times + row, <u8>(often + u32(often < 255)));
  }
  let taken = 0;
  for (let row = 0; row < matrixRows; row++) {
    store<i32>(rows + (taken << 2), row);
    taken += i32(load<u8>(times + row) != 0);
  }
  return taken;
}
