import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { apply } from "../../src/cli/apply.ts";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import type { Report } from "../../src/model/report.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { MessageGateway } from "../../src/ports/message-gateway.ts";
import { surroundingsOf } from "../../src/wiring.ts";
import { person, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "../cli/posthorn.ts";
import { failed, SENT } from "./fakes.ts";

/*
 * A run that takes hours, told by a clock that moves on by half a minute with every message. All of
 * the program is real but for the clock and what Meta answers.
 */

const STEP_MS = 30_000;
const EVERYBODY = 400;
const START = "2026-12-01T18:00:00Z"; // 19:00 in Berlin

interface Setting {
  readonly workspace?: string;
  readonly campaign?: string;
  readonly people?: readonly object[];
  readonly files?: Readonly<Record<string, string>>;
  /** Called before each send with its number, from 1. */
  readonly onSend?: (count: number, cwd: string) => void;
  readonly unreachable?: ReadonlySet<string>;
}

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const inbound = (at: string) => ({ last_inbound_at: at });

function everybody(over: (n: number) => object = () => inbound(START)): object[] {
  return Array.from({ length: EVERYBODY }, (_, n) =>
    person(n, { user_id: `u${String(n).padStart(3, "0")}`, ...over(n) }),
  );
}

class StepClock implements Clock {
  ms: number;
  constructor(start: string) {
    this.ms = Date.parse(start);
  }
  now = () => this.ms;
  monotonicMs = () => this.ms;
  sleep = async (ms: number) => {
    this.ms += ms;
  };
}

function setUp({ onSend = () => {}, unreachable = new Set(), ...setting }: Setting = {}) {
  const cwd = smallWorkspace({
    "posthorn.yaml": setting.workspace ?? SMALL_WORKSPACE,
    "campaigns/hello.yaml": setting.campaign ?? SMALL_CAMPAIGN,
    "data/users.ndjson": lines(setting.people ?? everybody()),
    ...setting.files,
  });
  const reached: string[] = [];
  const run = async (start = START): Promise<Report> => {
    const clock = new StepClock(start);
    let count = 0;
    let line = Promise.resolve();
    const gateway: MessageGateway = {
      send: async (body) => {
        // One after the other, and in some real time too: files are read in real time.
        line = line.then(() => sleep(5));
        await line;
        onSend(++count, cwd);
        clock.ms += STEP_MS;
        const psid = String((body["recipient"] as { id: string }).id);
        if (unreachable.has(psid)) {
          return { outcome: failed("user_unavailable", "person"), usage: null };
        }
        reached.push(psid);
        return { outcome: SENT, usage: null };
      },
      close: async () => {},
    };
    const out: string[] = [];
    const real = surroundingsOf(process, "0");
    const surroundings: Surroundings = {
      ...real,
      env: { MESSENGER_PAGE_TOKEN: "any", POSTHORN_GRAPH_URL: "http://127.0.0.1:9" },
      terminal: { ...real.terminal, err: () => {}, out: (text) => void out.push(text) },
      interruption: () => new AbortController().signal,
      clock: async () => clock,
      openGateway: async () => gateway,
    };
    const options = { folder: cwd, format: "json", now: undefined, quiet: true, color: false };
    await apply({ args: [], flags: {}, options: { ...options, format: "json" }, surroundings });
    return JSON.parse(out.join(""));
  };
  return { cwd, run, reached };
}

/** As an export does that was finished a while ago, or just now. */
function replaceUsers(cwd: string, rows: readonly object[], agoMs = 60_000): void {
  const draft = join(cwd, "data/draft");
  writeFileSync(draft, lines(rows));
  const at = (Date.now() - agoMs) / 1000;
  utimesSync(draft, at, at);
  renameSync(draft, join(cwd, "data/users.ndjson"));
}

function sums({ totals }: Report): number {
  const { matched: _matched, ...parts } = totals;
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}

describe("a run that takes hours", () => {
  test("leaves alone those whose window closed meanwhile", async () => {
    // Half an hour after the start: 24 h after 19:30 of the day before, less 1 h.
    const margin = SMALL_WORKSPACE.replace("users:", "  window_margin: 1h\nusers:");
    const { run, reached } = setUp({
      workspace: margin,
      people: everybody((n) => inbound(n < 200 ? START : "2026-11-30T19:30:00Z")),
    });
    const report = await run();
    expect(report.campaigns[0]?.left_out).toEqual({ outside_window: 200 });
    expect(report.totals).toMatchObject({ matched: EVERYBODY, sent: 200, untried: 0 });
    expect(sums(report)).toBe(EVERYBODY);
    expect(reached).toHaveLength(200);
  });

  test("puts off those whose night began, and sends to them in the morning", async () => {
    const quiet = SMALL_WORKSPACE.replace(
      "warn }",
      'warn, quiet_hours: { from: "20:00", to: "08:00" } }',
    );
    const { run, reached } = setUp({ workspace: quiet });
    const evening = await run();
    const { sent } = evening.totals;
    expect(sent).toBeGreaterThan(100);
    expect(evening.campaigns[0]?.left_out).toEqual({ quiet_hours: EVERYBODY - sent });
    const morning = await run("2026-12-02T07:30:00Z");
    expect(morning.totals).toMatchObject({ sent: EVERYBODY - sent });
    expect(new Set(reached).size).toBe(EVERYBODY);
    expect((await run("2026-12-02T10:00:00Z")).totals.sent).toBe(0);
  });

  test("sends nothing that is late by now", async () => {
    const soon = SMALL_CAMPAIGN.replace("{ at: now }", "{ at: 2026-12-01T19:00, late_by: 1h }");
    const { run } = setUp({ campaign: soon });
    const report = await run();
    expect(report.totals.sent).toBeGreaterThan(100);
    expect(report.campaigns[0]?.left_out).toEqual({ late: EVERYBODY - report.totals.sent });
    expect((await run("2026-12-01T20:30:00Z")).totals.sent).toBe(0);
  });

  test("does not write to those who took their consent back, or who are gone", async () => {
    const later = everybody((n) => ({ ...inbound(START), opt_in: n < 380 })).slice(0, 390);
    const { run, reached } = setUp({
      onSend: (count, cwd) => count === 5 && replaceUsers(cwd, later),
    });
    const report = await run();
    expect(report.campaigns[0]?.left_out).toEqual({ no_consent: 20 });
    expect(reached).toHaveLength(380);
    expect(sums(report)).toBe(EVERYBODY);
  });

  test("still writes to those who wrote again after the run had begun", async () => {
    const old = inbound("2026-11-30T20:20:00Z"); // open until 19:20
    const { run } = setUp({
      people: everybody((n) => (n < 250 ? inbound(START) : old)),
      onSend: (count, cwd) =>
        count === 5 &&
        replaceUsers(
          cwd,
          everybody((n) => (n < 300 ? inbound(START) : old)),
        ),
    });
    const report = await run();
    expect(report.campaigns[0]?.left_out).toEqual({ outside_window: 100 });
    expect(report.totals.sent).toBe(300);
  });

  test("goes on with what it knew when the files cannot be used, and says so", async () => {
    const broken = everybody(() => ({ opt_in: "perhaps" }));
    const { run } = setUp({ onSend: (count, cwd) => count === 5 && replaceUsers(cwd, broken) });
    const report = await run();
    expect(report.totals.sent).toBe(EVERYBODY);
    expect(report.warnings.map(({ code }) => code)).toContain("DATA_UNREADABLE");
  });

  test("does not read a file that is being written", async () => {
    const { run } = setUp({
      onSend: (count, cwd) => count === 5 && replaceUsers(cwd, everybody().slice(0, 60), 0),
    });
    const report = await run();
    expect(report.totals.sent).toBe(EVERYBODY);
  });

  test("writes no second time to somebody whom Meta called unreachable in it", async () => {
    const events = `events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
`;
    const rows = Array.from({ length: 120 }, (_, n) => ({
      ...{ event_id: `e${String(n).padStart(3, "0")}`, user_id: n % 2 ? "u001" : "u002" },
      ...{ event: "bought", at: new Date(Date.parse(START) - 3_600_000 + n * 1000).toISOString() },
    }));
    const slow = SMALL_WORKSPACE.replace("users:", "  rate: 1/s\nusers:");
    const { run, reached } = setUp({
      workspace: slow + events,
      campaign: SMALL_CAMPAIGN.replace("{ at: now }", "{ on: bought }"),
      files: { "data/events.ndjson": lines(rows) },
      unreachable: new Set([String(person(1)["ps_id"])]),
    });
    const report = await run();
    expect(reached).toHaveLength(60);
    // The first requests were written before the first answer came.
    expect(report.campaigns[0]?.left_out["unreachable"]).toBeGreaterThanOrEqual(20);
    expect(sums(report)).toBe(120);
  });
});
