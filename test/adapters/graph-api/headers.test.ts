import { describe, expect, it } from "vitest";
import { parseRetryAfterMs } from "../../../src/adapters/graph-api/retry-after.ts";
import { parseUsage } from "../../../src/adapters/graph-api/usage.ts";

describe("parseUsage", () => {
  it("gives the largest of all percentages, also above 100", () => {
    const headers = { "x-app-usage": '{"call_count":28,"total_time":125.5,"total_cputime":25}' };
    expect(parseUsage(headers)).toEqual({ percent: 125.5, regainAccessMs: null });
  });

  it("reads the page's entry although a key repeats, and minutes as milliseconds", () => {
    const entry = (count: number, minutes: number) =>
      `"1":[{"type":"pages","call_count":${count},"estimated_time_to_regain_access":${minutes}}]`;
    const headers = { "x-business-use-case-usage": `{${entry(90, 3)},${entry(10, 1)}}` };
    expect(parseUsage(headers)).toEqual({ percent: 90, regainAccessMs: 180_000 });
  });

  it("leaves out limits of other uses", () => {
    const headers = {
      "x-business-use-case-usage": '{"1":[{"type":"ads_insights","call_count":99}]}',
    };
    expect(parseUsage(headers)).toBeNull();
  });

  it.each(["", "nonsense", "{}", "[]", '{"call_count":"many"}'])("gives nothing for %j", (text) => {
    expect(parseUsage({ "x-app-usage": text })).toBeNull();
  });
});

describe("parseRetryAfterMs", () => {
  const date = "Mon, 23 Nov 2026 10:00:00 GMT";
  it.each([
    ["seconds", { "retry-after": "120" }, 120_000],
    ["zero", { "retry-after": "0" }, 0],
    ["a date after the answer's", { "retry-after": "Mon, 23 Nov 2026 10:00:30 GMT", date }, 30_000],
    ["a date before the answer's", { "retry-after": "Mon, 23 Nov 2026 09:00:00 GMT", date }, 0],
    ["a date without the answer's", { "retry-after": date }, null],
    ["nothing", {}, null],
    ["words", { "retry-after": "soon", date }, null],
    ["a negative number without the answer's date", { "retry-after": "-5" }, null],
  ])("reads %s", (_name, headers, want) => {
    expect(parseRetryAfterMs(headers)).toBe(want);
  });
});
