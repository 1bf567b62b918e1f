import { describe, expect, test } from "vitest";
import { NO_FAULTS } from "../../src/sandbox/fault-plan.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";

const EVER = Number.POSITIVE_INFINITY;

describe("faults that can be read", () => {
  test("of every kind, with a seed", () => {
    const text =
      "delay=50ms:100%, 613=2s:2.5%,10/1893063@7..9,429@3,hang_after:0%,revoked@500+," +
      "page_usage=50..120/3@1..100,app_usage=95:100%,event_late=2s:5%,no_echo@1,seed=7";
    const calls = (from: number, to: number) => ({ kind: "calls", from, to });
    const rate = (share: number) => ({ kind: "rate", rate: share });
    expect(parseFaults(text).plan).toEqual({
      seed: 7,
      rules: [
        { fault: { kind: "delay", ms: 50 }, moment: rate(1) },
        { fault: { kind: "code", code: 613, subcode: undefined, ms: 2000 }, moment: rate(0.025) },
        { fault: { kind: "code", code: 10, subcode: 1893063, ms: undefined }, moment: calls(7, 9) },
        { fault: { kind: "too_many", ms: undefined }, moment: calls(3, 3) },
        { fault: { kind: "hang_after", ms: undefined }, moment: rate(0) },
        { fault: { kind: "revoked", ms: undefined }, moment: calls(500, EVER) },
      ],
      usage: [
        {
          fault: { kind: "page_usage", fromPercent: 50, toPercent: 120, regainMinutes: 3 },
          moment: calls(1, 100),
        },
        {
          fault: { kind: "app_usage", fromPercent: 95, toPercent: 95, regainMinutes: 0 },
          moment: rate(1),
        },
      ],
      events: [
        { fault: { kind: "event_late", ms: 2000 }, moment: rate(0.05) },
        { fault: { kind: "no_echo", ms: undefined }, moment: calls(1, 1) },
      ],
    });
  });

  test.each(["", " ", ","])("none in %j", (text) => {
    expect(parseFaults(text).plan).toEqual(NO_FAULTS);
  });
});

describe("faults that cannot be read say why", () => {
  test.each([
    ["hang_after", /"hang_after" is no fault\. Write a fault as NAME:2%/],
    ["hang_aftr:1%", /No fault is named "hang_aftr"\. Did you mean "hang_after"\?/],
    ["hang_after:101%", /":101%" in "hang_after:101%" says no moment/],
    ["hang_after@0", /says no moment/],
    ["hang_after@9..7", /says no moment/],
    ["delay:100%", /delay needs a duration\. Write delay=200ms:100%/],
    ["event_late:1%", /event_late needs a duration/],
    ["delay=soon:1%", /"soon" in "delay=soon" is no duration\. Write 200ms, 2s or 1m/],
    ["page_usage:1%", /"" in "page_usage=" is no usage/],
    ["app_usage=high:1%", /"high" in "app_usage=high" is no usage/],
    ["page_usage=50..90:10%", /rises over no calls\. Write the first and the last/],
    ["page_usage=50..90@5+", /rises over no calls/],
    ["seed=x", /"seed=x" is no seed/],
    ["seed=1,seed=2", /seed= is written more than once/],
    ["constructor:1%", /No fault is named "constructor"/],
  ])("%s", (text, problem) => {
    expect(parseFaults(text).problems?.join("\n")).toMatch(problem);
  });

  test("all of them at once", () => {
    expect(parseFaults("x:1%,y:1%,seed=z").problems).toHaveLength(3);
  });
});
