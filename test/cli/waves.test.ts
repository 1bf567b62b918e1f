import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chance } from "../../src/model/chance.ts";
import { person, SMALL_CAMPAIGN, SMALL_WORKSPACE } from "./posthorn.ts";
import { AT, rolloutWorkspace } from "./rollout-workspace.ts";

/** The PSIDs in the order of the rollout's hash. */
function inOrder(people: number, occurrence = "once", rootId = "hello"): string[] {
  return Array.from({ length: people }, (_, n) => n)
    .map((n) => ({ n, at: chance("rollout", rootId, `${occurrence}\0u${n}`) }))
    .sort((a, b) => a.at - b.at)
    .map(({ n }) => String(person(n).ps_id));
}

describe("a rollout", () => {
  test("sends all waves in one apply, each a fair sample by a hash", async () => {
    const { sandbox, report, plan } = await rolloutWorkspace();
    const [planned] = (await plan()).snapshot.campaigns;
    expect(planned).toMatchObject({ action: "send", eligible: 30 });
    const planWaves = planned.rollout.occurrences[0].waves;
    expect(planWaves.map((wave: { people: number }) => wave.people)).toEqual([4, 10, 16]);
    const { exit, report: done } = await report();
    expect(exit).toBe(0);
    const [{ occurrences }] = done.campaigns.map((one: { rollout: unknown }) => one.rollout);
    expect(occurrences[0].waves.map((wave: { tried: number }) => wave.tried)).toEqual([4, 10, 16]);
    const order = inOrder(30);
    const reached = sandbox.delivered.map((message) => message.psid);
    expect(new Set(reached.slice(0, 4))).toEqual(new Set(order.slice(0, 4)));
    expect(new Set(reached.slice(4, 14))).toEqual(new Set(order.slice(4, 14)));
    expect(new Set(reached)).toEqual(new Set(order));
  });

  test("stops after a wave with too many failures, and says it in plan and report", async () => {
    const { sandbox, run, report, plan, faults } = await rolloutWorkspace();
    faults("551@2");
    const { exit, report: first } = await report();
    expect(exit).toBe(7);
    expect(first.totals).toMatchObject({ sent: 3, failed: 1, untried: 26 });
    expect(first.campaigns[0].stopped).toMatchObject({ scope: "wave" });
    const text = await run("plan");
    expect(text.exit).toBe(0);
    expect(text.out).toContain("! hello  stopped, 26 people wait  campaigns/hello.yaml:1");
    expect(text.out).toContain("wave 1 of 3: 1 of 4 failed or have an unknown outcome (25%)");
    expect(text.out).toContain('- { rule: rollout, occurrence: once, because: "…" }');
    expect(text.out).toMatch(/Result: campaigns=0 recipients=0/);
    expect((await plan()).snapshot.campaigns[0]).toMatchObject({
      action: "none",
      rollout: { held: 26, occurrences: [{ stopped: { wave: 1, bad: 1, tried: 4 } }] },
    });
    const again = await report();
    expect(again.exit).toBe(7);
    expect(again.report.totals).toMatchObject({ sent: 0, untried: 26 });
    expect(sandbox.deliveredCount).toBe(3);
  });

  test("goes on once its stop is acknowledged, and judges the next wave again", async () => {
    const { sandbox, report, faults, addRow } = await rolloutWorkspace();
    faults("551@1");
    expect((await report()).exit).toBe(7);
    addRow("occurrence: 2026-12-01T10:00");
    expect((await report()).exit).toBe(7);
    addRow("occurrence: once");
    faults("551@1..2");
    const second = await report();
    expect(second.exit).toBe(7);
    expect(second.report.totals).toMatchObject({ sent: 8, failed: 2, untried: 16 });
    const [{ waves, stopped }] = second.report.campaigns[0].rollout.occurrences;
    expect(waves[1]).toMatchObject({ tried: 10, failed: 2 });
    expect(stopped).toMatchObject({ wave: 2, bad: 2, tried: 10 });
    expect(stopped.accept).toBe('  - { rule: rollout, occurrence: once, because: "…" }');
    expect((await report()).report.totals).toMatchObject({ sent: 0, untried: 16 });
    addRow("occurrence: once");
    faults("");
    const last = await report();
    expect(last.exit).toBe(0);
    expect(last.report.totals).toMatchObject({ sent: 16, untried: 0 });
    expect(sandbox.deliveredCount).toBe(3 + 8 + 16);
  });

  test("counts an unknown outcome as failed, and passes at the limit", async () => {
    const unknown = await rolloutWorkspace({ rollout: "waves: [10, rest]" });
    unknown.faults("garbage@1..2");
    const stopped = await unknown.report();
    expect(stopped.exit).toBe(7);
    expect(stopped.report.totals).toMatchObject({ sent: 8, unknown: 2, untried: 20 });
    const atLimit = await rolloutWorkspace({ rollout: "waves: [10, rest]" });
    atLimit.faults("garbage@1");
    const passed = await atLimit.report();
    expect(passed.exit).toBe(0);
    expect(passed.report.totals).toMatchObject({ sent: 29, unknown: 1 });
  });

  test("does not hold up other campaigns", async () => {
    const other = SMALL_CAMPAIGN.replace("{ at: now }", "{ at: now }\npriority: -1");
    const { report, faults } = await rolloutWorkspace({ files: { "campaigns/other.yaml": other } });
    faults("551@1..4");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    const sent = Object.fromEntries(
      done.campaigns.map((one: { id: string; sent: number }) => [one.id, one.sent]),
    );
    // The four whom Meta could not reach count as unreachable for every campaign.
    expect(sent).toEqual({ hello: 0, other: 26 });
  });

  test("begins anew with every occurrence", async () => {
    const twice = SMALL_CAMPAIGN.replace("{ at: now }", '{ every: "0 10,14 * * *" }');
    const { report, faults } = await rolloutWorkspace({ campaign: twice });
    faults("551@1");
    const morning = await report();
    expect(morning.exit).toBe(7);
    expect(morning.report.campaigns[0].rollout.occurrences).toMatchObject([
      { occurrence: "2026-12-01T09:00:00Z", waves: [{ tried: 4 }, {}, {}], stopped: { wave: 1 } },
    ]);
    faults("");
    const noon = await report("2026-12-01T13:30:00Z");
    expect(noon.exit).toBe(0);
    expect(noon.report.campaigns[0].rollout.occurrences).toMatchObject([
      {
        occurrence: "2026-12-01T13:00:00Z",
        waves: [{ tried: 4 }, { tried: 10 }, { tried: 15 }],
        stopped: null,
      },
    ]);
  });

  test("of an `on` campaign counts the events of a revision, whenever they come", async () => {
    const events = Array.from({ length: 8 }, (_, n) =>
      JSON.stringify({ event_id: `e${n}`, user_id: `u${n}`, event: "bought", at: AT }),
    );
    const source = `events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
`;
    const on = SMALL_CAMPAIGN.replace("{ at: now }", "{ on: bought }");
    const { cwd, report, faults, addRow, plan } = await rolloutWorkspace({
      campaign: on,
      files: {
        "posthorn.yaml": SMALL_WORKSPACE + source,
        "data/events.ndjson": events.slice(0, 2).join("\n"),
      },
    });
    faults("551@1");
    expect((await report()).report.totals).toMatchObject({ sent: 1, failed: 1, untried: 0 });
    writeFileSync(join(cwd, "data/events.ndjson"), events.join("\n"));
    const stopped = await report();
    expect(stopped.exit).toBe(7);
    expect(stopped.report.totals).toMatchObject({ sent: 2, untried: 4 });
    const { revision } = (await plan()).intent.campaigns[0];
    addRow(`occurrence: ${revision}`);
    const { exit, report: last } = await report();
    expect(exit).toBe(0);
    expect(last.totals).toMatchObject({ sent: 4, untried: 0 });
  });
});
