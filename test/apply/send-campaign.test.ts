import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pace } from "../../src/apply/pace.ts";
import { RunEnd } from "../../src/apply/run-end.ts";
import { CampaignSender } from "../../src/apply/send-campaign.ts";
import type { Delivery, Outcome } from "../../src/model/delivery.ts";
import {
  deliveries,
  FakeClock,
  failed,
  NOT_SENT,
  RecordingWriter,
  ScriptedGateway,
  SENT,
} from "./fakes.ts";

async function* batches(all: readonly Delivery[]) {
  for (let start = 0; start < all.length; start += 1_000) yield all.slice(start, start + 1_000);
}

function setUp(script: Outcome[], over: { signal?: AbortSignal; perSecond?: number } = {}) {
  const writer = new RecordingWriter();
  const gateway = new ScriptedGateway(...script);
  const clock = new FakeClock();
  const interruption = over.signal ?? new AbortController().signal;
  const sender = new CampaignSender({
    writer,
    gateway,
    clock,
    pace: new Pace(
      clock,
      over.perSecond === undefined ? "unlimited" : { perSecond: over.perSecond },
    ),
    end: new RunEnd({ clock, interruption, maxRuntimeMs: undefined }),
    random: () => 0.5,
    progress: () => {},
  });
  const send = (count: number, stillAllowed: () => "outside_window" | null = () => null) =>
    sender.send({ deliveries: batches(deliveries(count)), stillAllowed });
  return { writer, gateway, sender, send };
}

describe("sending a campaign", () => {
  test("claims every delivery before its request, and settles it once", async () => {
    const { writer, gateway, sender, send } = setUp([SENT]);
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

  test("claims run ahead by at most one second of the rate, between 50 and 500", async () => {
    const slow = setUp([SENT], { perSecond: 20 });
    await slow.send(120);
    expect(Math.max(...slow.writer.largestClaim)).toBe(50);
    const fast = setUp([SENT], { perSecond: 300 });
    await fast.send(900);
    expect(Math.max(...fast.writer.largestClaim)).toBe(300);
    const unlimited = setUp([SENT]);
    await unlimited.send(2_000);
    expect(Math.max(...unlimited.writer.largestClaim)).toBe(500);
  });

  test("tries five times what surely was not taken, then releases it", async () => {
    const { writer, gateway, sender, send } = setUp([NOT_SENT]);
    await send(1);
    expect(gateway.sent).toHaveLength(5);
    expect(writer.settled.get("d0")?.map(({ status }) => status)).toEqual(["released"]);
    expect(sender.tally.released).toBe(1);
  });

  test("never tries an unknown outcome again", async () => {
    const unknown: Outcome = {
      status: "unknown",
      error: { code: null, subcode: null, message: "timeout" },
    };
    const { gateway, sender, send } = setUp([unknown]);
    await send(1);
    expect(gateway.sent).toHaveLength(1);
    expect(sender.tally.unknown).toBe(1);
  });

  test("a token that died stops everything: what was claimed is released", async () => {
    const { writer, sender, send } = setUp([SENT, SENT, failed("denied", "run")]);
    await send(2_000);
    expect(sender.rules.stopped?.scope).toBe("run");
    expect(writer.claimed).toHaveLength(500);
    expect(writer.settled.size).toBe(500);
    expect(sender.tally.released).toBeGreaterThan(400);
  });

  test("an invalid payload stops the campaign after a few, not after all", async () => {
    const { gateway, sender, send } = setUp([failed("message_invalid", "campaign")]);
    await send(2_000);
    expect(sender.rules.stopped?.scope).toBe("campaign");
    expect(gateway.sent.length).toBeLessThanOrEqual(64 + 3);
  });

  test("the same unlisted error stops the campaign only ten times in a row", async () => {
    const rejected = failed("rejected", "person");
    const nine = setUp([...Array(9).fill(rejected), SENT, ...Array(9).fill(rejected), SENT]);
    await nine.send(60);
    expect(nine.sender.rules.stopped).toBeNull();
    const ten = setUp([...Array(10).fill(rejected), SENT]);
    await ten.send(60);
    expect(ten.sender.rules.stopped?.scope).toBe("campaign");
  });

  test("people who cannot be reached stop nothing", async () => {
    const { sender, send } = setUp([failed("user_unavailable", "person")]);
    await send(200);
    expect(sender.rules.stopped).toBeNull();
    expect(sender.tally.failed).toBe(200);
  });

  test("who is judged out right before the claim is left out for that reason", async () => {
    const { writer, sender, send } = setUp([SENT]);
    await send(10, () => "outside_window");
    expect(writer.claimed).toEqual([]);
    expect(sender.tally.leftOut.get("outside_window")).toBe(10);
  });

  test("a stop before the start claims nothing", async () => {
    const { writer, send } = setUp([SENT], { signal: AbortSignal.abort("SIGTERM") });
    await send(10);
    expect(writer.claimed).toEqual([]);
  });

  test("whatever happens, claims − released = sent + failed + unknown", async () => {
    const outcome = fc.constantFrom<Outcome>(
      SENT,
      NOT_SENT,
      failed("user_unavailable", "person"),
      failed("rejected", "person"),
      failed("message_invalid", "campaign"),
      failed("page_restricted", "page"),
      { status: "unknown", error: { code: 2, subcode: null, message: "?" } },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 80 }), async (script) => {
        const { writer, sender, send } = setUp(script);
        await send(120);
        const { sent, failed: failures, unknown, released } = sender.tally;
        expect(writer.claimed.length - released).toBe(sent + failures + unknown);
        expect(writer.settled.size).toBe(writer.claimed.length);
        expect(new Set(writer.claimed).size).toBe(writer.claimed.length);
      }),
      { numRuns: 60 },
    );
  });
});
