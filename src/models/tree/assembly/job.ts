/** What the kernels must know of a binned column. */
@unmanaged
export class Column {
  /** Bins that hold values; bin number `valueBins` is the missing bin. */
  valueBins: i32;
  /** 1: categories, 0: numbers. */
  category: i32;
  /** Column of the matrix the model is for. */
  source: i32;
  /** Place of its first sum in a histogram, in bytes; the next one is 16 further. */
  sums: u32;
  /** 1: predictions may only rise with it; -1: only fall. */
  monotone: i32;
  /** Address of its 255 thresholds. */
  edges: usize;
}

/**
 * One tree to grow: written by TypeScript in the order of the fields, first 4-byte numbers, then 8-byte ones. Every
 * address is that of an array.
 */
@unmanaged
export class Job {
  // The matrix: cells of eight columns per row, group after group; and the same bins column after column.
  cells: usize;
  bins: usize;
  matrixRows: i32;
  columns: usize;
  columnCount: i32;
  /** Bytes of a histogram of one kind of sum; twice as many when second derivatives are summed up too. */
  histogramBytes: i32;
  /** Place of each pair of columns in a histogram, in bytes, and of the end. */
  pairs: usize;
  // What the tree is grown on.
  rows: usize;
  count: i32;
  gradient: usize;
  /** 0: none. */
  hessian: usize;
  /** 0: none. */
  times: usize;
  /** 1: rows and times are drawn first, among those at `among`; 0 there: all. */
  bootstrap: i32;
  among: usize;
  amongCount: i32;
  /** What the means of leaves are of; 0: none. */
  target: usize;
  /** Columns in use. */
  candidates: usize;
  candidateCount: i32;
  draws: i32;
  /** Groups with columns in use. */
  groups: usize;
  groupCount: i32;
  /** Four words of the generator of random numbers. */
  random: usize;
  // The rules.
  maxLeaves: i32;
  maxDepth: i32;
  minRows: i32;
  /** 1: second derivatives, L1 or monotone columns. */
  general: i32;
  monotone: i32;
  randomCuts: i32;
  // Room to work in.
  packed: usize;
  packedHessian: usize;
  /** Values of a node's rows side by side. */
  ordered: usize;
  orderedHessian: usize;
  spare: usize;
  histograms: usize;
  histogramCount: i32;
  freeHistograms: usize;
  records: usize;
  recordCount: i32;
  freeRecords: usize;
  frontier: usize;
  scratch: usize;
  shuffled: usize;
  /** Fewest rows of a node whose columns are summed up all together. */
  histogramRows: i32;
  // The tree.
  firstNode: i32;
  nodeLimit: i32;
  feature: usize;
  left: usize;
  right: usize;
  missingLeft: usize;
  threshold: usize;
  cover: usize;
  gain: usize;
  column: usize;
  bin: usize;
  set: usize;
  sets: usize;
  setLimit: i32;
  setCount: i32;
  leafCount: i32;
  leafNode: usize;
  leafBegin: usize;
  leafEnd: usize;
  leafLow: usize;
  leafHigh: usize;
  leafMean: usize;
  /** Nodes of the tree. */
  nodeCount: i32;
  /** 1: there was not enough room for the tree. */
  overflow: i32;
  // Threads working together.
  /** Most pieces that a node is divided into; 1: none. */
  pieces: i32;
  /** Those of the rows and of the columns of the node at hand. */
  rowPieces: i32;
  lookPieces: i32;
  /** Fewest sums, rows x columns, of a node whose rows are worth dividing. */
  sharedSums: i32;
  /** Fewest bins, over all columns, worth dividing. */
  sharedBins: i32;
  /** Histograms of pieces 1, 2 ... */
  partials: usize;
  /** Rows going right, as `spare` holds those going left. */
  spareRight: usize;
  /** Rows going left in each piece. */
  leftCounts: usize;
  /** Sums of sizes of blocks of rows, and totals of pieces. */
  blockSums: usize;
  totals: usize;
  /** Two records per piece: the best splits found in it. */
  found: usize;
  // The node at hand.
  node: usize;
  smaller: usize;
  larger: usize;
  /** 1: the smaller child is that on the left. */
  smallerIsLeft: i32;
  /** Histograms to be summed up for the smaller child. */
  built: i32;
  // Numbers.
  l1: f64;
  l2: f64;
  minGain: f64;
  // What packed sums mean.
  unit: f64;
  scale: f64;
  hessianUnit: f64;
  /** Rows counted. */
  weight: f64;
}

/** A leaf of the tree being grown that may still be split. */
@unmanaged
export class Growing {
  index: i32;
  begin: i32;
  end: i32;
  depth: i32;
  /** Address; 0: its columns are summed up one by one. */
  histogram: usize;
  column: i32;
  bin: i32;
  missingLeft: i32;
  /** 1: categories, divided by `bits`. */
  category: i32;
  unused: i32;
  total: f64;
  hessian: f64;
  low: f64;
  high: f64;
  /** 0: no split. */
  gain: f64;
  leftTotal: f64;
  leftHessian: f64;
  /** The weight halfway between those of the two sides. */
  middle: f64;
  /** One bit per bin that goes left. */
  bits0: u64;
  bits1: u64;
  bits2: u64;
  bits3: u64;
}
