import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionOver as conditionSqlOver } from "../../src/audience/prepare-candidates.ts";
import { readTruths, type Truth } from "../../src/audience/truths.ts";
import type { Condition } from "../../src/model/condition.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { join, raw, sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { checkCondition } from "../../src/segment/check-condition.ts";
import { probeOf } from "../../src/segment/probe.ts";
import {
  dataWorkspace,
  eventSource,
  makeFolder,
  openWhole,
  userSource,
} from "../adapters/duckdb/data-workspace.ts";
import { type Layout, writeSource } from "../adapters/duckdb/source-files.ts";
import {
  ATTRIBUTES,
  conditionOver,
  events,
  NOW,
  PROPERTIES,
  people,
} from "../segment/arbitrary-conditions.ts";

const worlds = fc.record({
  people,
  events,
  first: conditionOver([]),
  conditions: fc.array(conditionOver(["first"]), { minLength: 5, maxLength: 8 }),
});
const layout: Layout = { name: "ndjson", format: "ndjson", fileCount: 1 };
const EVENT_COLUMNS = {
  event_id: "string",
  user_id: "string",
  event: "string",
  at: "timestamp",
} as const;

function checked(written: JsonValue, { users, events }: Workspace): Condition {
  const { condition } = checkCondition(written, {
    attributes: users.attributes,
    events: events?.properties,
    segments: new Set(["first"]),
    seed: "mine",
    timezone: "Europe/Berlin",
    place: () => ({ file: "segments/s.yaml", line: 1, column: 1 }),
  });
  if (condition === undefined) throw new Error("no condition");
  return condition;
}

/** All that is said to hold or not, in a tree and below it. */
function judgedIn(truth: Truth): Truth[] {
  return [...(truth.holds === null ? [] : [truth]), ...truth.of.flatMap(judgedIn)];
}

test("whatever is said to hold of somebody, the audience's SQL says too", async () => {
  const counts = { holds: 0, fails: 0 };
  const property = fc.asyncProperty(worlds, async (world) => {
    const folder = makeFolder();
    const data = {
      users: { columns: { user_id: "string", ps_id: "string", ...ATTRIBUTES }, rows: world.people },
      events: { columns: { ...EVENT_COLUMNS, ...PROPERTIES }, rows: world.events },
    } as const;
    const userFiles = await writeSource(folder.path, "users", { layout, ...data.users });
    const eventFiles = await writeSource(folder.path, "events", { layout, ...data.events });
    const { format } = layout;
    const bare = dataWorkspace(
      folder.path,
      userSource({ pattern: userFiles, format, attributes: ATTRIBUTES }),
      eventSource({ pattern: eventFiles, format, attributes: PROPERTIES }),
    );
    const first = { where: checked(world.first, bare) } as never;
    const workspace = { ...bare, segments: new Map([["first", first]]) };
    const { engine } = await openWhole(workspace);
    const context = {
      now: NOW,
      timezone: workspace.timezone,
      alias: "u",
      userId: "user_id",
      events: workspace.events,
      segments: workspace.segments,
    };
    try {
      const [someone] = world.people;
      const person = sql`users u WHERE u.user_id = ${String(someone?.["user_id"])}`;
      for (const written of world.conditions) {
        const condition = checked(written, workspace);
        const truth = await readTruths(engine, probeOf(condition, context), person);
        const judged = judgedIn(truth);
        const asked = judged.map((one, index) => {
          const over = { now: NOW, alias: "u" } as const;
          const holds = conditionSqlOver(one.condition, workspace, over);
          return sql`${holds} AS ${raw(`c${index}`)}`;
        });
        const [row] = await engine.rows(sql`SELECT ${join(asked, ", ")} FROM ${person}`);
        expect(judged.map(({ holds }) => holds)).toEqual(Object.values(row ?? {}));
        for (const { holds } of judged) counts[holds ? "holds" : "fails"] += 1;
      }
    } finally {
      engine.close();
      folder.remove();
    }
  });
  await fc.assert(property, { numRuns: 25 });
  expect(Math.min(counts.holds, counts.fails)).toBeGreaterThan(50);
});
