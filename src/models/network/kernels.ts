/**
 * The loops of a network over one block of memory; addresses and strides are bytes. Two implementations give the same
 * bits: WebAssembly (assembly/, where each is documented) and TypeScript (js-kernels.ts).
 */
export interface NetworkKernels {
  product(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    c: number,
    cRow: number,
    cPanel: number,
    rows: number,
    columns: number,
    inner: number,
    start: number,
    pack: number,
  ): void;
  toPanels(from: number, rows: number, columns: number, to: number): void;
  transpose(from: number, rows: number, columns: number, to: number): void;
  activateSmooth(z: number, slope: number, count: number): void;
  activateRelu(z: number, slope: number, count: number): void;
  drop(
    z: number,
    slope: number,
    count: number,
    threshold: number,
    scale: number,
    state: number,
  ): void;
  multiply(a: number, b: number, count: number): void;
  columnSums(from: number, rows: number, columns: number, out: number): void;
  gather(
    inputs: number,
    index: number,
    rows: number,
    columns: number,
    gates: number,
    out: number,
  ): void;
  gateGradient(
    inputs: number,
    index: number,
    rows: number,
    columns: number,
    delta: number,
    out: number,
  ): void;
  answers(
    h: number,
    rows: number,
    columns: number,
    weights: number,
    bias: number,
    out: number,
  ): void;
  headGradient(
    h: number,
    rows: number,
    columns: number,
    weights: number,
    answer: number,
    index: number,
    targets: number,
    scale: number,
    weightGradient: number,
    biasGradient: number,
    delta: number,
  ): void;
  adam(
    w: number,
    gradient: number,
    m: number,
    v: number,
    count: number,
    rate: number,
    keep: number,
    beta1: number,
    beta2: number,
    correction: number,
  ): void;
}
