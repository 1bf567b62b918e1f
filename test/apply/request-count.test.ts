import { describe, expect, test } from "vitest";
import { RequestCount } from "../../src/apply/request-count.ts";
import { SkippingClock } from "./fakes.ts";

describe("the pace of a run", () => {
  test("is nothing without a request", () => {
    expect(new RequestCount(new SkippingClock()).figures([])).toBeNull();
  });

  test("has a mean over all of it, and the most that began in any rolling second", async () => {
    const clock = new SkippingClock();
    const requests = new RequestCount(clock);
    for (let request = 0; request <= 200; request++) {
      requests.begin();
      await clock.sleep(50);
    }
    expect(requests.figures([])).toEqual({
      ...{ requests: 201, mean_per_second: 20.1, peak_per_second: 20, pauses: [] },
    });
    await clock.sleep(9_000);
    for (let request = 0; request < 90; request++) requests.begin();
    expect(requests.figures([])).toMatchObject({ requests: 291, peak_per_second: 90 });
    expect(requests.figures([])?.mean_per_second).toBeCloseTo(291 / 19, 0);
  });

  test("of less than a second is no guess", () => {
    const requests = new RequestCount(new SkippingClock());
    for (let request = 0; request < 3; request++) requests.begin();
    expect(requests.figures([])).toMatchObject({ mean_per_second: 3, peak_per_second: 3 });
  });
});
