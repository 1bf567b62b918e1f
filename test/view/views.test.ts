import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diag/diagnostic.ts";
import type { Plan, PlannedCampaign } from "../../src/model/plan.ts";
import { showDiagnosticsAsCommands } from "../../src/view/diagnostics-github.ts";
import { showDiagnostics } from "../../src/view/diagnostics-text.ts";
import { showPlan } from "../../src/view/plan-text.ts";
import { CONSENT, plannedWith } from "../plan/fixtures.ts";

const HOSTILE = "a\u001b[31m\u202e\n::add-mask::e\nResult: campaigns=0";
const CONTROLS = /(?!\n)[\p{Cc}\u202e]/u;
const PLAIN = { color: false, width: 80 };

function diagnostic(over: Partial<Diagnostic> = {}): Diagnostic {
  const lineText = "segment: vip-buyrs";
  return {
    code: "SEGMENT_UNKNOWN",
    severity: "error",
    at: { file: "campaigns/may-sale.yaml", line: 14, column: 10, endColumn: 19, lineText },
    summary: "Unknown segment",
    detail: 'No file in segments/ declares "vip-buyrs". Did you mean "vip-buyers"?',
    ...over,
  };
}

function planOf(campaigns: PlannedCampaign[], recipients = 0): Plan {
  const digest = `sha256:${"ab".repeat(32)}`;
  const git = { head: null, base: null, dirty: false };
  const now = "2026-12-01T09:30:00Z";
  return {
    format: "posthorn.plan/1",
    intent: { workspace: "acme", consent: CONSENT, campaigns: [], guards: {} },
    snapshot: { now, git, campaigns, guards: [], warnings: [] },
    digests: { intent: digest, snapshot: digest },
    summary: { campaigns: campaigns.length, recipients, blocked: 0, warnings: 0 },
  };
}

describe("diagnostics", () => {
  test("show place, code, the line with carets, and what to do", () => {
    expect(showDiagnostics([diagnostic()], { color: false })).toBe(
      [
        "campaigns/may-sale.yaml:14:10  SEGMENT_UNKNOWN  Unknown segment",
        "  14 | segment: vip-buyrs",
        "     |          ^^^^^^^^^",
        'No file in segments/ declares "vip-buyrs". Did you mean "vip-buyers"?',
        "",
        "1 error in 1 file",
        "",
      ].join("\n"),
    );
  });

  test("text from a file can start neither a line, nor a command, nor a colour", () => {
    const shown = showDiagnostics([diagnostic({ detail: HOSTILE })], { color: false });
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toMatch(/^Result:/m);
    expect(shown).not.toMatch(CONTROLS);
  });

  test("as workflow commands, the tenth says how many more there are", () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      diagnostic({ at: { file: "a,b.yaml", line: index + 1, column: 1 }, detail: "50%\nof it" }),
    );
    const lines = showDiagnosticsAsCommands(many).trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(
      "::error file=a%2Cb.yaml,line=1,col=1,title=SEGMENT_UNKNOWN Unknown segment::50%25%0Aof it",
    );
    expect(lines[9]).toContain("3 more errors");
  });
});

describe("a plan as text", () => {
  test("says the verdict first, a funnel that adds up, and ends in a line for scripts", () => {
    const shipped = plannedWith(1_204, {
      id: "order/shipped",
      matched: 1_950,
      left_out: { already_sent: 512, outside_window: 234 },
      samples: [{ variant: "a", locale: null, people: 1_204, message: { text: "Hi •••" } }],
      seconds: 61,
    });
    const text = showPlan(planOf([shipped], 1_204), PLAIN);
    expect(text.split("\n").slice(1, 7)).toEqual([
      "1,204 messages would be sent, from 1 campaign.",
      "",
      "> order/shipped  1,204 people  (requested_content, due 2026-12-01T09:00:00Z, about 2 min)",
      "    1,950 matched − 746 left out = 1,204",
      "    512 already sent to · 234 outside Meta's 24-hour window",
      "    a/base (1,204): Hi •••",
    ]);
    expect(text).toMatch(/\nResult: campaigns=1 recipients=1204 blocked=0 warnings=0\n$/);
  });

  test("a hostile sample or warning stays on its own line", () => {
    const sample = { variant: null, locale: null, people: 1, message: { text: HOSTILE } };
    const plan = planOf([plannedWith(1, { samples: [sample] })]);
    plan.snapshot.warnings.push({ code: "X", summary: HOSTILE, detail: HOSTILE, source: null });
    const text = showPlan(plan, PLAIN);
    expect(text.match(/^Result:/gm)).toHaveLength(1);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(CONTROLS);
  });

  test("counts one person, and one occurrence that gives way, as one", () => {
    const text = showPlan(planOf([plannedWith(1, { id: "daily", superseded: 1 })], 1), PLAIN);
    expect(text).toContain("> daily  1 person  (");
    expect(text).toContain("    1 earlier occurrence gives way\n");
    const more = showPlan(planOf([plannedWith(2, { id: "daily", superseded: 2 })], 2), PLAIN);
    expect(more).toContain("> daily  2 people  (");
    expect(more).toContain("    2 earlier occurrences give way\n");
  });

  test("whom a campaign with nothing to send leaves out has a reason too", () => {
    const capped = { action: "none", due_at: null, left_out: { frequency_cap: 3 } } as const;
    const idle = plannedWith(0, { id: "order/shipped", matched: 3, ...capped });
    const none = plannedWith(0, { id: "quiet", action: "none", due_at: null, left_out: {} });
    const text = showPlan(planOf([idle, none]), PLAIN);
    expect(text).toContain(
      "2 active, with nothing to send now.\n    order/shipped: 3 over the frequency cap\n\n",
    );
  });

  test("with nothing due it names what comes next", () => {
    const next = plannedWith(5, { id: "later", action: "upcoming" });
    expect(showPlan(planOf([next]), PLAIN)).toContain(
      "Nothing would be sent. Next: later at 2026-12-01T09:00:00Z.",
    );
  });
});
