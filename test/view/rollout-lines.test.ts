import { describe, expect, test } from "vitest";
import type { Rollout } from "../../src/model/plan.ts";
import { showPlanMarkdown } from "../../src/view/plan-markdown.ts";
import { showPlan } from "../../src/view/plan-text.ts";
import { rolloutLines } from "../../src/view/rollout-lines.ts";
import { plannedWith, planWith } from "../plan/fixtures.ts";
import { stoppedCampaign } from "./report-fixtures.ts";

const NOBODY = { tried: 0, failed: 0, unknown: 0, unavailable: 0, people: 0 };

function rolloutWith(over: Partial<Rollout> = {}): Rollout {
  return {
    waves: [25, 500, null],
    stop_if: { failed: 0.02, unavailable: null },
    held: 0,
    occurrences: [],
    ...over,
  };
}

describe("a rollout", () => {
  test("that is still to come says its sizes and limits", () => {
    expect(rolloutLines(rolloutWith())).toEqual([
      "in waves: 25, 500, then the rest (stops above failed 2%)",
    ]);
    expect(rolloutLines(null)).toEqual([]);
  });

  test("says where each wave stands", () => {
    const waves = [
      { ...NOBODY, tried: 25 },
      { ...NOBODY, tried: 120, people: 380 },
      { ...NOBODY, people: 11_575 },
    ];
    const occurrences = [{ occurrence: "once", waves, stopped: null }];
    expect(rolloutLines(rolloutWith({ occurrences })).slice(1)).toEqual([
      "wave 1 of 3: 25 tried",
      "wave 2 of 3: 380 people (500, of which 120 already tried)",
      "wave 3 of 3: 11,575 people",
    ]);
  });

  test("names the occurrence where there are two at once", () => {
    const one = (occurrence: string) => ({
      ...{ occurrence, stopped: null },
      waves: [{ ...NOBODY, people: 3 }, NOBODY, NOBODY],
    });
    const occurrences = [one("2026-12-06T10:00"), one("2026-12-07T10:00")];
    expect(rolloutLines(rolloutWith({ occurrences })).slice(1)).toEqual([
      ...["2026-12-06T10:00:", "wave 1 of 3: 3 people"],
      ...["2026-12-07T10:00:", "wave 1 of 3: 3 people"],
    ]);
  });
});

describe("a campaign whose wave was stopped", () => {
  const { id, source, rollout } = stoppedCampaign();
  const plan = planWith([plannedWith(9_570, { id, source, rollout, action: "none" })]);

  test("stands first in the plan, with the lines to paste", () => {
    const text = showPlan(plan, { color: false, width: 80 });
    expect(text.split("\n").slice(3, 15)).toEqual([
      "! offers/advent-lights  stopped, 9,570 people wait  campaigns/offers/advent-lights.yaml:2",
      "    in waves: 1,000, 5,000, then the rest (stops above failed 2% or unavailable",
      "    20%)",
      "    wave 1 of 3: 1,000 tried",
      "    wave 2 of 3: 5,000 people",
      "    wave 3 of 3: 4,570 people",
      "    stopped after wave 1 of 3: 120 of 1,000 failed or have an unknown outcome",
      "    (12%), above failed: 2%",
      "    To go on, add to campaigns/offers/advent-lights.yaml:",
      "      acknowledge:",
      '        - { rule: rollout, occurrence: once, because: "…" }',
      "",
    ]);
    expect(text).not.toContain("1 active, with nothing to send now");
  });

  test("stands in the comment of a pull request too", () => {
    const { text } = showPlanMarkdown(plan, 60_000);
    expect(text).toContain("> [!CAUTION]\n> **offers/advent-lights  stopped, 9,570 people wait");
    expect(text).toContain(">     To go on, add to campaigns/offers/advent-lights.yaml:");
  });
});
