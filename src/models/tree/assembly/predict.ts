// Prediction with trees over codes: bytes that stand for the cells of a matrix (src/models/predict/tree-codes.ts). Rows
// come in groups of 128; a group holds 128 codes of code column 0, then of column 1 and so on. Numbers behind `codes`,
// `sums` and cells are padded to whole groups.

/** Rows of a group. */
const groupRows: usize = 128;
/** The code of a missing value; other codes are -128 + the number of thresholds below the value. */
const missing: i32 = 127;

/**
 * Codes of a numeric column. `thresholds`: `size` of them, a power of two, ascending, at least one Infinity last.
 * O(rows x log(size)); eight searches at a time, without branches.
 */
export function encodeNumbers(
  cells: usize,
  groups: i32,
  thresholds: usize,
  size: i32,
  codes: usize,
  groupBytes: i32,
): void {
  const widest = (<usize>size) << 2;
  for (let g = 0; g < groups; g++, codes += groupBytes) {
    for (let at = codes; at < codes + groupRows; at += 8, cells += 64) {
      const x0 = load<f64>(cells);
      const x1 = load<f64>(cells, 8);
      const x2 = load<f64>(cells, 16);
      const x3 = load<f64>(cells, 24);
      const x4 = load<f64>(cells, 32);
      const x5 = load<f64>(cells, 40);
      const x6 = load<f64>(cells, 48);
      const x7 = load<f64>(cells, 56);
      let p0 = thresholds;
      let p1 = p0;
      let p2 = p0;
      let p3 = p0;
      let p4 = p0;
      let p5 = p0;
      let p6 = p0;
      let p7 = p0;
      for (let half = widest; half >= 8; half >>= 1) {
        p0 = passThresholds(p0, half, x0);
        p1 = passThresholds(p1, half, x1);
        p2 = passThresholds(p2, half, x2);
        p3 = passThresholds(p3, half, x3);
        p4 = passThresholds(p4, half, x4);
        p5 = passThresholds(p5, half, x5);
        p6 = passThresholds(p6, half, x6);
        p7 = passThresholds(p7, half, x7);
      }
      store<u8>(at, codeOf(p0 - thresholds, x0));
      store<u8>(at, codeOf(p1 - thresholds, x1), 1);
      store<u8>(at, codeOf(p2 - thresholds, x2), 2);
      store<u8>(at, codeOf(p3 - thresholds, x3), 3);
      store<u8>(at, codeOf(p4 - thresholds, x4), 4);
      store<u8>(at, codeOf(p5 - thresholds, x5), 5);
      store<u8>(at, codeOf(p6 - thresholds, x6), 6);
      store<u8>(at, codeOf(p7 - thresholds, x7), 7);
    }
  }
}

/** Beyond the next `half` bytes of thresholds when all of them are below x. */
function passThresholds(at: usize, half: usize, x: f64): usize {
  return select(at + half, at, load<f64>(at + half - 8) < x);
}

function codeOf(passed: usize, x: f64): i32 {
  return x != x ? missing : <i32>(passed >> 3) - 128;
}

/** Codes of the same column with a missing value below all others: one more, and 127 becomes -128. */
export function encodeMissingFirst(codes: usize, out: usize, groups: i32, groupBytes: i32): void {
  const one = i8x16.splat(1);
  for (let g = 0; g < groups; g++, codes += groupBytes, out += groupBytes)
    for (let i: usize = 0; i < groupRows; i += 16)
      v128.store(out + i, i8x16.add(v128.load(codes + i), one));
}

/** Codes of a category column: classes[cell], classes[size] for what is no category from 0 to size - 1. */
export function encodeCategories(
  cells: usize,
  groups: i32,
  classes: usize,
  size: i32,
  codes: usize,
  groupBytes: i32,
): void {
  const above = <f64>size;
  for (let g = 0; g < groups; g++, codes += groupBytes) {
    for (let i: usize = 0; i < groupRows; i++, cells += 8) {
      const x = load<f64>(cells);
      const category = x >= 0 && x < above ? <i32>x : size;
      store<u8>(codes + i, load<u8>(classes + category));
    }
  }
}

/**
 * sums[row] += value of the leaf reached, for a tree of at most 256 leaves. All its splits are looked at, for 16 rows
 * per instruction, and nothing branches: with the leaves numbered from left to right, the leaf reached is the highest
 * one all of whose right turns are taken. (Suppose a higher one than the leaf reached had that property: at the node
 * where the two paths part it lies right, but the row went left.) This is QuickScorer (Lucchese et al. 2015) with
 * numbers in place of bit sets.
 *
 * A node is 8 bytes: place of its codes (u32), right when code > limit (i8), number of its right part's lowest leaf
 * (u8), the mask of rows that it starts from (u8) and the one it makes (u8): the rows for which all right turns so far,
 * and its own, are taken. With bit 31 of the place set, 8 bytes follow: place of its right codes (u32) in `tables`, 256
 * bits. `scratch`: 256 masks, leaf numbers, and answers of a category split, of 128 bytes each. O(rows x leaves / 16).
 */
export function addSmallTree(
  nodes: usize,
  end: usize,
  values: usize,
  tables: usize,
  codes: usize,
  groups: i32,
  groupBytes: i32,
  sums: usize,
  scratch: usize,
): void {
  const leaves = scratch + 256 * groupRows;
  const answers = leaves + groupRows;
  memory.fill(scratch, 255, groupRows);
  for (let g = 0; g < groups; g++, codes += groupBytes, sums += groupRows << 3) {
    let l0 = i8x16.splat(0);
    let l1 = l0;
    let l2 = l0;
    let l3 = l0;
    let l4 = l0;
    let l5 = l0;
    let l6 = l0;
    let l7 = l0;
    for (let node = nodes; node < end; node += 8) {
      const limit = v128.load8_splat(node, 4);
      const leaf = v128.load8_splat(node, 5);
      const from = scratch + ((<usize>load<u8>(node, 6)) << 7);
      const to = scratch + ((<usize>load<u8>(node, 7)) << 7);
      let x = <usize>load<u32>(node);
      if (x < 0x80000000) x += codes;
      else {
        node += 8;
        answer(codes + (x & 0x7fffffff), tables + <usize>load<u32>(node), answers);
        x = answers;
      }
      let mask = v128.and(v128.load(from), i8x16.gt_s(v128.load(x), limit));
      v128.store(to, mask);
      l0 = i8x16.max_u(l0, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 16), i8x16.gt_s(v128.load(x, 16), limit));
      v128.store(to, mask, 16);
      l1 = i8x16.max_u(l1, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 32), i8x16.gt_s(v128.load(x, 32), limit));
      v128.store(to, mask, 32);
      l2 = i8x16.max_u(l2, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 48), i8x16.gt_s(v128.load(x, 48), limit));
      v128.store(to, mask, 48);
      l3 = i8x16.max_u(l3, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 64), i8x16.gt_s(v128.load(x, 64), limit));
      v128.store(to, mask, 64);
      l4 = i8x16.max_u(l4, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 80), i8x16.gt_s(v128.load(x, 80), limit));
      v128.store(to, mask, 80);
      l5 = i8x16.max_u(l5, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 96), i8x16.gt_s(v128.load(x, 96), limit));
      v128.store(to, mask, 96);
      l6 = i8x16.max_u(l6, v128.and(mask, leaf));
      mask = v128.and(v128.load(from, 112), i8x16.gt_s(v128.load(x, 112), limit));
      v128.store(to, mask, 112);
      l7 = i8x16.max_u(l7, v128.and(mask, leaf));
    }
    v128.store(leaves, l0);
    v128.store(leaves, l1, 16);
    v128.store(leaves, l2, 32);
    v128.store(leaves, l3, 48);
    v128.store(leaves, l4, 64);
    v128.store(leaves, l5, 80);
    v128.store(leaves, l6, 96);
    v128.store(leaves, l7, 112);
    addValues(leaves, values, sums);
  }
}

/** sums[i] += values[leaves[i]] for the rows of a group. */
function addValues(leaves: usize, values: usize, sums: usize): void {
  for (const end = leaves + groupRows; leaves < end; leaves += 4, sums += 32) {
    add(sums, values + ((<usize>load<u8>(leaves)) << 3));
    add(sums + 8, values + ((<usize>load<u8>(leaves, 1)) << 3));
    add(sums + 16, values + ((<usize>load<u8>(leaves, 2)) << 3));
    add(sums + 24, values + ((<usize>load<u8>(leaves, 3)) << 3));
  }
}

function add(sum: usize, value: usize): void {
  store<f64>(sum, load<f64>(sum) + load<f64>(value));
}

/** For each row of a group: 0 when its code is among the 256 bits (right), -1 when not; the limit is then -1. */
function answer(codes: usize, bits: usize, answers: usize): void {
  const low = v128.load(bits);
  const high = v128.load(bits, 16);
  const bitOf = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const seven = i8x16.splat(7);
  const sixteen = i8x16.splat(16);
  const zero = i8x16.splat(0);
  for (let i: usize = 0; i < groupRows; i += 16) {
    const code = v128.load(codes + i);
    const byte = i8x16.shr_u(code, 3);
    // A place of 16 or more gives 0, and below 16 the difference wraps around to more than that.
    const found = v128.or(i8x16.swizzle(low, byte), i8x16.swizzle(high, i8x16.sub(byte, sixteen)));
    const bit = i8x16.swizzle(bitOf, v128.and(code, seven));
    v128.store(answers + i, i8x16.eq(v128.and(found, bit), zero));
  }
}

/**
 * sums[row] += value of the leaf reached, for a tree of numeric splits of any size: eight rows walk at a time, and
 * after every fourth step it is looked at whether all are there. A node is 8 bytes: its left child's place behind
 * `nodes`, the right one's being 8 more (u32), code column (u16), right when code > limit (i8), 1 in a leaf (u8). A
 * leaf is its own left child, and its limit is 127, so that standing still is a step. `values` has one per node.
 * O(rows x depth).
 */
export function addLargeTree(
  nodes: usize,
  values: usize,
  codes: usize,
  groups: i32,
  groupBytes: i32,
  sums: usize,
): void {
  for (let g = 0; g < groups; g++, codes += groupBytes) {
    for (let x = codes; x < codes + groupRows; x += 8, sums += 64) {
      let n0: usize = nodes;
      let n1 = n0;
      let n2 = n0;
      let n3 = n0;
      let n4 = n0;
      let n5 = n0;
      let n6 = n0;
      let n7 = n0;
      do {
        for (let i = 0; i < 4; i++) {
          n0 = nodes + step(n0, x);
          n1 = nodes + step(n1, x + 1);
          n2 = nodes + step(n2, x + 2);
          n3 = nodes + step(n3, x + 3);
          n4 = nodes + step(n4, x + 4);
          n5 = nodes + step(n5, x + 5);
          n6 = nodes + step(n6, x + 6);
          n7 = nodes + step(n7, x + 7);
        }
      } while (
        (load<u8>(n0, 7) &
          load<u8>(n1, 7) &
          (load<u8>(n2, 7) & load<u8>(n3, 7)) &
          (load<u8>(n4, 7) & load<u8>(n5, 7) & (load<u8>(n6, 7) & load<u8>(n7, 7)))) ==
        0
      );
      add(sums, values + (n0 - nodes));
      add(sums + 8, values + (n1 - nodes));
      add(sums + 16, values + (n2 - nodes));
      add(sums + 24, values + (n3 - nodes));
      add(sums + 32, values + (n4 - nodes));
      add(sums + 40, values + (n5 - nodes));
      add(sums + 48, values + (n6 - nodes));
      add(sums + 56, values + (n7 - nodes));
    }
  }
}

/** The place of the child behind the nodes. */
function step(node: usize, codes: usize): usize {
  const code = load<i8>(codes + ((<usize>load<u16>(node, 4)) << 7));
  return <usize>load<u32>(node) + ((<usize>(code > load<i8>(node, 6))) << 3);
}

/**
 * The same for a tree with category splits. A node is 16 bytes: its left child's place behind `nodes`, the right one's
 * being 16 more (u32), place of its code column (u32), place of its right codes in `tables`, 256 bits, for numeric
 * splits too (u32), 1 in a leaf (u32), which has no right codes. `values` has one per node.
 */
export function addMixedTree(
  nodes: usize,
  values: usize,
  tables: usize,
  codes: usize,
  groups: i32,
  groupBytes: i32,
  sums: usize,
): void {
  for (let g = 0; g < groups; g++, codes += groupBytes) {
    for (let x = codes; x < codes + groupRows; x += 8, sums += 64) {
      let n0: usize = nodes;
      let n1 = n0;
      let n2 = n0;
      let n3 = n0;
      let n4 = n0;
      let n5 = n0;
      let n6 = n0;
      let n7 = n0;
      do {
        for (let i = 0; i < 4; i++) {
          n0 = nodes + mixedStep(n0, x, tables);
          n1 = nodes + mixedStep(n1, x + 1, tables);
          n2 = nodes + mixedStep(n2, x + 2, tables);
          n3 = nodes + mixedStep(n3, x + 3, tables);
          n4 = nodes + mixedStep(n4, x + 4, tables);
          n5 = nodes + mixedStep(n5, x + 5, tables);
          n6 = nodes + mixedStep(n6, x + 6, tables);
          n7 = nodes + mixedStep(n7, x + 7, tables);
        }
      } while (
        (load<u32>(n0, 12) &
          load<u32>(n1, 12) &
          (load<u32>(n2, 12) & load<u32>(n3, 12)) &
          (load<u32>(n4, 12) & load<u32>(n5, 12) & (load<u32>(n6, 12) & load<u32>(n7, 12)))) ==
        0
      );
      add(sums, values + ((n0 - nodes) >> 1));
      add(sums + 8, values + ((n1 - nodes) >> 1));
      add(sums + 16, values + ((n2 - nodes) >> 1));
      add(sums + 24, values + ((n3 - nodes) >> 1));
      add(sums + 32, values + ((n4 - nodes) >> 1));
      add(sums + 40, values + ((n5 - nodes) >> 1));
      add(sums + 48, values + ((n6 - nodes) >> 1));
      add(sums + 56, values + ((n7 - nodes) >> 1));
    }
  }
}

function mixedStep(node: usize, codes: usize, tables: usize): usize {
  const code = <u32>load<u8>(codes + <usize>load<u32>(node, 4));
  const bits = <u32>load<u8>(tables + <usize>load<u32>(node, 8) + (code >> 3));
  return <usize>load<u32>(node) + (((bits >> (code & 7)) & 1) << 4);
}
