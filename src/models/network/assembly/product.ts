/**
 * c = start + a b, in single precision. Every element of c is one sum over `inner` in its order, so that its bits do
 * not depend on the elements beside it, nor on how the work is cut into tiles.
 *
 * b lies in panels of 8 columns: element (k, j) is number ((j / 8) inner + k) 8 + j % 8. Element (i, k) of a is at
 * a + i aRow + k aStep, eight elements of c begin at c + i cRow + (j / 8) cPanel (bytes). `rows` is a multiple of 4,
 * `columns` of 8, `inner` of 4. `start`: one number per column, or 0. `pack`: room for 4 inner numbers.
 *
 * O(rows x columns x inner): per step of a tile of 4 x 8, 8 multiplications and 8 additions of 4 lanes on 6 loads.
 */
export function product(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  c: usize,
  cRow: usize,
  cPanel: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  start: usize,
  pack: usize,
): void {
  const panelBytes = (<usize>inner) << 5;
  for (let row = 0; row < rows; row += 4) {
    packRows(a + <usize>row * aRow, aRow, aStep, inner, pack);
    let panel = b;
    let out = c + <usize>row * cRow;
    let first = start;
    for (let column = 0; column < columns; column += 8) {
      tile(pack, panel, inner, out, cRow, first);
      panel += panelBytes;
      out += cPanel;
      if (start != 0) first += 32;
    }
  }
}

/** Four rows of a, side by side: number k of row i at 4 k + i. */
function packRows(a: usize, aRow: usize, aStep: usize, inner: i32, pack: usize): void {
  const end = pack + ((<usize>inner) << 4);
  const second = a + aRow;
  const third = second + aRow;
  const fourth = third + aRow;
  let at: usize = 0;
  for (let to = pack; to < end; to += 16) {
    store<f32>(to, load<f32>(a + at));
    store<f32>(to, load<f32>(second + at), 4);
    store<f32>(to, load<f32>(third + at), 8);
    store<f32>(to, load<f32>(fourth + at), 12);
    at += aStep;
  }
}

function tile(pack: usize, panel: usize, inner: i32, out: usize, cRow: usize, start: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  if (start != 0) {
    c00 = v128.load(start);
    c01 = v128.load(start, 16);
  }
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  const end = pack + ((<usize>inner) << 4);
  while (pack < end) {
    let b0 = v128.load(panel);
    let b1 = v128.load(panel, 16);
    let a = v128.load_splat<f32>(pack);
    c00 = f32x4.add(c00, f32x4.mul(a, b0));
    c01 = f32x4.add(c01, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 4);
    c10 = f32x4.add(c10, f32x4.mul(a, b0));
    c11 = f32x4.add(c11, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 8);
    c20 = f32x4.add(c20, f32x4.mul(a, b0));
    c21 = f32x4.add(c21, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 12);
    c30 = f32x4.add(c30, f32x4.mul(a, b0));
    c31 = f32x4.add(c31, f32x4.mul(a, b1));
    b0 = v128.load(panel, 32);
    b1 = v128.load(panel, 48);
    a = v128.load_splat<f32>(pack, 16);
    c00 = f32x4.add(c00, f32x4.mul(a, b0));
    c01 = f32x4.add(c01, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 20);
    c10 = f32x4.add(c10, f32x4.mul(a, b0));
    c11 = f32x4.add(c11, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 24);
    c20 = f32x4.add(c20, f32x4.mul(a, b0));
    c21 = f32x4.add(c21, f32x4.mul(a, b1));
    a = v128.load_splat<f32>(pack, 28);
    c30 = f32x4.add(c30, f32x4.mul(a, b0));
    c31 = f32x4.add(c31, f32x4.mul(a, b1));
    pack += 32;
    panel += 64;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += cRow;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += cRow;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += cRow;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

/** A matrix that lies row by row, in panels of 8 columns. O(rows x columns). */
export function toPanels(from: usize, rows: i32, columns: i32, to: usize): void {
  const rowBytes = (<usize>columns) << 2;
  for (let column: usize = 0; column < rowBytes; column += 32) {
    let at = from + column;
    for (let row = 0; row < rows; row++) {
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      at += rowBytes;
      to += 32;
    }
  }
}

/** The transpose of a matrix in panels, in panels. Rows and columns are multiples of 8. O(rows x columns). */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column++) {
    let at = from + ((<usize>((column >> 3) * rows * 8 + (column & 7))) << 2);
    for (let row = 0; row < rows; row++) {
      const place = ((row >> 3) * columns + column) * 8 + (row & 7);
      store<f32>(to + ((<usize>place) << 2), load<f32>(at));
      at += 32;
    }
  }
}
