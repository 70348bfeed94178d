import { doPiece } from "./pieces";

// Threads that work on pieces of one thing. The leader writes down what is to be done, opens as many tickets as there are
// pieces, and takes tickets itself; helpers take the others, if they are running. So a helper that the machine has put to
// sleep is never waited for, only one that holds a ticket. The words lie at the bottom of the memory, a cache line apart.

/**
 * Number of the call in bits 32 and up, its pieces in bits 16 to 31, tickets taken in the lowest: one word, so that all
 * are of one call.
 */
const tickets: usize = 64;
// What a ticket of this call is for; they stand still as long as one is out.
const kind: usize = 128;
const job: usize = 132;
/** Pieces done. */
const done: usize = 192;
const leaderSleeps: usize = 256;
/** Number of the call once more, for helpers to sleep on. */
const calls: usize = 320;
const helpersSleeping: usize = 384;

/**
 * Tries before a thread goes to sleep, with a pause of some 80 nanoseconds between them: waking up costs about as much
 * as all of them. More would collapse when another program holds a core.
 */
const tries = 1000;

/** What pauses compute, lest they be optimised away. */
let idled: u32 = 1;

function pause(): void {
  let x = idled;
  for (let i = 0; i < 80; i++) x = x * 1664525 + 1013904223;
  idled = x;
}

/** What a helper does all its life. */
export function serve(): void {
  let seen = atomic.load<i32>(calls);
  for (;;) {
    takeTickets();
    seen = waitForCall(seen);
  }
}

/**
 * Has `count` pieces done, by whoever is there, and returns when all are. `work`: about how many nanoseconds a piece takes,
 * to tell a slow helper from a long piece; 0 when slow helpers do not matter.
 */
export function lead(what: i32, about: usize, count: i32, work: i64): void {
  post(what, about, count);
  join(count, work);
}

/** Opens tickets and returns; `join` must follow. */
export function post(what: i32, about: usize, count: i32): void {
  store<i32>(kind, what);
  store<usize>(job, about);
  atomic.store<i32>(done, 0);
  const call = ((atomic.load<i64>(tickets) >> 32) + 1) & 0x7fffffff;
  atomic.store<i64>(tickets, (call << 32) | ((<i64>count) << 16));
  atomic.store<i32>(calls, <i32>call);
  if (atomic.load<i32>(helpersSleeping) > 0) atomic.notify(calls, count);
}

/** Takes what tickets are left and returns when all pieces are done. */
export function join(count: i32, work: i64): void {
  takeTickets();
  waitForPieces(count, work);
}

/**
 * Calls that are not worth making yet, since helpers were slow: another program may hold their core, and then this thread
 * is faster alone. Doubled each time, so that a busy machine costs little, and forgotten when helpers are quick again.
 */
let callsOff: i32 = 0;
let nextCallsOff: i32 = 1;

/** Whether to make a call now. What comes out is the same without. */
export function isTeamQuick(): bool {
  if (callsOff == 0) return true;
  callsOff--;
  return false;
}

function waitForPieces(count: i32, work: i64): void {
  // A quarter of a piece is a fair time to wait for the last one.
  const most = tries + <i32>(work / 320);
  for (let t = 0; t < most; t++) {
    if (atomic.load<i32>(done) == count) {
      nextCallsOff = max(1, nextCallsOff >> 1);
      return;
    }
    pause();
  }
  if (work > 0) {
    callsOff = nextCallsOff;
    nextCallsOff = min(4096, nextCallsOff << 1);
  }
  atomic.store<i32>(leaderSleeps, 1);
  for (let sofar = atomic.load<i32>(done); sofar < count; sofar = atomic.load<i32>(done)) {
    // A millisecond at most: waking up must not hang on a single notification.
    atomic.wait<i32>(done, sofar, 1_000_000);
  }
  atomic.store<i32>(leaderSleeps, 0);
}

function takeTickets(): void {
  for (;;) {
    const ticket = atomic.load<i64>(tickets);
    const piece = <i32>(ticket & 0xffff);
    if (piece >= <i32>((ticket >> 16) & 0xffff)) return;
    if (atomic.cmpxchg<i64>(tickets, ticket, ticket + 1) != ticket) continue;
    doPiece(load<i32>(kind), load<usize>(job), piece);
    atomic.add<i32>(done, 1);
    if (atomic.load<i32>(leaderSleeps) != 0) atomic.notify(done, 1);
  }
}

function waitForCall(seen: i32): i32 {
  for (let t = 0; t < tries; t++) {
    const call = atomic.load<i32>(calls);
    if (call != seen) return call;
    pause();
  }
  atomic.add<i32>(helpersSleeping, 1);
  atomic.wait<i32>(calls, seen, -1);
  atomic.sub<i32>(helpersSleeping, 1);
  return atomic.load<i32>(calls);
}
