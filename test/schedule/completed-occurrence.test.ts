import { describe, expect, test } from "vitest";
import { completedOccurrence } from "../../src/schedule/completed-occurrence.ts";
import type { ZoneMoment } from "../../src/schedule/zone-moment.ts";

const NOW = Date.parse("2026-12-07T12:00:00Z");

function moment(zone: string, occurrence: string, sendAt = NOW): ZoneMoment {
  return { zone, occurrence, dueAt: sendAt, sendAt, lateAt: sendAt, closed: false };
}

function completed(moments: readonly ZoneMoment[], zoneCount = moments.length) {
  return completedOccurrence(moments, { now: NOW, zoneCount });
}

describe("the completed occurrence", () => {
  test("is the one that has come for everybody", () => {
    expect(completed([moment("Europe/Berlin", "once"), moment("Asia/Tokyo", "once")])).toBe("once");
  });

  test("is not one that somebody's hour, or the end of their night, is still to come for", () => {
    const moments = [moment("Europe/Berlin", "once"), moment("America/Lima", "once", NOW + 1)];
    expect(completed(moments)).toBeNull();
    expect(completed([moment("Europe/Berlin", "once", NOW)])).toBe("once");
  });

  test("in their own zones it is the earlier of two, which everybody has come to", () => {
    const monday = moment("America/Lima", "2026-12-06T10:00", NOW - 1);
    const tuesday = moment("Asia/Tokyo", "2026-12-07T10:00", NOW - 1);
    expect(completed([tuesday, monday])).toBe("2026-12-06T10:00");
    expect(completed([tuesday, { ...monday, sendAt: NOW + 1 }])).toBeNull();
  });

  test("is none while a zone has not come to its first one", () => {
    expect(completed([moment("Asia/Tokyo", "2026-12-07T10:00")], 2)).toBeNull();
    expect(completed([])).toBeNull();
  });
});
