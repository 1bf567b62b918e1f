import { describe, expect, test } from "vitest";
import { Stop } from "../../src/diag/errors.ts";
import { digest } from "../../src/model/canonical-json.ts";
import type { Plan } from "../../src/model/plan.ts";
import { readDocument, readPlan } from "../../src/plan/read-document.ts";
import { summaryOf } from "../../src/plan/summary.ts";
import { reportWith } from "../view/report-fixtures.ts";
import { CONSENT, plannedWith } from "./fixtures.ts";

function planOf(snapshot: Partial<Plan["snapshot"]> = {}): Plan {
  const guards = { empty_audience: "warn" } as const;
  const intent = { workspace: "acme", consent: CONSENT, campaigns: [], guards } as const;
  const whole = {
    now: "2026-12-01T09:30:00Z",
    git: { head: null, base: null, dirty: false },
    campaigns: [plannedWith(3)],
    guards: [],
    warnings: [],
    ...snapshot,
  };
  return {
    format: "posthorn.plan/1",
    intent: { ...intent, campaigns: [] },
    snapshot: whole,
    digests: { intent: digest(intent), snapshot: digest(whole) },
    summary: summaryOf(whole),
  };
}

function stopOf(value: unknown, read: (text: string, path: string) => unknown = readDocument) {
  try {
    read(typeof value === "string" ? value : JSON.stringify(value), "some.json");
  } catch (fault) {
    if (fault instanceof Stop) return { exit: fault.exit, message: fault.message };
    throw fault;
  }
  return undefined;
}

describe("a saved document", () => {
  test("comes back as it was written", () => {
    const plan = planOf();
    expect(readDocument(JSON.stringify(plan), "p.json")).toEqual({ kind: "plan", plan });
    const report = reportWith();
    expect(readDocument(JSON.stringify(report), "r.json")).toEqual({ kind: "report", report });
  });

  test("that somebody edited is stale, wherever it was edited", () => {
    const plan = planOf();
    const edited = [
      { ...plan, snapshot: { ...plan.snapshot, now: "2026-12-02T09:30:00Z" } },
      { ...plan, intent: { ...plan.intent, workspace: "other" } },
      { ...plan, summary: { ...plan.summary, recipients: 0 } },
      { ...plan, digests: { ...plan.digests, intent: digest("x") } },
    ];
    for (const one of edited) {
      expect(stopOf(one)).toMatchObject({ exit: "stale" });
      expect(stopOf(one)?.message).toContain("some.json was changed after it was made");
    }
  });

  test("of a newer format, or of none, is invalid and says what this version reads", () => {
    const newer = stopOf({ ...planOf(), format: "posthorn.plan/2" });
    expect(newer?.exit).toBe("invalid");
    expect(newer?.message).toContain("posthorn.plan/1 and posthorn.report/1");
    for (const text of ["", "{", "[]", "null", '"x"', "{}", '{"format":1}']) {
      expect(stopOf(text)).toMatchObject({ exit: "invalid" });
    }
    expect(stopOf({ format: "posthorn.plan/1" })).toMatchObject({ exit: "invalid" });
  });

  test("whose digests fit but not its shape is invalid", () => {
    const odd = planOf({ campaigns: [{ ...plannedWith(3), samples: "none" }] as never });
    expect(stopOf(odd)).toMatchObject({ exit: "invalid" });
    expect(stopOf({ ...reportWith(), campaigns: 7 })?.message).toContain("/campaigns");
  });

  test("a report is no plan to apply", () => {
    expect(stopOf(reportWith(), readPlan)).toMatchObject({ exit: "invalid" });
    expect(stopOf(planOf(), readPlan)).toBeUndefined();
  });
});
