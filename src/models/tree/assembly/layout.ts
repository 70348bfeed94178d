import { Growing, Job } from "./job";
import * as scratch from "./scratch";

// What TypeScript must know to set aside room.

export function recordBytes(): i32 {
  return <i32>offsetof<Growing>();
}

export function jobBytes(): i32 {
  return <i32>offsetof<Job>();
}

export function roomBytes(): i32 {
  return <i32>scratch.roomBytes;
}

/** Makes the room of a piece of work ready. */
export function openRoom(at: usize): void {
  memory.fill(at, 0, scratch.roomBytes);
  for (let bin: usize = 0; bin < 256; bin++) store<u8>(at + scratch.ascending + bin, <u8>bin);
}
