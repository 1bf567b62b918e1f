import { describe, expect, test } from "vitest";
import { posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

function campaign(over: string): string {
  return `${SMALL_CAMPAIGN.replace("send: { at: now }\n", "")}${over}`;
}

/** Two campaigns at ten every morning, at most three messages a week. */
function dailies(): string {
  return smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace(
      "guards: {",
      "guards: { frequency_cap: { max: 3, per: 7d },",
    ),
    "campaigns/hello.yaml": campaign('send: { every: "0 10 * * *" }\npriority: 1\n'),
    "campaigns/later.yaml": campaign('send: { every: "0 10 * * *", from: 2026-12-02 }\n'),
    "campaigns/once.yaml": campaign(
      'send: { every: "0 18 * * *", from: 2026-12-06 }\nrepeat: once\n',
    ),
  });
}

async function horizonOf(cwd: string, args: readonly string[]) {
  const ran = await posthorn(["plan", ...NOW, ...args, "--format", "json"], { cwd });
  expect(ran.err).toBe("");
  return JSON.parse(ran.out).snapshot.horizon;
}

describe("plan --horizon", () => {
  test("plays the days ahead through: each send counts for the caps after it", async () => {
    const { sends, until } = await horizonOf(dailies(), ["--horizon", "8d"]);
    expect(until).toBe("2026-12-09T09:30:00Z");
    const days = (id: string) =>
      sends
        .filter((one: { id: string }) => one.id === id)
        .map((one: { at: string; people: number; capped: number }) => [
          one.at.slice(8, 10),
          one.people,
          one.capped,
        ]);
    // Today's hello is sent now and counts; on the 2nd hello and later fill the week.
    expect(days("hello")).toEqual([
      ["02", 3, 0],
      ["03", 0, 3],
      ["04", 0, 3],
      ["05", 0, 3],
      ["06", 0, 3],
      ["07", 0, 3],
      // Seven days after today's, to the half hour: that one still counts.
      ["08", 0, 3],
      ["09", 3, 0],
    ]);
    expect(days("later").slice(0, 2)).toEqual([
      ["02", 3, 0],
      ["03", 0, 3],
    ]);
    expect(days("once").at(0)).toEqual(["06", 0, 3]);
  });

  test("names the campaigns that reach the same people on one day", async () => {
    const { collisions } = await horizonOf(dailies(), ["--horizon", "2d"]);
    expect(collisions).toEqual([{ date: "2026-12-02", campaigns: ["hello", "later"], people: 3 }]);
  });

  test("reaches nobody twice with a campaign that is sent once", async () => {
    const cwd = smallWorkspace({
      "campaigns/hello.yaml": campaign('send: { every: "0 18 * * *" }\nrepeat: once\n'),
    });
    const { sends } = await horizonOf(cwd, ["--horizon", "3d"]);
    expect(sends.map(({ people }: { people: number }) => people)).toEqual([3, 0, 0]);
  });

  test("is a calendar in words; without the flag there is none", async () => {
    const cwd = dailies();
    const shown = await posthorn(["plan", ...NOW, "--horizon", "2d"], { cwd });
    expect(shown.out).toContain(
      [
        "Until 2026-12-03T09:30:00Z, by today's data as if each were due now:",
        "  2026-12-02T09:00:00Z          3  hello",
        "  2026-12-02T09:00:00Z          3  later",
        "  2026-12-03T09:00:00Z          0  hello  (3 more are over the frequency cap)",
        "  2026-12-03T09:00:00Z          0  later  (3 more are over the frequency cap)",
        "  2026-12-02  hello and later both reach 3 people",
      ].join("\n"),
    );
    expect(await horizonOf(cwd, [])).toBeUndefined();
  });

  test("refuses what is no duration", async () => {
    expect((await posthorn(["plan", "--horizon", "soon"], { cwd: dailies() })).exit).toBe(64);
  });
});
