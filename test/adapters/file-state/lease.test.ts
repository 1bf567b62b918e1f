import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SegmentWriter } from "../../../src/adapters/file-state/segment-writer.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { SkippingClock } from "../../apply/fakes.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { delivery, opening, stateIn, statuses } from "./fixture.ts";
import { FakeMachine, WallClock } from "./machines.ts";

const SENT = { status: "sent", messageId: "m_1" } as const;

let wall: WallClock;
let folder: string;
let dead: Set<number>;

beforeEach(() => {
  wall = new WallClock();
  folder = temporaryFolder();
  dead = new Set();
});
afterEach(() => {
  vi.useRealTimers();
});

const here = (pid: number) => new FakeMachine("here", pid, { wall, dead });
const elsewhere = () => new FakeMachine("elsewhere", 7, { wall });

/** A clock whose every sleep lets something else happen before it ends. */
function sleepingClock(meanwhile: (ms: number) => void | Promise<void>): Clock {
  const clock = new SkippingClock();
  return { ...clock, sleep: async (ms) => meanwhile(ms) };
}

function leases(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("lease-"));
}

describe("a lease", () => {
  test("that is held keeps others out and names its holder", async () => {
    const run = { ...opening("run-1").run, url: "https://github.com/acme/shop/actions/runs/5" };
    const first = await stateIn(folder, { machine: here(1) }).open({ ...opening("x"), run });
    wall.ms += 7_000;
    await expect(
      stateIn(folder, { machine: here(2) }).open(opening("run-2")),
    ).rejects.toMatchObject({
      exit: "locked",
      message:
        "Another apply holds the state: run run-1 on here, process 1, " +
        "since 2026-12-01T00:00:00Z, https://github.com/acme/shop/actions/runs/5, " +
        "last heartbeat 7 s ago. Nothing was sent. " +
        "Wait for it to end, or let --lock-timeout wait.",
    });
    await first.close();
    expect(leases()).toEqual([]);
    await (await stateIn(folder, { machine: here(2) }).open(opening("run-2"))).close();
  });

  test("of a dead process of this machine is taken over at once, on record", async () => {
    const first = await stateIn(folder, { machine: here(1) }).open(opening("run-1"));
    await first.claim([delivery(1)], 5_000);
    dead.add(1);
    const second = await stateIn(folder, { machine: here(2) }).open(opening("run-2"));
    const holder = {
      run: "run-1",
      host: "here",
      pid: 1,
      url: null,
      since: "2026-12-01T00:00:00Z",
    };
    expect(second.takenOver).toEqual(holder);
    const [header] = readFileSync(join(folder, "ledger/run-2.ndjson"), "utf8").split("\n");
    expect(JSON.parse(header ?? "")).toMatchObject({
      kind: "header",
      fence: 2,
      taken_over: holder,
    });
    expect(leases()).toEqual(["lease-2.json"]);
    expect(await statuses(stateIn(folder, { machine: here(2) }))).toEqual(
      new Map([[delivery(1).id, "unknown"]]),
    );
  });

  for (const jumpMs of [3_600_000, -3_600_000]) {
    test(`of a live process of this machine stays when the clock jumps ${jumpMs} ms`, async () => {
      await stateIn(folder, { machine: here(1) }).open(opening("run-1"));
      wall.ms += jumpMs;
      const store = stateIn(folder, { machine: here(2) });
      await expect(store.open(opening("run-2"))).rejects.toMatchObject({ exit: "locked" });
      expect((await store.read()).liveRun).toBe("run-1");
    });
  }

  const ages = [
    { name: "1 ms before it lapses, held", ageMs: 59_999, taken: false, watchedMs: 0 },
    {
      name: "when it lapses, watched and then taken over",
      ageMs: 60_000,
      taken: true,
      watchedMs: 20_000,
    },
    {
      name: "from the future, watched for as long as it takes to lapse",
      ageMs: -1,
      taken: true,
      watchedMs: 60_000,
    },
  ];
  for (const { name, ageMs, taken, watchedMs } of ages) {
    test(`of another machine: ${name}`, async () => {
      await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
      wall.ms += ageMs;
      let slept = 0;
      const clock = sleepingClock((ms) => {
        slept += ms;
      });
      const opened = stateIn(folder, { machine: here(2), clock }).open(opening("run-2"));
      if (taken) expect((await opened).takenOver?.run).toBe("run-1");
      else await expect(opened).rejects.toMatchObject({ exit: "locked" });
      expect(slept).toBe(watchedMs);
    });
  }

  test("of another machine whose clock is an hour behind lives as long as it moves", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const machine = elsewhere();
    machine.skewMs = -3_600_000;
    const first = await stateIn(folder, { machine }).open(opening("run-1"));
    const clock = sleepingClock((ms) => {
      wall.ms += ms;
      vi.advanceTimersByTime(ms);
    });
    const opened = stateIn(folder, { machine: here(2), clock }).open(opening("run-2"));
    await expect(opened).rejects.toMatchObject({ exit: "locked" });
    await first.claim([delivery(1)], 5_000);
    expect(leases()).toEqual(["lease-1.json"]);
  });

  test("that is given up while it is watched is free, and nothing was taken over", async () => {
    const first = await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
    wall.ms += 60_000;
    const clock = sleepingClock(() => first.close());
    const second = await stateIn(folder, { machine: here(2), clock }).open(opening("run-2"));
    expect(second.takenOver).toBeNull();
    // The number was used for nothing, and is given again.
    expect(leases()).toEqual(["lease-1.json"]);
    expect((await stateIn(folder, { machine: here(2) }).read()).liveRun).toBe("run-2");
  });

  test("is touched every ten seconds, and its text never changes", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
    const before = readFileSync(join(folder, "lease-1.json"), "utf8");
    const store = stateIn(folder, { machine: here(2) });
    wall.ms += 55_000;
    vi.advanceTimersByTime(10_000);
    wall.ms += 59_999;
    expect((await store.read()).liveRun).toBe("run-1");
    wall.ms += 1;
    expect((await store.read()).liveRun).toBeNull();
    expect(readFileSync(join(folder, "lease-1.json"), "utf8")).toBe(before);
  });

  test("that was taken over is not claimed under, nor brought back by its old holder", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const suspended = await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
    await suspended.claim([delivery(1)], 5_000);
    wall.ms += 60_000;
    const next = await stateIn(folder, { machine: here(2) }).open(opening("run-2"));
    const message = expect.stringContaining("taken over by run run-2 on here, process 2");
    const lost = { exit: "partial", message };
    await expect(suspended.claim([delivery(2)], 6_000)).rejects.toMatchObject(lost);
    await expect(suspended.remember({})).rejects.toMatchObject(lost);
    vi.advanceTimersByTime(30_000);
    expect(leases()).toEqual(["lease-2.json"]);
    // What came of the request that was under way is worth knowing all the same.
    suspended.settle(delivery(1), SENT, 7_000);
    await suspended.close();
    expect(leases()).toEqual(["lease-2.json"]);
    await next.claim([delivery(2)], 8_000);
    await next.close();
    await expect(suspended.claim([delivery(3)], 9_000)).rejects.toMatchObject({ exit: "partial" });
    expect(await statuses(stateIn(folder))).toEqual(
      new Map([
        [delivery(1).id, "sent"],
        [delivery(2).id, "unknown"],
      ]),
    );
  });

  test("that is lost while claims are being written: those are released unsent", async () => {
    const writer = await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
    const write = SegmentWriter.prototype.write;
    vi.spyOn(SegmentWriter.prototype, "write").mockImplementationOnce(async function (
      this: SegmentWriter,
      records,
    ) {
      await write.call(this, records);
      wall.ms += 60_000;
      await stateIn(folder, { machine: here(2) }).open(opening("run-2"));
    });
    await expect(writer.claim([delivery(1)], 5_000)).rejects.toMatchObject({ exit: "partial" });
    expect(await statuses(stateIn(folder))).toEqual(new Map([[delivery(1).id, "released"]]));
  });

  test("of a newer format, or that is none, is refused and left as it is", async () => {
    await (await stateIn(folder).open(opening("run-1"))).close();
    const path = join(folder, "lease-9.json");
    for (const text of [`{"format":"posthorn.lease/2"}`, "", "[]", "{"]) {
      writeFileSync(path, text);
      const refusal = { exit: "state", message: expect.stringContaining(`${path}:1`) };
      await expect(stateIn(folder).open(opening("run-2"))).rejects.toMatchObject(refusal);
      await expect(stateIn(folder).read()).rejects.toMatchObject(refusal);
      expect(readFileSync(path, "utf8")).toBe(text);
    }
  });

  test("waits for nobody once a signal came", async () => {
    await stateIn(folder, { machine: elsewhere() }).open(opening("run-1"));
    wall.ms += 60_000;
    const controller = new AbortController();
    const clock = sleepingClock(() => controller.abort());
    const { signal } = controller;
    const opened = stateIn(folder, { machine: here(2), clock }).open({ ...opening("2"), signal });
    await expect(opened).rejects.toMatchObject({ exit: "locked" });
    expect(existsSync(join(folder, "lease-1.json"))).toBe(true);
  });
});
