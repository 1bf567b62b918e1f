import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CampaignSender } from "../../src/apply/send-campaign.ts";
import type { Outcome } from "../../src/model/delivery.ts";
import {
  batches,
  deliveries,
  failed,
  limited,
  NOT_SENT,
  SENT,
  scripted,
  setUp,
  UNKNOWN,
} from "./fakes.ts";

describe("stopping", () => {
  test("a token that died stops everything: what was claimed is released", async () => {
    const { writer, gateway, sender, send } = setUp(
      scripted(failed("denied", "run", [190]), SENT),
      {
        latencyMs: 20,
      },
    );
    await send(2_000);
    expect(sender.rules.stopped).toEqual({ scope: "run", because: "no (code 190)" });
    // What was under way when the answer came, and nothing after it.
    expect(gateway.calls).toHaveLength(64);
    expect(new Set(gateway.calls.map(({ atMs }) => atMs)).size).toBe(1);
    expect(writer.settled.size).toBe(writer.claimed.length);
    expect(sender.tally).toMatchObject({ sent: 63, failed: 1 });
  });

  test("an invalid payload stops the campaign after a few, not after all", async () => {
    const { gateway, sender, send } = setUp(scripted(failed("message_invalid", "campaign")));
    await send(2_000);
    expect(sender.rules.stopped?.scope).toBe("campaign");
    expect(gateway.calls.length).toBeLessThanOrEqual(64 + 3);
  });

  test("a breaker ends the run, and says why", async () => {
    const { end, sender, send } = setUp(scripted(failed("user_unavailable", "person", [551])));
    await send(2_000);
    expect(end.reason?.by).toBe("breaker");
    expect(end.reason?.because).toBe("More than 40 of the first 200 failed: no (code 551)");
    expect(sender.rules.stopped).toBeNull();
    expect(sender.tally.failed).toBeLessThanOrEqual(41 + 64);
  });

  test("a stop before the start claims nothing", async () => {
    const { writer, send } = setUp(scripted(SENT), { signal: AbortSignal.abort("SIGTERM") });
    await send(10);
    expect(writer.claimed).toEqual([]);
  });

  test("a halt is looked for before every batch of claims, and ends the run", async () => {
    const { writer, gateway, sender, end, send } = setUp(scripted(SENT), { latencyMs: 10 });
    const claim = writer.claim;
    writer.claim = async (slice, at) => {
      await claim(slice, at);
      writer.haltedBecause = "wrong price";
    };
    await send(5_000);
    expect(end.reason).toEqual({ by: "halt", because: "Applies were halted: wrong price." });
    expect(writer.claimed.length).toBeLessThanOrEqual(500);
    expect(writer.settled.size).toBe(writer.claimed.length);
    expect(sender.tally.sent).toBe(gateway.calls.length);
    expect(sender.rules.stopped).toBeNull();
  });

  test("after a signal nothing begins, and answers that are under way still count", async () => {
    const abort = new AbortController();
    const { gateway, sender, writer, send } = setUp(
      ({ number }) => {
        if (number === 100) abort.abort("SIGTERM");
        return SENT;
      },
      { signal: abort.signal, latencyMs: 500 },
    );
    await send(5_000);
    expect(gateway.calls).toHaveLength(100);
    expect(sender.tally).toMatchObject({ sent: 100, unknown: 0 });
    expect(sender.tally.released).toBe(writer.claimed.length - 100);
  });

  test("after a signal a platform that hangs is waited for four seconds", async () => {
    const abort = new AbortController();
    const { clock, writer, gateway, sender, send } = setUp(
      ({ number }) => {
        if (number === 64) abort.abort("SIGINT");
        return SENT;
      },
      { signal: abort.signal, latencyMs: 60_000 },
    );
    const startMs = clock.monotonicMs();
    await send(5_000);
    expect(clock.monotonicMs() - startMs).toBe(4_000);
    expect(sender.tally).toMatchObject({ sent: 0, unknown: 64 });
    // No outcome is made up: the claims stand without one.
    expect(writer.claimed.length - writer.settled.size).toBe(64);
    await clock.run(clock.sleep(120_000));
    expect(gateway.calls).toHaveLength(64);
    expect(writer.claimed.length - writer.settled.size).toBe(64);
  });

  test("--max-runtime stops new requests and waits for those under way", async () => {
    const { gateway, sender, end, send } = setUp(scripted(SENT), {
      rate: { perSecond: 10 },
      maxRuntimeMs: 5_000,
      latencyMs: 20_000,
    });
    await send(1_000);
    expect(end.reason?.by).toBe("max_runtime");
    expect(gateway.calls.length).toBeGreaterThan(45);
    expect(gateway.calls.length).toBeLessThan(55);
    expect(sender.tally.sent).toBe(gateway.calls.length);
  });

  test("1545041 counts as a closed window where the local clock says so", async () => {
    const closed = failed("user_unavailable", "person", [551, 1545041]);
    const { clock, writer, send } = setUp(scripted(closed), { latencyMs: 1_000 });
    const closesAt = clock.now();
    await send(1, (_, now) => (now <= closesAt ? null : "outside_window"));
    expect(writer.settled.get("d0")).toMatchObject([{ errorClass: "outside_window" }]);
    const open = setUp(scripted(closed), { latencyMs: 1_000 });
    await open.send(1);
    expect(open.writer.settled.get("d0")).toMatchObject([{ errorClass: "user_unavailable" }]);
  });
});

test("a sender sends wave after wave, and settles each as a whole", async () => {
  const { writer, sender, send } = setUp(scripted(SENT), { latencyMs: 100 });
  const all = deliveries(300);
  for (const wave of [all.slice(0, 25), all.slice(25, 200), all.slice(200)]) {
    await send(wave);
    expect(writer.settled.size).toBe(writer.claimed.length);
  }
  expect(sender.tally.sent).toBe(300);
});

describe("several campaigns of one run", () => {
  test("share the page's rolling second", async () => {
    const { clock, deps, gateway } = setUp(scripted(SENT), { rate: { perSecond: 20 } });
    for (let campaign = 0; campaign < 5; campaign++) {
      const sender = new CampaignSender(deps);
      const all = batches(
        deliveries(7, {}).map((one) => ({ ...one, psid: `${campaign}${one.psid}` })),
      );
      await clock.run(sender.send({ deliveries: all, stillAllowed: () => null, see: () => {} }));
    }
    const starts = gateway.calls.map(({ atMs }) => atMs);
    expect(starts).toHaveLength(35);
    for (const start of starts) {
      const within = starts.filter((one) => one >= start && one < start + 1_000);
      expect(within.length).toBeLessThanOrEqual(20);
    }
  });
});

test("whatever happens, claims − released = sent + failed + unknown", async () => {
  const outcome = fc.constantFrom<Outcome>(
    SENT,
    NOT_SENT,
    UNKNOWN,
    limited({ scope: "page" }),
    limited({ scope: "page_or_thread" }),
    limited({ scope: "thread" }),
    failed("user_unavailable", "person"),
    failed("rejected", "person"),
    failed("message_invalid", "campaign"),
    failed("page_restricted", "page"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 80 }), async (script) => {
      const { writer, sender, send, gateway } = setUp(
        ({ number }) => script[number % script.length] ?? SENT,
        { latencyMs: 30 },
      );
      await send(120);
      const { sent, failed: failures, unknown, released } = sender.tally;
      expect(writer.claimed.length - released).toBe(sent + failures + unknown);
      expect(writer.settled.size).toBe(writer.claimed.length);
      expect(new Set(writer.claimed).size).toBe(writer.claimed.length);
      const answered = gateway.calls.filter(
        (_, index) => script[(index + 1) % script.length] === SENT,
      );
      expect(sent).toBe(answered.length);
    }),
    { numRuns: 60 },
  );
});
