import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { progressBar } from "../../src/adapters/terminal/progress-bar.ts";
import type { Progress } from "../../src/apply/apply-plan.ts";
import { ProgressDisplay } from "../../src/cli/progress.ts";
import type { ProgressBar } from "../../src/ports/progress-bar.ts";
import { SkippingClock } from "../apply/fakes.ts";

function progressAt(sent: number, over: Partial<Progress> = {}): Progress {
  const none = { failed: 0, unknown: 0, leftOut: 0 };
  return { campaign: "order/shipped", eligible: 900, sent, ...none, ...over };
}

function setUp(bar?: ProgressBar) {
  const clock = new SkippingClock();
  const err: string[] = [];
  const terminal = {
    ...{
      out: () => {},
      outIsGone: () => false,
      width: 80,
      outIsTerminal: false,
      errIsTerminal: bar !== undefined,
    },
    err: (text: string) => void err.push(text),
  };
  const display = new ProgressDisplay({ terminal, clock, bar });
  const later = async (seconds: number, progress: Progress) => {
    await clock.sleep(1_000 * seconds);
    display.show(progress);
  };
  return { display, err, later };
}

function fakeBar() {
  const drawn: Parameters<ProgressBar["draw"]>[0][] = [];
  const calls: string[] = [];
  const bar: ProgressBar = {
    draw: (line) => {
      calls.push("draw");
      drawn.push(line);
    },
    clear: () => void calls.push("clear"),
  };
  return { bar, drawn, calls };
}

describe("progress in a log", () => {
  test("is a line every five seconds and one at the end of a campaign", async () => {
    const { display, err, later } = setUp();
    display.show(progressAt(0));
    await later(1, progressAt(20));
    expect(err).toEqual([]);
    await later(4, progressAt(98, { failed: 1, unknown: 1 }));
    await later(2, progressAt(140));
    await later(38, progressAt(898, { failed: 1, unknown: 1 }));
    display.show(progressAt(898, { failed: 1, unknown: 1 }));
    display.close();
    expect(err).toEqual([
      "order/shipped: 100 of 900  98 sent, 1 failed, 1 unknown  20.0/s, 40 s left\n",
      "order/shipped: 900 of 900  898 sent, 1 failed, 1 unknown  in 45 s\n",
    ]);
  });

  test("says how far a campaign came that was cut off, and counts who was left out", async () => {
    const { display, err, later } = setUp();
    display.show(progressAt(0));
    await later(3, progressAt(30, { leftOut: 30 }));
    display.show(progressAt(0, { campaign: "next" }));
    expect(err).toEqual([
      "order/shipped: 60 of 900  30 sent, 0 failed, 0 unknown  20.0/s, 42 s left\n",
    ]);
    display.close();
    expect(err.at(-1)).toBe("next: 0 of 900  0 sent, 0 failed, 0 unknown\n");
  });

  test("tells the speed of the last seconds, not of a pause before", async () => {
    const { err, later } = setUp();
    await later(0, progressAt(0));
    await later(1, progressAt(20));
    for (let second = 1; second <= 20; second++) await later(60, progressAt(20));
    for (let second = 1; second <= 20; second++) await later(1, progressAt(20 + 10 * second));
    expect(err.at(-1)).toContain(" 10.0/s, ");
  });
});

describe("progress on a terminal", () => {
  test("is a bar that makes room for notices and for the last line", async () => {
    const { bar, drawn, calls } = fakeBar();
    const { display, err, later } = setUp(bar);
    display.show(progressAt(0));
    await later(1, progressAt(20));
    display.notice("Meta limits the page; the next try is in 30 s.");
    await later(1, progressAt(40));
    display.close();
    expect(drawn.map(({ done, total }) => [done, total])).toEqual([
      ...[
        [0, 900],
        [20, 900],
        [40, 900],
      ],
    ]);
    expect(drawn[2]?.words).toBe("order/shipped  40 sent, 0 failed, 0 unknown  20.0/s, 43 s left");
    expect(calls).toEqual(["draw", "draw", "clear", "draw", "clear", "clear"]);
    expect(err).toHaveLength(2);
  });

  test("is drawn over itself and leaves the line empty", async () => {
    const written: string[] = [];
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
    stream.on("data", (chunk) => written.push(String(chunk)));
    const bar = progressBar(stream as unknown as NodeJS.WriteStream);
    bar.draw({ done: 45, total: 90, words: "half" });
    bar.clear();
    await new Promise(setImmediate);
    const text = written.join("");
    expect(text).toContain(" 50% half");
    expect(text).not.toContain("\n");
    // The last thing is that the line is cleared.
    expect(text.endsWith("\u001b[2K")).toBe(true);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });
});
