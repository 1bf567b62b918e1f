import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PortError, Stop } from "../../src/diag/errors.ts";
import type { PersonWriter } from "../../src/ports/state-store.ts";
import { person, SMALL_CAMPAIGN, SMALL_WORKSPACE } from "../cli/posthorn.ts";
import { EVERYBODY, everybody, inbound, lines, longRun, START, sums } from "./long-run.ts";

/** As an export does that was finished a while ago, or just now. */
function replaceUsers(cwd: string, rows: readonly object[], agoMs = 60_000): void {
  const draft = join(cwd, "data/draft");
  writeFileSync(draft, lines(rows));
  const at = (Date.now() - agoMs) / 1000;
  utimesSync(draft, at, at);
  renameSync(draft, join(cwd, "data/users.ndjson"));
}

/** Messages after which a change at the fifth has been noticed, and all on the way have heard. */
const NOTICED_BY = 170;

/** Messages in half an hour, and those that may be on the way then. */
const CLOSED_BY = 60 + 64;

/** The PSIDs of everybody from this number on. */
const psidsFrom = (n: number) =>
  new Set(
    everybody()
      .slice(n)
      .map((one) => (one as { readonly ps_id: string }).ps_id),
  );

describe("a run that takes hours", () => {
  test("leaves alone those whose window closed meanwhile", async () => {
    // Half an hour after the start: 24 h after 19:30 of the day before, less 1 h.
    const margin = SMALL_WORKSPACE.replace("users:", "  window_margin: 1h\nusers:");
    const { run, reached } = longRun({
      workspace: margin,
      people: everybody((n) => inbound(n < 200 ? START : "2026-11-30T19:30:00Z")),
    });
    const report = await run();
    const closing = psidsFrom(200);
    const inTime = reached.slice(0, CLOSED_BY).filter((psid) => closing.has(psid)).length;
    expect(reached.slice(CLOSED_BY).filter((psid) => closing.has(psid))).toEqual([]);
    expect(report.campaigns[0]?.left_out).toEqual({ outside_window: 200 - inTime });
    expect(report.totals).toMatchObject({ matched: EVERYBODY, sent: 200 + inTime, untried: 0 });
    expect(sums(report)).toBe(EVERYBODY);
  });

  test("fills a wave up with others where some of it are left out", async () => {
    const rollout = "rollout: { waves: [150, rest], stop_if: { failed: 2% } }\n";
    const { run, reached } = longRun({
      campaign: SMALL_CAMPAIGN + rollout,
      // Every other one can be written to for half an hour only.
      people: everybody((n) => inbound(n % 2 ? START : "2026-11-30T19:30:00Z")),
    });
    const report = await run();
    const [wave, rest] = report.campaigns[0]?.rollout?.occurrences[0]?.waves ?? [];
    expect(wave).toMatchObject({ tried: 150, people: 0 });
    expect(rest?.tried).toBe(report.totals.sent - 150);
    expect(report.campaigns[0]?.left_out["outside_window"]).toBeGreaterThan(100);
    expect(sums(report)).toBe(EVERYBODY);
    expect(new Set(reached).size).toBe(report.totals.sent);
  });

  test("puts off those whose night began, and sends to them in the morning", async () => {
    const quiet = SMALL_WORKSPACE.replace(
      "warn }",
      'warn, quiet_hours: { from: "20:00", to: "08:00" } }',
    );
    const { run, reached } = longRun({ workspace: quiet });
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
    const { run } = longRun({ campaign: soon });
    const report = await run();
    expect(report.totals.sent).toBeGreaterThan(100);
    expect(report.campaigns[0]?.left_out).toEqual({ late: EVERYBODY - report.totals.sent });
    expect((await run("2026-12-01T20:30:00Z")).totals.sent).toBe(0);
  });

  test("does not write to those who took their consent back, or who are gone", async () => {
    const later = everybody((n) => ({ ...inbound(START), opt_in: n < 380 })).slice(0, 390);
    const { run, reached } = longRun({
      onSend: (count, cwd) => count === 5 && replaceUsers(cwd, later),
    });
    const report = await run();
    // The order of people who are due at once is nobody's promise: some come before the look.
    const gone = psidsFrom(380);
    expect(reached.slice(NOTICED_BY).filter((psid) => gone.has(psid))).toEqual([]);
    const tooEarly = reached.filter((psid) => gone.has(psid)).length;
    expect(tooEarly).toBeLessThan(gone.size);
    expect(report.campaigns[0]?.left_out).toEqual({ no_consent: gone.size - tooEarly });
    expect(sums(report)).toBe(EVERYBODY);
  });

  test("still writes to those who wrote again after the run had begun", async () => {
    const old = inbound("2026-11-30T20:20:00Z"); // open until 19:20
    const { run, reached } = longRun({
      people: everybody((n) => (n < 250 ? inbound(START) : old)),
      onSend: (count, cwd) =>
        count === 5 &&
        replaceUsers(
          cwd,
          everybody((n) => (n < 300 ? inbound(START) : old)),
        ),
    });
    const report = await run();
    const stillOld = psidsFrom(300);
    expect(reached.slice(NOTICED_BY).filter((psid) => stillOld.has(psid))).toEqual([]);
    const inTime = reached.filter((psid) => stillOld.has(psid)).length;
    expect(inTime).toBeLessThan(stillOld.size);
    expect(report.campaigns[0]?.left_out).toEqual({ outside_window: stillOld.size - inTime });
    expect(report.totals.sent).toBe(300 + inTime);
  });

  test("goes on with what it knew when the files cannot be used, and says so", async () => {
    const broken = everybody(() => ({ opt_in: "perhaps" }));
    const { run } = longRun({ onSend: (count, cwd) => count === 5 && replaceUsers(cwd, broken) });
    const report = await run();
    expect(report.totals.sent).toBe(EVERYBODY);
    expect(report.warnings.map(({ code }) => code)).toContain("DATA_UNREADABLE");
  });

  test("does not read a file that is being written", async () => {
    const { run } = longRun({
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
    const { run, reached } = longRun({
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

describe("a run that breaks", () => {
  /** A state that takes claims twice and then breaks. */
  const breaking = (fault: Error) => (writer: PersonWriter) => {
    let claims = 0;
    const claim: PersonWriter["claim"] = async (deliveries, at) => {
      if (++claims > 2) throw fault;
      await writer.claim(deliveries, at);
    };
    return new Proxy(writer, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (key === "claim") return claim;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };

  test("says what it did, then ends with its fault; the next apply goes on", async () => {
    const full = new PortError("No space is left on the disk.", { retryable: false });
    const setting = { writerOver: breaking(full) };
    const { run, reached, lastReport } = longRun(setting);
    await expect(run()).rejects.toThrow(full);
    const report = lastReport();
    expect(report).toMatchObject({
      outcome: "partial",
      cut_off: { by: "fault", because: "No space is left on the disk." },
    });
    expect(report.totals.sent).toBe(reached.length);
    expect(report.totals.untried).toBeGreaterThan(200);
    expect(sums(report)).toBe(EVERYBODY);
    expect(report.next).toMatchObject([{ kind: "apply" }]);
  });

  test("keeps the exit of a lost lease", async () => {
    const lost = new Stop("partial", "The lease was lost.");
    const { run, lastReport } = longRun({ writerOver: breaking(lost) });
    await expect(run()).rejects.toBe(lost);
    expect(lastReport().cut_off?.because).toBe("The lease was lost.");
  });
});
