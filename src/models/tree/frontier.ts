import type { GrowingNode } from "./growing-node.ts";

/** Leaves waiting to be split, each with its split found. */
export interface Frontier {
  readonly size: number;
  push(node: GrowingNode): void;
  /** Undefined when empty. */
  pop(): GrowingNode | undefined;
}

/** Last in, first out: the order for trees without a limit on leaves, since few histograms are alive at a time. */
export class DepthFirst implements Frontier {
  readonly #stack: GrowingNode[] = [];

  get size(): number {
    return this.#stack.length;
  }

  push(node: GrowingNode): void {
    this.#stack.push(node);
  }

  pop(): GrowingNode | undefined {
    return this.#stack.pop();
  }
}

/** Greatest gain first, ties to the lower node number (a binary heap): spends a limited number of leaves well. */
export class BestFirst implements Frontier {
  readonly #heap: GrowingNode[] = [];

  get size(): number {
    return this.#heap.length;
  }

  push(node: GrowingNode): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(node);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(node, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = node;
  }

  pop(): GrowingNode | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return last;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function before(a: GrowingNode, b: GrowingNode): boolean {
  const gainA = a.split?.gain ?? 0;
  const gainB = b.split?.gain ?? 0;
  return gainA > gainB || (gainA === gainB && a.index < b.index);
}
