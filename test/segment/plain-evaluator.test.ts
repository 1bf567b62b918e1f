import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../src/model/condition.ts";
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
import { LAYOUTS, type Layout, type Row, writeSource } from "../adapters/duckdb/source-files.ts";
import {
  ATTRIBUTES,
  conditionOver,
  NOW,
  PROPERTIES,
  events as someEvents,
  people as somePeople,
} from "./arbitrary-conditions.ts";
import { fits } from "./plain-evaluator.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"];

interface World {
  readonly layout: Layout;
  readonly zone: string;
  readonly people: readonly Row[];
  readonly events: readonly Row[];
  readonly segments: Readonly<Record<string, JsonValue>>;
  readonly conditions: readonly JsonValue[];
}

const worlds: fc.Arbitrary<World> = fc.record({
  layout: fc.constantFrom(...LAYOUTS),
  zone: fc.constantFrom(...ZONES),
  people: somePeople,
  events: someEvents,
  segments: fc.record({ first: conditionOver([]), second: conditionOver(["first"]) }),
  conditions: fc.array(conditionOver(["first", "second"]), { minLength: 10, maxLength: 20 }),
});

async function open(folder: string, world: World): Promise<[Workspace, UserData]> {
  const { layout } = world;
  const { format } = layout;
  const special = {
    event_id: "string",
    user_id: "string",
    event: "string",
    at: "timestamp",
  } as const;
  const users = await writeSource(folder, "users", {
    layout,
    rows: world.people,
    columns: { user_id: "string", ps_id: "string", ...ATTRIBUTES },
  });
  const events = await writeSource(folder, "events", {
    layout,
    rows: world.events,
    columns: { ...special, ...PROPERTIES },
  });
  const workspace = dataWorkspace(
    folder,
    userSource({ pattern: users, format, attributes: ATTRIBUTES }),
    eventSource({ pattern: events, format, attributes: PROPERTIES }),
  );
  const opened = await openWhole(workspace);
  expect(opened.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return [workspace, opened];
}

function checked(written: JsonValue, { users, events }: Workspace, zone: string): Condition {
  const { condition, findings } = checkCondition(written, {
    attributes: users.attributes,
    events: events?.properties,
    segments: new Set(["first", "second"]),
    seed: "mine",
    timezone: zone,
    place: () => ({ file: "segments/s.yaml", line: 1, column: 1 }),
  });
  expect(findings).toEqual([]);
  if (condition === undefined) throw new Error("no condition");
  return condition;
}

test("SQL finds whom a plain evaluator finds, whatever people and conditions", async () => {
  let found = 0;
  let left = 0;
  const property = fc.asyncProperty(worlds, async (world) => {
    const folder = makeFolder();
    const [workspace, users] = await open(folder.path, world);
    const { zone } = world;
    const segments = new Map(
      Object.entries(world.segments).map(([id, where]) => [
        id,
        { where: checked(where, workspace, zone) },
      ]),
    );
    try {
      for (const written of world.conditions) {
        const where = conditionSql(checked(written, workspace, zone), {
          now: NOW,
          timezone: zone,
          alias: "u",
          userId: "user_id",
          events: workspace.events,
          segments,
        });
        const rows = await users.engine.rows(sql`SELECT user_id FROM users u WHERE ${where}`);
        const got = rows.map((row) => String(row["user_id"])).sort();
        const types = { ...ATTRIBUTES, ...PROPERTIES };
        const setting = { ...world, now: NOW, seed: "mine", types };
        const want = world.people
          .filter((one) => fits(written, one, setting))
          .map((one) => String(one["user_id"]))
          .sort();
        expect({ written, people: got }).toEqual({ written, people: want });
        found += want.length;
        left += world.people.length - want.length;
      }
    } finally {
      users.engine.close();
      folder.remove();
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(Math.min(found, left)).toBeGreaterThan(1_000);
});
