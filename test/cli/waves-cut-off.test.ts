import { describe, expect, test } from "vitest";
import { SMALL_WORKSPACE } from "./posthorn.ts";
import { rolloutWorkspace } from "./rollout-workspace.ts";

describe("a wave survives", () => {
  test("a signal: the next apply ends the wave before it judges it", async () => {
    const slow = `${SMALL_WORKSPACE.replace("users:", "  rate: 5/s\nusers:")}`;
    const { sandbox, run, report, plan, faults, applyUntil } = await rolloutWorkspace({
      rollout: "waves: [12, rest]",
      files: { "posthorn.yaml": slow },
    });
    faults("551@1..2");
    expect(await applyUntil(3, "SIGTERM")).toBe(143);
    const [{ waves, stopped }] = (await plan()).snapshot.campaigns[0].rollout.occurrences;
    const { tried } = waves[0];
    expect(stopped).toBeNull();
    expect(tried).toBeGreaterThanOrEqual(3);
    expect(tried).toBeLessThan(12);
    expect(waves).toMatchObject([
      { tried, people: 12 - tried },
      { tried: 0, people: 18 },
    ]);
    const text = await run("plan");
    expect(text.out).toContain(
      `wave 1 of 2: ${12 - tried} people (12, of which ${tried} already tried)`,
    );
    faults("");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    expect(done.campaigns[0].stopped.because).toContain("wave 1 of 2: 2 of 12");
    expect(sandbox.deliveredCount).toBe(10);
  });

  test("kill -9: the next apply ends the wave, and unknown ones count as failed", async () => {
    const slow = `${SMALL_WORKSPACE.replace("users:", "  rate: 60/s\nusers:")}`;
    const { sandbox, report, applyUntil } = await rolloutWorkspace({
      people: 200,
      rollout: "waves: [120, rest]",
      files: { "posthorn.yaml": slow },
    });
    await applyUntil(30, "SIGKILL");
    const { exit, report: done } = await report();
    expect(exit).toBe(7);
    const [wave, rest] = done.campaigns[0].rollout.occurrences[0].waves;
    expect(wave.tried).toBe(120);
    expect(wave.unknown).toBeGreaterThan(12);
    expect(rest).toMatchObject({ tried: 0, people: 80 });
    expect(done.unresolved_before).toBe(wave.unknown);
    expect(done.next.map(({ kind }: { kind: string }) => kind)).toEqual(["stop", "unknown"]);
    const ids = sandbox.delivered.map((message) => message.deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(120);
  });
});
