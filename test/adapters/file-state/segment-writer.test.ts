import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { SegmentWriter } from "../../../src/adapters/file-state/segment-writer.ts";
import { claimRecord, settleRecord, stamper } from "../../../src/ledger/record.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { delivery, SETTLEMENTS } from "./fixture.ts";

/** A disk that can be full, after so many more bytes, or that fails to keep what it took. */
const disk = vi.hoisted(() => ({ roomBytes: Number.POSITIVE_INFINITY, keeps: true }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return {
    ...real,
    writeSync: (file: number, bytes: Buffer, offset = 0) => {
      const length = Math.min(bytes.length - offset, disk.roomBytes);
      if (length === 0) throw Object.assign(new Error("ENOSPC: no space"), { code: "ENOSPC" });
      disk.roomBytes -= length;
      return real.writeSync(file, bytes, offset, length);
    },
    fdatasync: (file: number, callback: (fault: Error | null) => void) => {
      if (disk.keeps) real.fdatasync(file, callback);
      else callback(Object.assign(new Error("EIO: i/o error"), { code: "EIO" }));
    },
  };
});

const stamp = stamper(1);
const origin = { run: "run-1", commit: null };
const claim = (n: number) => claimRecord(delivery(n), origin, stamp(1_000));
const outcome = (n: number) =>
  settleRecord(delivery(n), SETTLEMENTS[0] ?? { status: "sent", messageId: "m" }, stamp(2_000));

let path: string;
let segment: SegmentWriter;

beforeEach(() => {
  Object.assign(disk, { roomBytes: Number.POSITIVE_INFINITY, keeps: true });
  path = join(temporaryFolder(), "run-1.ndjson");
  segment = new SegmentWriter(path, {
    kind: "header",
    format: "posthorn.ledger/1",
    workspace: "acme",
    run: "run-1",
    commit: null,
    taken_over: null,
    ...stamp(0),
  });
});

/** `claim 1`, `settle 2`: the records of the segment in their order. */
function records(): string[] {
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => {
    const { kind, delivery: id } = JSON.parse(line);
    return id === undefined ? kind : `${kind} ${Number.parseInt(id, 16)}`;
  });
}

describe("a segment", () => {
  test("begins with its header, whatever comes first", async () => {
    segment.append(outcome(1));
    await segment.write([claim(2)]);
    await segment.close();
    expect(records()).toEqual(["header", "settle 1", "claim 2"]);
  });

  for (const roomBytes of [0, 1, 300, 700]) {
    test(`keeps whole lines alone when the disk is full after ${roomBytes} bytes`, async () => {
      await segment.write([claim(1)]);
      segment.append(outcome(1));
      disk.roomBytes = roomBytes;
      await expect(segment.write([claim(2), claim(3)])).rejects.toThrow("the disk is full");
      expect(records()).toEqual(["header", "claim 1"]);
      // With room again the outcome is written; the claims, which nobody may send for, are not.
      disk.roomBytes = Number.POSITIVE_INFINITY;
      await segment.write([claim(4)]);
      await segment.close();
      expect(records()).toEqual(["header", "claim 1", "settle 1", "claim 4"]);
    });
  }

  test("of which not even the header had room begins with it later", async () => {
    disk.roomBytes = 20;
    await expect(segment.write([claim(1)])).rejects.toThrow("the disk is full");
    disk.roomBytes = Number.POSITIVE_INFINITY;
    await segment.write([claim(2)]);
    await segment.close();
    expect(records()).toEqual(["header", "claim 2"]);
  });

  test("is given up for good once the disk failed to keep what it took", async () => {
    disk.keeps = false;
    await expect(segment.write([claim(1)])).rejects.toThrow("the disk fails");
    disk.keeps = true;
    await expect(segment.write([claim(2)])).rejects.toThrow("the disk fails");
    expect(records()).toEqual(["header", "claim 1"]);
  });

  test("says at its close what could not be written", async () => {
    segment.append(outcome(1));
    disk.roomBytes = 0;
    await expect(segment.close()).rejects.toThrow(`The ledger ${path} cannot be written`);
  });

  test("never goes into a file that is there already", async () => {
    writeFileSync(path, "somebody's\n");
    await expect(segment.write([claim(1)])).rejects.toMatchObject({ exit: "state" });
    expect(readFileSync(path, "utf8")).toBe("somebody's\n");
  });
});
