import { describe, expect, test } from "vitest";
import { deliveries, limited, NOT_SENT, SENT, scripted, setUp, UNKNOWN } from "./fakes.ts";

describe("claiming", () => {
  test("claims every delivery before its request, and settles it once", async () => {
    const { writer, gateway, sender, send } = setUp(scripted(SENT));
    const claimedAtSend: boolean[] = [];
    const plain = gateway.send;
    gateway.send = async (body) => {
      claimedAtSend.push(writer.claimed.includes(String(body["id"])));
      return plain(body);
    };
    await send(1_234);
    expect(claimedAtSend).toHaveLength(1_234);
    expect(claimedAtSend.every(Boolean)).toBe(true);
    expect([...writer.settled.values()].every((list) => list.length === 1)).toBe(true);
    expect(sender.tally).toMatchObject({ sent: 1_234, failed: 0, unknown: 0, released: 0 });
  });

  test.each([
    ["20/s", { perSecond: 20 }, 50],
    ["100/s", { perSecond: 100 }, 100],
    ["300/s", { perSecond: 300 }, 300],
    ["no limit", "unlimited" as const, 500],
  ])("runs ahead of requests by at most a second at %s", async (_name, rate, ahead) => {
    const { writer, gateway, send } = setUp(scripted(SENT), { rate, latencyMs: 50 });
    let mostAhead = 0;
    const claim = writer.claim;
    writer.claim = async (slice, at) => {
      await claim(slice, at);
      // One that is being taken counts for its request.
      mostAhead = Math.max(mostAhead, writer.claimed.length - gateway.calls.length);
    };
    await send(1_500);
    expect(mostAhead).toBeGreaterThan(ahead / 2);
    expect(mostAhead).toBeLessThanOrEqual(ahead + 64);
  });

  test("claims again while requests are under way, so that the pipe never runs dry", async () => {
    const { clock, writer, gateway, send } = setUp(scripted(SENT), { latencyMs: 100 });
    const claim = writer.claim;
    writer.claim = async (slice, at) => {
      await clock.sleep(20);
      await claim(slice, at);
    };
    await send(3_000);
    // 64 at once, 100 ms each: 3,000 take 4.7 s if nobody ever waits for the disk.
    const lastMs = (gateway.calls.at(-1)?.atMs ?? 0) - (gateway.calls[0]?.atMs ?? 0);
    expect(lastMs).toBeLessThan(4_700);
  });

  test("who is judged out right before the claim is left out for that reason", async () => {
    const { writer, sender, send } = setUp(scripted(SENT));
    await send(10, () => "outside_window");
    expect(writer.claimed).toEqual([]);
    expect(sender.tally.leftOut.get("outside_window")).toBe(10);
  });

  test("whose window closes between claim and request is left out", async () => {
    const { clock, writer, gateway, sender, send } = setUp(scripted(SENT), {
      rate: { perSecond: 10 },
    });
    const closesAt = clock.now() + 2_000;
    await send(50, (_, now) => (now <= closesAt ? null : "outside_window"));
    expect(writer.claimed).toHaveLength(50);
    const statuses = [...writer.settled.values()].flat().map(({ status }) => status);
    expect(statuses.filter((status) => status === "released")).toHaveLength(
      50 - gateway.calls.length,
    );
    expect(gateway.calls.length).toBeLessThan(30);
    expect(sender.tally.released).toBe(0);
    expect(sender.tally.leftOut.get("outside_window")).toBe(50 - gateway.calls.length);
  });

  test("a claim that cannot be written is not sent, and its fault ends the campaign", async () => {
    const { writer, gateway, sender, send } = setUp(scripted(SENT), { latencyMs: 10 });
    const claim = writer.claim;
    writer.claim = async (slice, at) => {
      if (writer.claimed.length >= 500) throw new Error("disk full");
      await claim(slice, at);
    };
    await expect(send(5_000)).rejects.toThrow("disk full");
    expect(writer.claimed.length).toBeLessThanOrEqual(500);
    expect(gateway.calls.every(({ id }) => writer.claimed.includes(id))).toBe(true);
    expect(writer.settled.size).toBe(writer.claimed.length);
    expect(sender.tally.sent).toBe(gateway.calls.length);
  });
});

describe("trying again", () => {
  test("tries five times what surely was not taken, then releases it", async () => {
    const { clock, writer, gateway, sender, send } = setUp(scripted(NOT_SENT));
    const startMs = clock.monotonicMs();
    await send(1);
    const waits = gateway.calls.map(({ atMs }) => atMs - startMs);
    // Half a second, doubled each time; never less than a second between two to one person.
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    expect(writer.settled.get("d0")?.map(({ status }) => status)).toEqual(["released"]);
    expect(sender.tally.released).toBe(1);
  });

  test("a thread that is busy waits alone, and not for longer than two minutes", async () => {
    const busy = limited({ scope: "thread" });
    const { clock, gateway, sender, send } = setUp(({ id }) => (id === "d0" ? busy : SENT));
    const startMs = clock.monotonicMs();
    await send(500);
    const tries = gateway.calls.filter(({ id }) => id === "d0").map(({ atMs }) => atMs - startMs);
    expect(tries).toEqual([0, 30_000, 90_000]);
    expect(
      gateway.calls.filter(({ id }) => id !== "d0").every(({ atMs }) => atMs === startMs),
    ).toBe(true);
    expect(sender.tally).toMatchObject({ sent: 499, released: 1 });
  });

  test("never tries an unknown outcome again", async () => {
    const { gateway, sender, send } = setUp(scripted(UNKNOWN));
    await send(1);
    expect(gateway.calls).toHaveLength(1);
    expect(sender.tally.unknown).toBe(1);
  });

  test("writes to one person at most once a second", async () => {
    const { gateway, send } = setUp(scripted(SENT));
    const same = deliveries(4, { psid: "7100000000000009" });
    await send([...same, ...deliveries(200)]);
    const last = gateway.calls.length - 1;
    expect(last).toBe(203);
    const toSame = gateway.calls.filter(({ id }) => ["d0", "d1", "d2", "d3"].includes(id));
    const moments = [...new Set(toSame.map(({ atMs }) => atMs))];
    expect(moments.map((atMs) => atMs - (moments[0] ?? 0))).toEqual([0, 1_000, 2_000, 3_000]);
  });
});
