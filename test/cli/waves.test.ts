import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { chance } from "../../src/model/chance.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const AT = "2026-12-01T09:30:00Z";
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const FIRST = "waves: [4, 10, rest]";

interface Setting {
  readonly people?: number;
  readonly rollout?: string;
  readonly campaign?: string;
  readonly files?: Record<string, string>;
}

/** A workspace with so many people, whose campaign has a rollout, and a page to send to. */
async function setUp({ people = 30, rollout = FIRST, campaign, files }: Setting = {}) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const yaml = campaign ?? SMALL_CAMPAIGN;
  const cwd = smallWorkspace({
    "campaigns/hello.yaml": `${yaml}rollout: { ${rollout}, stop_if: { failed: 10% } }\n`,
    "data/users.ndjson": Array.from({ length: people }, (_, n) => JSON.stringify(person(n))).join(
      "\n",
    ),
    ...files,
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (verb: string, now = AT, ...more: string[]) =>
    posthorn([verb, "--now", now, ...more], { cwd, env });
  const report = async (now = AT) => {
    const ran = await run("apply", now, "--format", "json");
    return { ...ran, report: JSON.parse(ran.out) };
  };
  const plan = async (now = AT) => JSON.parse((await run("plan", now, "--format", "json")).out);
  const faults = (text: string) => {
    const { plan: parsed } = parseFaults(text);
    if (parsed !== undefined) sandbox.setFaults(parsed);
  };
  const addRow = (text: string) => {
    const path = join(cwd, "campaigns/hello.yaml");
    const before = readFileSync(path, "utf8");
    const head = before.includes("acknowledge:") ? "" : "acknowledge:\n";
    writeFileSync(path, `${before}${head}  - { rule: rollout, ${text}, because: "looked into" }\n`);
  };
  /** Ends an apply by a signal once so many messages have reached somebody. */
  const applyUntil = async (delivered: number, signal: NodeJS.Signals) => {
    const child = spawn(process.execPath, [MAIN, "apply", "--now", AT], {
      ...{ cwd, stdio: "ignore" },
      env: { ...process.env, ...env, GITHUB_EVENT_NAME: "" },
    });
    const end = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (sandbox.deliveredCount < delivered) await sleep(5);
    child.kill(signal);
    return end;
  };
  return { sandbox, cwd, run, report, plan, faults, addRow, applyUntil };
}

/** The PSIDs in the order of the rollout's hash. */
function inOrder(people: number, occurrence = "once", rootId = "hello"): string[] {
  return Array.from({ length: people }, (_, n) => n)
    .map((n) => ({ n, at: chance("rollout", rootId, `${occurrence}\0u${n}`) }))
    .sort((a, b) => a.at - b.at)
    .map(({ n }) => String(person(n).ps_id));
}

describe("a rollout", () => {
  test("sends all waves in one apply, each a fair sample by a hash", async () => {
    const { sandbox, report, plan } = await setUp();
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
    const { sandbox, run, report, plan, faults } = await setUp();
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
    const { sandbox, report, faults, addRow } = await setUp();
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
    const unknown = await setUp({ rollout: "waves: [10, rest]" });
    unknown.faults("garbage@1..2");
    const stopped = await unknown.report();
    expect(stopped.exit).toBe(7);
    expect(stopped.report.totals).toMatchObject({ sent: 8, unknown: 2, untried: 20 });
    const atLimit = await setUp({ rollout: "waves: [10, rest]" });
    atLimit.faults("garbage@1");
    const passed = await atLimit.report();
    expect(passed.exit).toBe(0);
    expect(passed.report.totals).toMatchObject({ sent: 29, unknown: 1 });
  });

  test("does not hold up other campaigns", async () => {
    const other = SMALL_CAMPAIGN.replace("{ at: now }", "{ at: now }\npriority: -1");
    const { report, faults } = await setUp({ files: { "campaigns/other.yaml": other } });
    faults("551@1..4");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    const sent = Object.fromEntries(
      done.campaigns.map((one: { id: string; sent: number }) => [one.id, one.sent]),
    );
    // The four whom Meta could not reach count as unreachable for every campaign.
    expect(sent).toEqual({ hello: 0, other: 26 });
  });

  test("finishes a wave that was cut off before it judges it", async () => {
    const slow = `${SMALL_WORKSPACE.replace("users:", "  rate: 5/s\nusers:")}`;
    const { sandbox, run, report, plan, faults, applyUntil } = await setUp({
      rollout: "waves: [12, rest]",
      files: { "posthorn.yaml": slow },
    });
    faults("551@1..2");
    expect(await applyUntil(3, "SIGTERM")).toBe(143);
    const [{ waves, stopped }] = (await plan()).snapshot.campaigns[0].rollout.occurrences;
    const { tried } = waves[0];
    expect(stopped).toBeNull();
    expect(tried).toBeGreaterThanOrEqual(3);
    expect(tried).toBeLessThan(12);
    expect(waves).toMatchObject([
      { tried, people: 12 - tried },
      { tried: 0, people: 18 },
    ]);
    const text = await run("plan");
    expect(text.out).toContain(
      `wave 1 of 2: ${12 - tried} people (12, of which ${tried} already tried)`,
    );
    faults("");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    expect(done.campaigns[0].stopped.because).toContain("wave 1 of 2: 2 of 12");
    expect(sandbox.deliveredCount).toBe(10);
  });

  test("survives kill -9: the next apply ends the wave, and the unknown ones count as failed", async () => {
    const slow = `${SMALL_WORKSPACE.replace("users:", "  rate: 60/s\nusers:")}`;
    const { sandbox, report, applyUntil } = await setUp({
      people: 200,
      rollout: "waves: [120, rest]",
      files: { "posthorn.yaml": slow },
    });
    await applyUntil(30, "SIGKILL");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    const [wave, rest] = done.campaigns[0].rollout.occurrences[0].waves;
    expect(wave.tried).toBe(120);
    expect(wave.unknown).toBeGreaterThan(12);
    expect(rest).toMatchObject({ tried: 0, people: 80 });
    expect(done.unresolved_before).toBe(wave.unknown);
    expect(done.next.map(({ kind }: { kind: string }) => kind)).toEqual(["stop", "unknown"]);
    const ids = sandbox.delivered.map((message) => message.deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(120);
  });

  test("begins anew with every occurrence", async () => {
    const twice = SMALL_CAMPAIGN.replace("{ at: now }", '{ every: "0 10,14 * * *" }');
    const { report, faults } = await setUp({ campaign: twice });
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
    const { cwd, report, faults, addRow, plan } = await setUp({
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
