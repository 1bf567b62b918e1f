import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/model/json.ts";
import { sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";
import { checkCondition } from "../../src/segment/check-condition.ts";
import { conditionSql } from "../../src/segment/condition-sql.ts";
import {
  dataWorkspace,
  eventSource,
  makeFolder,
  openWhole,
  userSource,
} from "../adapters/duckdb/data-workspace.ts";
import { LAYOUTS, type Layout, writeSource } from "../adapters/duckdb/source-files.ts";
import { NOW, ZONE } from "./cases/case-table.ts";
import { DOERS, EVENT_CASES, JOINED_CASES, SEGMENTS } from "./cases/event-cases.ts";

const ATTRIBUTES = { country: "string", ltv: "number" } as const;
const PROPERTIES = { amount: "number", coupon: "string" } as const;

async function openDoers(folder: string, layout: Layout): Promise<[Workspace, UserData]> {
  const people = Object.entries(DOERS);
  const rows = people.map(([user_id, { country, ltv }]) => ({ user_id, country, ltv }));
  const events = people
    .flatMap(([user_id, doer]) => doer.events.map((event) => ({ user_id, ...event })))
    .map((event, index) => ({ event_id: `e${index}`, ...event }));
  const special = {
    event_id: "string",
    user_id: "string",
    event: "string",
    at: "timestamp",
  } as const;
  const { format } = layout;
  const users = await writeSource(folder, "users", {
    layout,
    rows,
    columns: { user_id: "string", ps_id: "string", ...ATTRIBUTES },
  });
  const happened = await writeSource(folder, "events", {
    layout,
    rows: events,
    columns: { ...special, ...PROPERTIES },
  });
  const workspace = dataWorkspace(
    folder,
    userSource({ pattern: users, format, attributes: ATTRIBUTES }),
    eventSource({ pattern: happened, format, attributes: PROPERTIES }),
  );
  const opened = await openWhole(workspace);
  expect(opened.diagnostics).toEqual([]);
  return [workspace, opened];
}

function checked(written: JsonValue, { users, events }: Workspace) {
  const { condition, findings } = checkCondition(written, {
    attributes: users.attributes,
    events: events?.properties,
    segments: new Set(Object.keys(SEGMENTS)),
    seed: "none",
    timezone: ZONE,
    place: () => ({ file: "segments/s.yaml", line: 1, column: 1 }),
  });
  expect(findings).toEqual([]);
  if (condition === undefined) throw new Error("no condition");
  return condition;
}

async function fitting(written: JsonValue, workspace: Workspace, users: UserData) {
  const segments = new Map(
    Object.entries(SEGMENTS).map(([id, where]) => [id, { where: checked(where, workspace) }]),
  );
  const holds = conditionSql(checked(written, workspace), {
    now: Date.parse(NOW),
    timezone: ZONE,
    alias: "u",
    userId: "user_id",
    events: workspace.events,
    segments,
  });
  const rows = await users.engine.rows(sql`SELECT u.user_id AS id FROM users u WHERE ${holds}`);
  const ids = new Set(rows.map((row) => row["id"]));
  return Object.keys(DOERS).filter((id) => ids.has(id));
}

for (const layout of LAYOUTS) {
  describe(`users and events as ${layout.name}:`, () => {
    const folder = makeFolder();
    let workspace: Workspace;
    let users: UserData;
    beforeAll(async () => {
      [workspace, users] = await openDoers(folder.path, layout);
    });
    afterAll(() => {
      users?.engine.close();
      folder.remove();
    });

    test.for([...EVENT_CASES, ...JOINED_CASES])("$where", async ({ where, fits }) => {
      expect(await fitting(where, workspace, users)).toEqual(fits);
    });

    test("a sample is drawn by the hash of its seed and the user's id", async () => {
      const drawn = (seed: string, share: number) => {
        const chance = (id: string) =>
          createHash("sha256").update(`sample\0${seed}\0${id}`).digest().readBigUInt64BE() >> 12n;
        return Object.keys(DOERS).filter((id) => Number(chance(id)) / 2 ** 52 < share);
      };
      for (const [seed, percent] of [
        ["none", 50],
        ["spring", 50],
        ["spring", 12.5],
      ] as const) {
        const where = { sample: `${percent}%`, ...(seed === "spring" && { seed }) };
        expect(await fitting(where, workspace, users)).toEqual(drawn(seed, percent / 100));
      }
      expect(drawn("spring", 0.5)).not.toEqual(drawn("none", 0.5));
    });
  });
}
