import { describe, expect, test } from "vitest";
import { raw } from "../../../src/model/sql.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { dataWorkspace, eventSource, openWhole, userSource } from "./data-workspace.ts";
import { LAYOUTS, type Row, writeSource } from "./source-files.ts";

const COLUMNS = { user_id: "string", ps_id: "string", timezone: "string", ltv: "number" } as const;
const EVENTS = {
  event_id: "string",
  user_id: "string",
  event: "string",
  at: "timestamp",
} as const;
const USERS: Row[] = [
  { user_id: "a", ps_id: "7100000000000001", timezone: "Asia/Kolkata", ltv: 1 },
  { user_id: "b'", ps_id: "7100000000000002", timezone: "Europe/Berlin", ltv: 2 },
  { user_id: "c", ps_id: "7100000000000003", timezone: "nowhere", ltv: 3 },
];
const at = "2026-12-01T09:00:00Z";

describe.each(LAYOUTS)("one person of $name", (layout) => {
  async function open(onlyUser: string) {
    const folder = temporaryFolder();
    const { format } = layout;
    const rows = USERS.map(({ user_id }, n) => ({ event_id: `e${n}`, user_id, event: "x", at }));
    const users = await writeSource(folder, "users", { layout, rows: USERS, columns: COLUMNS });
    const events = await writeSource(folder, "events", { layout, rows, columns: EVENTS });
    const { timezone, ltv } = COLUMNS;
    const declared = { pattern: users, format, attributes: { timezone, ltv } } as const;
    const workspace = dataWorkspace(
      folder,
      userSource(declared, { timezone: "timezone" }),
      eventSource({ pattern: events, format, attributes: {} }),
    );
    return openWhole(workspace, onlyUser);
  }

  test("is read with the events that are theirs, and the zones of everybody", async () => {
    const { engine, zones, userCount, diagnostics } = await open("b'");
    const users = await engine.rows(raw('SELECT user_id, ltv, "posthorn:zone" AS zone FROM users'));
    const events = await engine.rows(raw("SELECT event_id FROM events"));
    engine.close();
    expect(users).toEqual([{ user_id: "b'", ltv: 2, zone: "Europe/Berlin" }]);
    expect(events).toEqual([{ event_id: "e1" }]);
    expect({ zones, userCount }).toEqual({
      zones: ["Asia/Kolkata", "Europe/Berlin"],
      userCount: 1,
    });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("is nobody where no row has the id, which is no fault of the data", async () => {
    const { engine, userCount, diagnostics } = await open("d");
    engine.close();
    expect(userCount).toBe(0);
    expect(diagnostics.map(({ code }) => code)).toEqual(["DATA_ZONE_UNKNOWN"]);
  });
});
