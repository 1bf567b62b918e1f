import { describe, expect, test } from "vitest";
import { RunEnd } from "../../src/apply/run-end.ts";
import { FakeClock } from "./fakes.ts";

const NEVER = new AbortController().signal;

describe("the end of a run", () => {
  test("comes by itself when --max-runtime is over, and not before", async () => {
    const clock = new FakeClock();
    const end = new RunEnd({ clock, interruption: NEVER, maxRuntimeMs: 60_000 });
    await clock.run(clock.sleep(59_999));
    expect(end.reason).toBeNull();
    expect(end.leftMs).toBe(1);
    await clock.run(clock.sleep(1));
    expect(end.signal.aborted).toBe(true);
    expect(end.reason?.by).toBe("max_runtime");
    expect(end.leftMs).toBe(0);
  });

  test("does not come when the run was over before", async () => {
    const clock = new FakeClock();
    const end = new RunEnd({ clock, interruption: NEVER, maxRuntimeMs: 60_000 });
    end.close();
    await clock.run(clock.sleep(120_000));
    expect(end.reason).toBeNull();
  });

  test("keeps the first reason", () => {
    const signal = new AbortController();
    const of = { clock: new FakeClock(), maxRuntimeMs: undefined };
    const end = new RunEnd({ ...of, interruption: signal.signal });
    expect(end.leftMs).toBe(Number.POSITIVE_INFINITY);
    end.cutOff({ by: "halt", because: "Halted." });
    signal.abort("SIGTERM");
    expect(end.reason).toEqual({ by: "halt", because: "Halted." });
    const other = new RunEnd({ ...of, interruption: AbortSignal.abort("SIGINT") });
    expect(other.reason).toEqual({ by: "signal", because: "SIGINT came." });
  });
});
