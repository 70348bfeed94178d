import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { endWithReader } from "../../src/cli/reader-gone.ts";

const brokenPipe = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });

describe("endWithReader", () => {
  it("exits when nothing is being done", () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const exits: number[] = [];
    endWithReader([out, err], new Set(), () => exits.push(0));
    err.emit("error", brokenPipe);
    expect(exits).toEqual([0]);
  });

  it("interrupts what is being done, once", () => {
    const out = new PassThrough();
    let interrupted = 0;
    const interruptions = new Set([() => void interrupted++]);
    endWithReader([out], interruptions, () => expect.unreachable());
    out.emit("error", brokenPipe);
    out.emit("error", brokenPipe);
    expect(interrupted).toBe(1);
  });

  it("hides no other error", () => {
    const out = new PassThrough();
    endWithReader([out], new Set(), () => expect.unreachable());
    expect(() => out.emit("error", new Error("disk full"))).toThrow("disk full");
  });
});
