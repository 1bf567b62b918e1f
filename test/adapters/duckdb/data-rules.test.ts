import { describe, expect, test } from "vitest";
import { raw } from "../../../src/model/sql.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { dataWorkspace, eventSource, openWhole, userSource } from "./data-workspace.ts";
import { LAYOUTS, type Layout, type Row, writeSource } from "./source-files.ts";

const USERS = { user_id: "string", ps_id: "string", timezone: "string" } as const;
const EVENTS = { event_id: "string", user_id: "string", event: "string", at: "timestamp" } as const;

async function opened(layout: Layout, rows: readonly Row[], events?: readonly Row[]) {
  const folder = temporaryFolder();
  const { format } = layout;
  const pattern = await writeSource(folder, "users", { layout, rows, columns: USERS });
  const declared = { pattern, format, attributes: { timezone: "string" } } as const;
  const users = userSource(declared, { timezone: "timezone" });
  if (events === undefined) return openWhole(dataWorkspace(folder, users));
  const happened = await writeSource(folder, "events", { layout, rows: events, columns: EVENTS });
  const source = eventSource({ pattern: happened, format, attributes: {} });
  return openWhole(dataWorkspace(folder, users, source));
}

async function diagnosticsOf(layout: Layout, rows: readonly Row[], events?: readonly Row[]) {
  const { engine, diagnostics } = await opened(layout, rows, events);
  engine.close();
  return diagnostics;
}

const user = (user_id: string | null, ps_id?: string | null, timezone?: string): Row => ({
  user_id,
  ps_id,
  timezone,
});
const A = user("secret-a", "7100000000000001");
const B = user("secret-b", "7100000000000002");
const C = user("secret-c", "7100000000000003");

/** Where the row is among four, in one file or two. */
function rowWords({ format, fileCount }: Layout, row: number): string {
  return fileCount === 1 || row <= 2
    ? `row ${row} of users-0.${format}`
    : `row ${row - 2} of users-1.${format}`;
}

for (const layout of LAYOUTS) {
  describe(`${layout.name}:`, () => {
    test("a user id that stands twice names both rows", async () => {
      const diagnostics = await diagnosticsOf(layout, [
        A,
        B,
        C,
        user("secret-b", "7100000000000004"),
      ]);
      expect(diagnostics).toMatchObject([{ code: "DATA_DUPLICATE", severity: "error" }]);
      const both = `user id stands in ${rowWords(layout, 2)} and ${rowWords(layout, 4)}.`;
      expect(diagnostics[0]?.detail).toContain(both);
      expect(JSON.stringify(diagnostics)).not.toMatch(/secret|7100/);
    });

    test("a PSID that stands twice names both rows", async () => {
      const diagnostics = await diagnosticsOf(layout, [
        A,
        B,
        C,
        user("secret-d", "7100000000000001"),
      ]);
      expect(diagnostics).toMatchObject([{ code: "DATA_DUPLICATE", severity: "error" }]);
      const both = `PSID stands in ${rowWords(layout, 1)} and ${rowWords(layout, 4)}.`;
      expect(diagnostics[0]?.detail).toContain(both);
      expect(JSON.stringify(diagnostics)).not.toMatch(/secret|7100/);
    });

    test("missing and malformed PSIDs are none; a warning counts the malformed", async () => {
      const rows = [A, user("b"), user("c", null), user("d", "71"), user("e", "71"), user("f", "")];
      const { engine, diagnostics } = await opened(layout, rows);
      expect(diagnostics).toMatchObject([{ code: "DATA_PSID_MALFORMED", severity: "warning" }]);
      expect(diagnostics[0]?.detail).toMatch(/^3 users have a PSID/);
      const found = await engine.rows(raw("SELECT count(ps_id) AS n, count(*) AS all FROM users"));
      expect(found).toEqual([{ n: 1, all: 6 }]);
      engine.close();
    });

    test("a row without user id is named, an empty one too", async () => {
      for (const gone of [null, ""]) {
        const diagnostics = await diagnosticsOf(layout, [A, B, user(gone, "7100000000000009"), C]);
        expect(diagnostics).toMatchObject([{ code: "DATA_ID_MISSING", severity: "error" }]);
        expect(diagnostics[0]?.detail).toContain(`no "user_id" in ${rowWords(layout, 3)},`);
      }
    });

    test("zones that are no IANA names fall back with one warning and a count", async () => {
      const zones = ["Mars/Olympus", "CEST", "+01:00", "UTC+1", "", " ", "Europe/Berlin ", "'"];
      const good = ["America/New_York", "UTC", "Etc/GMT+3", "Asia/Kolkata"];
      const rows = [...zones, ...good, undefined].map((zone, n) => user(`u${n}`, undefined, zone));
      const { engine, diagnostics, zones: found } = await opened(layout, rows);
      expect(diagnostics).toMatchObject([{ code: "DATA_ZONE_UNKNOWN", severity: "warning" }]);
      expect(diagnostics[0]?.detail).toMatch(
        /^8 users have a time zone .* workspace's, Europe\/Berlin/,
      );
      expect(found).toEqual([...good, "Europe/Berlin"].sort());
      const counts = await engine.rows(
        raw(`SELECT "posthorn:zone" AS zone, count(*) AS n FROM users GROUP BY 1 ORDER BY 2, 1`),
      );
      expect(counts.at(-1)).toEqual({ zone: "Europe/Berlin", n: 9 });
      engine.close();
    });

    test("events of unknown users are counted in one warning and left out", async () => {
      const event = (event_id: string, user_id: string): Row => ({
        event_id,
        user_id,
        event: "order",
        at: "2026-12-01T10:00:00Z",
      });
      const events = [
        event("e1", "secret-a"),
        event("e2", "x"),
        event("e3", "y"),
        event("e4", "x"),
      ];
      const diagnostics = await diagnosticsOf(layout, [A, B], events);
      expect(diagnostics).toMatchObject([{ code: "DATA_USER_UNKNOWN", severity: "warning" }]);
      expect(diagnostics[0]?.detail).toMatch(/^3 events belong to users/);
    });

    test("an event needs its id, once, its user, its name and its instant", async () => {
      const whole = {
        event_id: "e",
        user_id: "secret-a",
        event: "order",
        at: "2026-12-01T10:00:00Z",
      };
      for (const column of Object.keys(EVENTS)) {
        const events = [
          { ...whole, event_id: "e1" },
          { ...whole, [column]: null },
        ];
        const diagnostics = await diagnosticsOf(layout, [A, B], events);
        expect(diagnostics).toMatchObject([{ code: "DATA_ID_MISSING", severity: "error" }]);
        expect(diagnostics[0]?.detail).toContain(`no "${column}" in row`);
      }
      const twice = await diagnosticsOf(layout, [A, B], [whole, whole]);
      expect(twice).toMatchObject([{ code: "DATA_DUPLICATE", severity: "error" }]);
    });
  });
}
