import { Growing, Job } from "./job";
import { countIn, hessianUnit, scale, unit } from "./pack";

// The rules and sums of the node at hand; see js-cuts.ts for what the formulas mean.
let minRows: f64 = 1;
let total: f64 = 0;
let magic: f64 = 0;
let smallest: f64 = 0;
let largest: f64 = 0;
let pull: f64 = 0;
let m: f64 = 0;
let least: f64 = 0;
let mUnits: f64 = 0;
let l2Units: f64 = 0;
let minGain: f64 = 0;
// The general path: second derivatives, L1, bounds.
let general: bool = false;
let hasHessian: bool = false;
let l1: f64 = 0;
let l2: f64 = 0;
let low: f64 = 0;
let high: f64 = 0;
let counted: f64 = 0;
let gradientTotal: f64 = 0;
let hessianTotal: f64 = 0;
let denominator: f64 = 0;
let parentScore: f64 = 0;
let monotone: i32 = 0;

// The list to cut: sums of bin b at sums + (b << shift); order[0 ... count) are bins.
export let sums: usize = 0;
export let hessians: usize = 0;
export let shift: i32 = 3;
export let order: usize = 0;
export let count: i32 = 0;
export let rest: f64 = 0;
export let restHessian: f64 = 0;

// The best cut of the list.
export let gain: f64 = 0;
export let left: f64 = 0;
export let leftHessian: f64 = 0;
export let restLeft: bool = false;
export let place: i32 = -1;
export let middle: f64 = 0;

/** Before the lists of a node. */
export function startCuts(job: Job, node: Growing): void {
  general = job.general != 0;
  hasHessian = job.hessian != 0;
  minRows = <f64>job.minRows;
  total = node.total;
  l2 = job.l2;
  // Twice, as `minGain * scale * scale`: gains are in squared levels.
  minGain = job.minGain * scale * scale;
  magic = 6755399441055744 * unit;
  counted = total + magic - magic;
  gradientTotal = total - counted;
  smallest = minRows * unit;
  largest = counted - smallest;
  if (general) startGeneral(job, node);
  const perUnit = 1 / unit;
  pull = gradientTotal * perUnit;
  const n = counted * perUnit;
  m = n + 2 * l2;
  least = m * minGain + (l2 == 0 ? 0 : (gradientTotal * gradientTotal * l2) / (n + l2));
  mUnits = m * unit;
  l2Units = l2 * unit;
}

export function setList(at: usize, hessianAt: usize, by: i32, bins: usize, length: i32): void {
  sums = at;
  hessians = hessianAt;
  shift = by;
  order = bins;
  count = length;
}

export function setRest(sum: f64, hessian: f64, direction: i32): void {
  rest = sum;
  restHessian = hessian;
  monotone = direction;
}

/** The best cut of the list; `gain` is 0 when no cut gains enough. O(count). */
export function cut(): void {
  if (general) cutGeneral();
  else cutPlain();
}

function cutPlain(): void {
  const perUnit = 1 / unit;
  let bestTop = least * perUnit * perUnit;
  let bestBottom: f64 = 1;
  place = -1;
  restLeft = false;
  const by = shift;
  const from = sums;
  const end = order + count;
  const ways = rest == 0 ? 1 : 2;
  for (let way = 0; way < ways; way++) {
    let sum: f64 = way == 0 ? 0 : rest;
    for (let at = order; at < end; at++) {
      const bin = load<f64>(from + ((<usize>load<u8>(at)) << by));
      if (bin == 0) continue;
      sum += bin;
      const leftCounted = sum + magic - magic;
      if (leftCounted < smallest) continue;
      if (leftCounted > largest) break;
      const a = leftCounted + l2Units;
      const d = m * (sum - leftCounted) - a * pull;
      const top = d * d;
      const bottom = a * (mUnits - a);
      if (top * bestBottom > bestTop * bottom) {
        bestTop = top;
        bestBottom = bottom;
        place = <i32>(at - order);
        left = sum;
        restLeft = way == 1;
      }
    }
  }
  gain = 0;
  if (place >= 0) gain = gainOf(bestTop, bestBottom);
}

/**
 * The best cut of `length` values sorted by bin, nothing missing; the plain path only. `place` is that of the last value
 * on the left.
 */
export function cutSorted(bins: usize, values: usize, length: i32): void {
  const perUnit = 1 / unit;
  let bestTop = least * perUnit * perUnit;
  let bestBottom: f64 = 1;
  let sum: f64 = 0;
  place = -1;
  rest = 0;
  restLeft = false;
  for (let i = 0; i + 1 < length; i++) {
    sum += load<f64>(values + (i << 3));
    if (load<u8>(bins + i) == load<u8>(bins + i, 1)) continue;
    const leftCounted = sum + magic - magic;
    if (leftCounted < smallest) continue;
    if (leftCounted > largest) break;
    const a = leftCounted + l2Units;
    const d = m * (sum - leftCounted) - a * pull;
    const top = d * d;
    const bottom = a * (mUnits - a);
    if (top * bestBottom > bestTop * bottom) {
      bestTop = top;
      bestBottom = bottom;
      place = i;
      left = sum;
    }
  }
  gain = place < 0 ? 0 : gainOf(bestTop, bestBottom);
}

/** The cut with this sum on the left, nothing missing; the plain path only. */
export function cutOnce(sum: f64): void {
  const perUnit = 1 / unit;
  const leftCounted = sum + magic - magic;
  const a = leftCounted + l2Units;
  const d = m * (sum - leftCounted) - a * pull;
  const top = d * d;
  const bottom = a * (mUnits - a);
  const found =
    leftCounted >= smallest &&
    leftCounted <= largest &&
    top * 1 > least * perUnit * perUnit * bottom;
  rest = 0;
  restLeft = false;
  left = sum;
  gain = found ? gainOf(top, bottom) : 0;
}

function gainOf(top: f64, bottom: f64): f64 {
  return ((top / bottom) * unit * unit - least) / m + minGain;
}

/**
 * The best cuts of two numeric columns whose sums lie side by side, `width` pairs from `at` on: the cut of the first
 * in `pairGain(0)` and so on. The plain path only. The bins after the last one of the shorter column are its missing
 * bin and zeros: cuts behind them leave no row on the right and are passed over.
 */
export function cutPair(at: usize, width: i32, rest0: f64, rest1: f64): void {
  const perUnit = 1 / unit;
  const magics = f64x2.splat(magic);
  const smallests = f64x2.splat(smallest);
  const largests = f64x2.splat(largest);
  const ms = f64x2.splat(m);
  const pulls = f64x2.splat(pull);
  const l2s = f64x2.splat(l2Units);
  const mUnit = f64x2.splat(mUnits);
  const none = f64x2.splat(0);
  let bestTop = f64x2.splat(least * perUnit * perUnit);
  let bestBottom = f64x2.splat(1);
  let bestLeft = f64x2.splat(0);
  let bestPlace = f64x2.splat(-1);
  const rests = f64x2.replace_lane(f64x2.splat(rest0), 1, rest1);
  const end = at + ((<usize>width) << 4);
  const ways = rest0 == 0 && rest1 == 0 ? 1 : 2;
  for (let way = 0; way < ways; way++) {
    let sum = way == 0 ? f64x2.splat(0) : rests;
    for (let p = at; p < end; p += 16) {
      const bins = v128.load(p);
      sum = f64x2.add(sum, bins);
      const leftCounted = f64x2.sub(f64x2.add(sum, magics), magics);
      const a = f64x2.add(leftCounted, l2s);
      const d = f64x2.sub(f64x2.mul(ms, f64x2.sub(sum, leftCounted)), f64x2.mul(a, pulls));
      const top = f64x2.mul(d, d);
      const bottom = f64x2.mul(a, f64x2.sub(mUnit, a));
      const better = v128.and(
        f64x2.gt(f64x2.mul(top, bestBottom), f64x2.mul(bestTop, bottom)),
        v128.and(
          v128.and(f64x2.ge(leftCounted, smallests), f64x2.le(leftCounted, largests)),
          f64x2.ne(bins, none),
        ),
      );
      if (!v128.any_true(better)) continue;
      bestTop = v128.bitselect(top, bestTop, better);
      bestBottom = v128.bitselect(bottom, bestBottom, better);
      bestLeft = v128.bitselect(sum, bestLeft, better);
      const number = <f64>(<i32>((p - at) >> 4) + (way << 16));
      bestPlace = v128.bitselect(f64x2.splat(number), bestPlace, better);
    }
  }
  tops = bestTop;
  bottoms = bestBottom;
  lefts = bestLeft;
  places = bestPlace;
}

let tops: v128 = f64x2.splat(0);
let bottoms: v128 = f64x2.splat(1);
let lefts: v128 = f64x2.splat(0);
let places: v128 = f64x2.splat(-1);

/** Makes the cut that `cutPair` found in its first or second column the best cut of the list. */
export function takeOfPair(second: bool): void {
  const number = second ? f64x2.extract_lane(places, 1) : f64x2.extract_lane(places, 0);
  gain = 0;
  place = <i32>number;
  if (place < 0) return;
  restLeft = place >= 65536;
  place &= 65535;
  left = second ? f64x2.extract_lane(lefts, 1) : f64x2.extract_lane(lefts, 0);
  gain = second
    ? gainOf(f64x2.extract_lane(tops, 1), f64x2.extract_lane(bottoms, 1))
    : gainOf(f64x2.extract_lane(tops, 0), f64x2.extract_lane(bottoms, 0));
}

function startGeneral(job: Job, node: Growing): void {
  l1 = job.l1 * scale;
  low = node.low;
  high = node.high;
  hessianTotal = node.hessian;
  const n = hasHessian ? hessianTotal * hessianUnit : counted / unit;
  denominator = n + l2;
  const t = soft(gradientTotal);
  parentScore = denominator > 0 ? score(t, denominator, clip(t / denominator)) : 0;
}

function cutGeneral(): void {
  // Less than this share is rounding (js-weighted-cuts.ts).
  let best = minGain + abs(parentScore) * 9.094947017729282e-13;
  let wl: f64 = 0;
  let wr: f64 = 0;
  place = -1;
  restLeft = false;
  const ways = rest == 0 ? 1 : 2;
  for (let way = 0; way < ways; way++) {
    let sum: f64 = way == 0 ? 0 : rest;
    let hessian: f64 = way == 0 ? 0 : restHessian;
    for (let i = 0; i < count; i++) {
      const at = (<usize>load<u8>(order + i)) << shift;
      const bin = load<f64>(sums + at);
      if (bin == 0) continue;
      sum += bin;
      if (hasHessian) hessian += load<f64>(hessians + at);
      const leftCounted = sum + magic - magic;
      if (leftCounted < smallest) continue;
      if (leftCounted > largest) break;
      const n = hasHessian ? hessian * hessianUnit : leftCounted / unit;
      const others = hasHessian
        ? (hessianTotal - hessian) * hessianUnit
        : (counted - leftCounted) / unit;
      const a = n + l2;
      const b = others + l2;
      if (a <= 0 || b <= 0) continue;
      const tl = soft(sum - leftCounted);
      const tr = soft(gradientTotal - (sum - leftCounted));
      const l = clip(tl / a);
      const r = clip(tr / b);
      if ((monotone > 0 && l > r) || (monotone < 0 && l < r)) continue;
      const value = score(tl, a, l) + score(tr, b, r) - parentScore;
      if (value > best) {
        best = value;
        place = i;
        left = sum;
        leftHessian = hessian;
        restLeft = way == 1;
        wl = l;
        wr = r;
      }
    }
  }
  gain = place < 0 ? 0 : best;
  middle = wl / 2 + wr / 2;
}

function soft(g: f64): f64 {
  return g > l1 ? g - l1 : g < -l1 ? g + l1 : 0;
}

function clip(w: f64): f64 {
  return w < low ? low : w > high ? high : w;
}

function score(t: f64, a: f64, w: f64): f64 {
  return (2 * t - a * w) * w;
}

/**
 * Orders the bins of the list that hold at least `fewest` rows by smoothed mean gradient, ties as they were, into
 * `ordered`; returns their number. `means` has room for 256 numbers.
 */
export function orderByMean(smoothing: f64, fewest: f64, ordered: usize, means: usize): i32 {
  let length = 0;
  for (let i = 0; i < count; i++) {
    const bin = load<u8>(order + i);
    const sum = load<f64>(sums + ((<usize>bin) << shift));
    const rows = countIn(sum);
    if (rows < fewest || rows == 0) continue;
    const weight = hasHessian ? load<f64>(hessians + ((<usize>bin) << shift)) * hessianUnit : rows;
    const mean = (sum - rows * unit) / (weight + smoothing);
    let at = length++;
    for (; at > 0 && load<f64>(means + ((at - 1) << 3)) > mean; at--) {
      store<f64>(means + (at << 3), load<f64>(means + ((at - 1) << 3)));
      store<u8>(ordered + at, load<u8>(ordered + at - 1));
    }
    store<f64>(means + (at << 3), mean);
    store<u8>(ordered + at, bin);
  }
  return length;
}

/** A random cut is found in a list of two parts, but lies somewhere in the whole list. */
export function setPlace(at: i32): void {
  place = at;
}
