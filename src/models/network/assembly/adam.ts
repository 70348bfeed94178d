/**
 * One step of Adam with decoupled weight decay (Loshchilov & Hutter 2019): w = keep w - rate m / (sqrt(correction v) +
 * epsilon) with running means m and v of the gradient and its square. `rate` has the correction of m in it. `count` is
 * a multiple of 4.
 */
export function adam(
  w: usize,
  gradient: usize,
  m: usize,
  v: usize,
  count: i32,
  rate: f32,
  keep: f32,
  beta1: f32,
  beta2: f32,
  correction: f32,
): void {
  const old1 = f32x4.splat(beta1);
  const new1 = f32x4.splat(<f32>1 - beta1);
  const old2 = f32x4.splat(beta2);
  const new2 = f32x4.splat(<f32>1 - beta2);
  const whole = f32x4.splat(correction);
  const epsilon = f32x4.splat(1e-8);
  const step = f32x4.splat(rate);
  const kept = f32x4.splat(keep);
  const end = (<usize>count) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const g = v128.load(gradient + at);
    const mean = f32x4.add(f32x4.mul(old1, v128.load(m + at)), f32x4.mul(new1, g));
    const square = f32x4.add(f32x4.mul(old2, v128.load(v + at)), f32x4.mul(new2, f32x4.mul(g, g)));
    v128.store(m + at, mean);
    v128.store(v + at, square);
    const length = f32x4.add(f32x4.sqrt(f32x4.mul(whole, square)), epsilon);
    const move = f32x4.div(f32x4.mul(step, mean), length);
    v128.store(w + at, f32x4.sub(f32x4.mul(kept, v128.load(w + at)), move));
  }
}
