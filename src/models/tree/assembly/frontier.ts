import { Growing } from "./job";

// Leaves waiting to be split, as addresses; see frontier.ts of the TypeScript grower.

let list: usize = 0;
let size: i32 = 0;
let bestFirst: bool = true;

export function startFrontier(at: usize, greatestFirst: bool): void {
  list = at;
  size = 0;
  bestFirst = greatestFirst;
}

export function waiting(): i32 {
  return size;
}

export function push(node: usize): void {
  let at = size++;
  if (bestFirst) {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = get(parent);
      if (!before(node, other)) break;
      set(at, other);
      at = parent;
    }
  }
  set(at, node);
}

/** There must be one. */
export function pop(): usize {
  const last = get(--size);
  if (!bestFirst || size == 0) return last;
  const top = get(0);
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && before(get(child + 1), get(child))) child++;
    if (!before(get(child), last)) break;
    set(at, get(child));
    at = child;
  }
  set(at, last);
  return top;
}

function before(a: usize, b: usize): bool {
  const first = changetype<Growing>(a);
  const second = changetype<Growing>(b);
  return first.gain > second.gain || (first.gain == second.gain && first.index < second.index);
}

function get(at: i32): usize {
  return load<usize>(list + (at << 2));
}

function set(at: i32, node: usize): void {
  store<usize>(list + (at << 2), node);
}
