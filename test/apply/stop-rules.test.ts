import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BREAKERS } from "../../src/apply/breakers.ts";
import { StopRules } from "../../src/apply/stop-rules.ts";
import type { Outcome } from "../../src/model/delivery.ts";
import { failed, NOT_SENT, SENT, UNKNOWN } from "./fakes.ts";

function having(...outcomes: Outcome[]): StopRules {
  const rules = new StopRules();
  for (const outcome of outcomes) rules.see(outcome);
  return rules;
}

const times = (count: number, ...outcomes: Outcome[]) =>
  Array.from({ length: count }, () => outcomes).flat();

const REJECTED = failed("rejected", "person", [77]);
const INVALID = failed("message_invalid", "campaign", [100]);
const TAKEN_AWAY = failed("page_restricted", "campaign", [10, 1404170]);
const GONE = failed("user_unavailable", "person", [551]);
const NOBODY = failed("user_unavailable", "person", [100, 2018001]);
const NOT_TESTER = failed("denied", "person", [200, 2018028]);

describe("one answer that reaches beyond the person", () => {
  test.each(["page", "run"] as const)("stops the %s at once", (scope) => {
    const rules = having(SENT, failed("denied", scope, [190]), SENT);
    expect(rules.stopped).toEqual({ scope, because: "no (code 190)" });
  });

  test("the first one stands", () => {
    const rules = having(failed("page_restricted", "page", [368]), failed("denied", "run", [190]));
    expect(rules.stopped?.scope).toBe("page");
  });
});

describe("failures alike, without a success between", () => {
  test.each([
    { name: "an unknown code", outcome: REJECTED, limit: 10, scope: "campaign" },
    { name: "an invalid payload", outcome: INVALID, limit: 3, scope: "campaign" },
    { name: "a feature taken away", outcome: TAKEN_AWAY, limit: 3, scope: "campaign" },
    { name: "an app that is not live", outcome: NOT_TESTER, limit: 10, scope: "run" },
  ])("$name stops after so many, and not one sooner", ({ outcome, limit, scope }) => {
    expect(having(...times(limit - 1, outcome)).isOver).toBe(false);
    expect(having(...times(limit, outcome)).stopped?.scope).toBe(scope);
    expect(having(...times(limit - 1, outcome), SENT, ...times(limit - 1, outcome)).isOver).toBe(
      false,
    );
  });

  test("other failures between them are no success", () => {
    expect(having(...times(3, INVALID, GONE)).stopped?.scope).toBe("campaign");
    expect(having(...times(10, REJECTED, UNKNOWN)).stopped?.scope).toBe("campaign");
  });

  test("other codes are not alike", () => {
    const others = Array.from({ length: 30 }, (_, code) => failed("rejected", "person", [code]));
    expect(having(...others).isOver).toBe(false);
  });

  test("nobody known to the Page cuts the run off after twenty", () => {
    expect(having(...times(19, NOBODY)).isOver).toBe(false);
    const rules = having(...times(20, NOBODY));
    expect(rules.cutOff).toEqual({
      by: "breaker",
      because: "20 failed alike without a success between: no (code 100)",
    });
    expect(rules.stopped).toBeNull();
  });
});

describe("too many among the first 200", () => {
  test("41 unavailable people cut the run off, 40 do not", () => {
    expect(having(...times(40, GONE, SENT)).isOver).toBe(false);
    expect(having(...times(41, GONE, SENT)).cutOff?.by).toBe("breaker");
  });

  test("later ones do not count", () => {
    const rules = having(...times(40, GONE, SENT), ...times(120, SENT), ...times(300, GONE, SENT));
    expect(rules.isOver).toBe(false);
  });

  test("a variant that is invalid stops the campaign although the other passes", () => {
    expect(having(...times(20, INVALID, SENT)).isOver).toBe(false);
    expect(having(...times(21, INVALID, SENT)).stopped?.scope).toBe("campaign");
  });
});

test("what was not taken is no failure", () => {
  expect(having(...times(500, NOT_SENT)).isOver).toBe(false);
});

test("successes stop nothing, and no breaker opens at its last allowed failure", () => {
  fc.assert(
    fc.property(fc.constantFrom(...BREAKERS), fc.nat(500), (breaker, successes) => {
      const one = failed(breaker.errorClass, "person", [breaker.code ?? 1]);
      const allowed = breaker.rule === "alike" ? breaker.limit - 1 : 0;
      expect(having(...times(successes, SENT), ...times(Math.min(allowed, 2), one)).isOver).toBe(
        false,
      );
    }),
  );
});
