import { describe, expect, test } from "vitest";
import type { Send } from "../../src/model/campaign.ts";
import { HOUR_MS } from "../../src/model/instant.ts";
import { expandSend } from "../../src/schedule/expand-send.ts";
import type { Timing } from "../../src/schedule/zone-moment.ts";

const at = (text: string) => Date.parse(text);
const NIGHT = { fromMinute: 21 * 60, toMinute: 8 * 60 };
const ZONES = ["Europe/Berlin", "America/New_York"];

function timing(now: string, over: Partial<Timing> = {}): Timing {
  return {
    now: at(now),
    zones: ZONES,
    workspaceZone: "Europe/Berlin",
    quietHours: undefined,
    triedAt: null,
    firstSeenAt: null,
    ...over,
  };
}

function expand(send: Exclude<Send, { kind: "on" }>, when: Timing, reopened: string[] = []) {
  return expandSend(send, when, new Set(reopened));
}

const NINE_IN_BERLIN: Send = {
  kind: "at",
  at: { wall: "2026-12-01T09:00" },
  zone: { kind: "zone", zone: "Europe/Berlin" },
  lateByMs: 6 * HOUR_MS,
};
const NINE_EVERYWHERE: Send = { ...NINE_IN_BERLIN, zone: { kind: "user" } };

describe("a campaign with `at`", () => {
  test("a millisecond early it is upcoming, at its instant it is due", () => {
    expect(expand(NINE_IN_BERLIN, timing("2026-12-01T07:59:59.999Z")).state).toBe("upcoming");
    expect(expand(NINE_IN_BERLIN, timing("2026-12-01T08:00:00Z")).state).toBe("due");
  });

  test("it is due until late_by has passed, that instant included", () => {
    expect(expand(NINE_IN_BERLIN, timing("2026-12-01T14:00:00Z")).state).toBe("due");
    const after = expand(NINE_IN_BERLIN, timing("2026-12-01T14:00:00.001Z"));
    expect(after).toMatchObject({ state: "none", missed: true });
  });

  test("one occurrence, `once`, at the same instant for everybody", () => {
    const { moments } = expand(NINE_IN_BERLIN, timing("2026-12-01T08:00:00Z"));
    expect(moments.map(({ zone, occurrence, dueAt }) => [zone, occurrence, dueAt])).toEqual(
      ZONES.map((zone) => [zone, "once", at("2026-12-01T08:00:00Z")]),
    );
  });

  test("in each person's zone, due as soon as the first zone is", () => {
    const occasion = expand(NINE_EVERYWHERE, timing("2026-12-01T09:00:00Z"));
    expect(occasion.state).toBe("due");
    expect(occasion.moments.map((moment) => moment.dueAt)).toEqual([
      at("2026-12-01T08:00:00Z"),
      at("2026-12-01T14:00:00Z"),
    ]);
  });

  test("an apply that tried everyone due closes what had come, not what comes later", () => {
    const triedAt = at("2026-12-01T09:00:00Z");
    const soon = expand(NINE_EVERYWHERE, timing("2026-12-01T10:00:00Z", { triedAt }));
    expect(soon.state).toBe("upcoming");
    const later = expand(NINE_EVERYWHERE, timing("2026-12-01T14:00:00Z", { triedAt }));
    expect(later.state).toBe("due");
    expect(later.moments.map((moment) => moment.closed)).toEqual([true, false]);
  });

  test("a released delivery opens a closed occurrence again while it is not late", () => {
    const triedAt = at("2026-12-01T08:00:00Z");
    const reopen = (now: string) => expand(NINE_IN_BERLIN, timing(now, { triedAt }), ["once"]);
    expect(reopen("2026-12-01T14:00:00Z").state).toBe("due");
    expect(reopen("2026-12-01T14:00:00.001Z")).toMatchObject({ state: "none", missed: false });
  });

  test("a due instant in quiet hours moves to their end, and lateness counts from there", () => {
    const tenAtNight: Send = { ...NINE_IN_BERLIN, at: { wall: "2026-12-01T22:00" } };
    const now = timing("2026-12-01T21:30:00Z", { quietHours: NIGHT, zones: ["Europe/Berlin"] });
    expect(expand(tenAtNight, now).moments[0]).toMatchObject({
      dueAt: at("2026-12-01T21:00:00Z"),
      sendAt: at("2026-12-02T07:00:00Z"),
      lateAt: at("2026-12-02T13:00:00Z"),
    });
  });

  test("an apply in somebody's quiet hours has not tried them", () => {
    const triedAt = at("2026-12-01T21:00:00Z"); // 22:00 in Berlin
    const now = timing("2026-12-01T22:00:00Z", { quietHours: NIGHT, triedAt });
    const lateEvening: Send = { ...NINE_IN_BERLIN, at: { wall: "2026-12-01T20:00" } };
    expect(expand(lateEvening, now).moments.map((moment) => moment.closed)).toEqual([false, true]);
  });

  test("`at: now` is due from the first apply that sees it", () => {
    const now: Send = { kind: "now", lateByMs: 24 * HOUR_MS };
    expect(expand(now, timing("2026-12-01T08:00:00Z")).moments[0]?.dueAt).toBe(
      at("2026-12-01T08:00:00Z"),
    );
    const firstSeenAt = at("2026-12-01T06:00:00Z");
    const seen = timing("2026-12-01T08:00:00Z", { firstSeenAt, triedAt: firstSeenAt });
    expect(expand(now, seen).state).toBe("none");
  });
});

const MONDAYS: Send = {
  kind: "every",
  cron: "0 10 * * MON",
  zone: { kind: "zone", zone: "Europe/Berlin" },
  from: undefined,
  until: undefined,
  lateByMs: undefined,
};

describe("a campaign with `every`", () => {
  test("the occurrence in a fixed zone is a UTC instant", () => {
    const { state, moments } = expand(MONDAYS, timing("2026-12-07T09:00:00Z"));
    expect(state).toBe("due");
    expect(moments.map((moment) => moment.occurrence)).toEqual([
      "2026-12-07T09:00:00Z",
      "2026-12-07T09:00:00Z",
    ]);
  });

  test("late_by defaults to the shorter of the period and a day", () => {
    expect(expand(MONDAYS, timing("2026-12-08T09:00:00Z")).state).toBe("due");
    expect(expand(MONDAYS, timing("2026-12-08T09:00:00.001Z")).state).toBe("upcoming");
    const hourly: Send = { ...MONDAYS, cron: "0 * * * *" };
    const { moments } = expand(hourly, timing("2026-12-08T09:30:00Z"));
    expect(moments[0]).toMatchObject({
      dueAt: at("2026-12-08T09:00:00Z"),
      lateAt: at("2026-12-08T10:00:00Z"),
    });
  });

  test("in each person's zone the occurrence is the wall time, and zones may differ", () => {
    const mornings: Send = { ...MONDAYS, cron: "0 10 * * *", zone: { kind: "user" } };
    const { moments } = expand(mornings, timing("2026-12-07T09:30:00Z"));
    expect(moments.map(({ zone, occurrence }) => [zone, occurrence])).toEqual([
      ["Europe/Berlin", "2026-12-07T10:00"],
      ["America/New_York", "2026-12-06T10:00"],
    ]);
  });

  test("of several due occurrences the latest is sent and the others are superseded", () => {
    const hourly: Send = { ...MONDAYS, cron: "0 * * * *", lateByMs: 4 * HOUR_MS };
    const occasion = expand(hourly, timing("2026-12-08T09:30:00Z"));
    expect(occasion.moments[0]?.dueAt).toBe(at("2026-12-08T09:00:00Z"));
    expect(occasion.superseded).toBe(3); // of 08:00, 07:00 and 06:00
  });

  test("after the last day nothing is left to come", () => {
    const ended: Send = { ...MONDAYS, until: "2026-12-07" };
    const now = "2026-12-07T09:30:00Z";
    const triedAt = at(now);
    expect(expand(ended, timing(now)).state).toBe("due");
    expect(expand(ended, timing(now, { triedAt })).state).toBe("none");
  });

  test("a closed occurrence gives way to the next one", () => {
    const triedAt = at("2026-12-07T09:30:00Z");
    const occasion = expand(MONDAYS, timing("2026-12-07T09:45:00Z", { triedAt }));
    expect(occasion.state).toBe("upcoming");
    expect(occasion.moments[0]?.dueAt).toBe(at("2026-12-14T09:00:00Z"));
  });

  test("a skipped hour moves forward, a repeated hour counts once, the first time", () => {
    const halfPastTwo: Send = { ...MONDAYS, cron: "30 2 * * *" };
    const spring = expand(halfPastTwo, timing("2026-03-29T01:30:00Z"));
    expect(spring.moments[0]?.dueAt).toBe(at("2026-03-29T01:30:00Z")); // 03:30 summer time
    const autumn = expand(halfPastTwo, timing("2026-10-25T01:00:00Z"));
    expect(autumn.moments[0]?.dueAt).toBe(at("2026-10-25T00:30:00Z"));
  });
});
