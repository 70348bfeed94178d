import type { Leaves } from "./trainer.ts";

/** Leaves as they are made, in arrays that grow. */
export class LeafList implements Leaves {
  #count = 0;
  #node: Int32Array = new Int32Array(32);
  #begin: Int32Array = new Int32Array(32);
  #end: Int32Array = new Int32Array(32);

  add(node: number, begin: number, end: number): void {
    if (this.#count === this.#node.length) this.#grow();
    this.#node[this.#count] = node;
    this.#begin[this.#count] = begin;
    this.#end[this.#count++] = end;
  }

  get count(): number {
    return this.#count;
  }

  /** Longer than `count`, like the other two. */
  get node(): Int32Array {
    return this.#node;
  }

  get begin(): Int32Array {
    return this.#begin;
  }

  get end(): Int32Array {
    return this.#end;
  }

  #grow(): void {
    this.#node = doubled(this.#node);
    this.#begin = doubled(this.#begin);
    this.#end = doubled(this.#end);
  }
}

function doubled(array: Int32Array): Int32Array {
  const longer = new Int32Array(2 * array.length);
  longer.set(array);
  return longer;
}
