import type { Attribute, Attributes, AttributeType, Values } from "../model/attribute.ts";
import type { CampaignTest, SegmentTest } from "../model/campaign.ts";
import { formatInstant, type Instant, parseInstant } from "../model/instant.ts";
import type { JsonObject, JsonValue } from "../model/json.ts";
import { ownValue } from "../model/own-value.ts";
import type { EventSource, Workspace } from "../model/workspace.ts";
import { isZone } from "../model/zone-time.ts";
import { timestampText } from "./history-sql.ts";

/** The event that sets off the campaign of a test. */
export const TEST_EVENT = "posthorn:test-event";

/** The column that tells the rows of different tests apart, whatever their users are called. */
export const TEST_KEY = "posthorn:test";

/** A PSID is 5 to 20 digits. Source: messenger-platform.md section 8. */
const PSID = /^\d{5,20}$/;

/** The SQL type of each type that an attribute can be declared as. */
const SQL_TYPES: Readonly<Record<AttributeType, string>> = {
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  "string[]": "VARCHAR[]",
};

/** What one test is about, as rows of the relations that conditions and rules read. */
export interface TestSubject {
  /** Of the test among all tests. */
  readonly key: string;
  /** The person's IANA zone, the workspace's where the test gives none or no such one. */
  readonly zone: string;
  readonly user: JsonObject;
  readonly events: readonly JsonObject[];
}

/** The person of a test: psid, consent and an open window are given unless it says otherwise. */
export function testSubject(
  test: SegmentTest | CampaignTest,
  key: string,
  workspace: Workspace,
): TestSubject {
  const { users, events } = workspace;
  const user = { ...givenTo(test.now, workspace), ...test.user };
  const psid = String(user[users.psid]);
  const zone = users.timezone === undefined ? undefined : ownValue(user, users.timezone);
  const userRow = rowOf({ ...user, [users.psid]: PSID.test(psid) ? psid : null }, users.attributes);
  return {
    key,
    zone: typeof zone === "string" && isZone(zone) ? zone : workspace.timezone,
    // People of one zone share a moment; here each test has moments of its own.
    user: { ...userRow, [TEST_KEY]: key, "posthorn:zone": key },
    events: eventsOf(test, events).map((event) => ({
      ...rowOf({ ...event, [events?.user ?? ""]: user[users.id] ?? null }, events?.properties),
      [TEST_KEY]: key,
    })),
  };
}

/** The columns of the relations `users` and `events` of all tests. */
export function subjectColumns({ users, events }: Workspace): {
  readonly users: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
} {
  const key = { [TEST_KEY]: "VARCHAR" };
  return {
    users: { ...typesOf(users.attributes), ...key, "posthorn:zone": "VARCHAR" },
    events: { ...typesOf(events?.properties), ...key },
  };
}

function givenTo(now: Instant, { users }: Workspace): Values {
  return {
    [users.id]: "test-user",
    [users.psid]: "7100000000000000",
    ...(users.lastInbound && { [users.lastInbound]: formatInstant(now) }),
    ...(users.consent !== "assumed" && { [users.consent.column]: true }),
  };
}

function eventsOf(test: SegmentTest | CampaignTest, source: EventSource | undefined): Values[] {
  if (source === undefined) return [];
  const earlier = test.events.map((event, index) => ({
    [source.id]: `posthorn:earlier-${index}`,
    ...event,
  }));
  const trigger = "event" in test && test.event ? [{ ...test.event, [source.id]: TEST_EVENT }] : [];
  return [...earlier, ...trigger];
}

function typesOf(attributes: Attributes = new Map()): Record<string, string> {
  const columns = [...attributes.values()].map(({ name, type }) => [name, SQL_TYPES[type]]);
  return Object.fromEntries(columns);
}

/** Types were checked when the test was read. */
function rowOf(values: Values, attributes: Attributes = new Map()): JsonObject {
  const cells = [...attributes.values()].map((one) => [one.name, cellOf(values, one)]);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== null));
}

function cellOf(values: Values, { name, type }: Attribute): JsonValue {
  const value = ownValue(values, name) ?? null;
  if (type !== "timestamp" || value === null) return value;
  const at = parseInstant(String(value));
  return at === undefined ? null : timestampText(at);
}
