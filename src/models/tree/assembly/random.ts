/** The next 32 random bits of the generator whose four words are at `state`: sfc32, as in core/random.ts. */
export function uint32(state: usize): u32 {
  const a = load<u32>(state);
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8);
  const counter = load<u32>(state, 12);
  const sum = a + b + counter;
  store<u32>(state, counter + 1, 12);
  store<u32>(state, b ^ (b >> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, rotl<u32>(c, 21) + sum, 8);
  return sum;
}

/** A whole number in 0 ... count - 1 from 32 bits, as drawing columns and random cuts do it. */
export function below(state: usize, count: i32): i32 {
  return <i32>((<f64>uint32(state) / 4294967296.0) * <f64>count);
}
