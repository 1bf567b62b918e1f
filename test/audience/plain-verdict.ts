import { Temporal } from "temporal-polyfill";
import type { Campaign } from "../../src/model/campaign.ts";
import { chance } from "../../src/model/chance.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { Row } from "../adapters/duckdb/source-files.ts";
import type { LedgerEntry } from "./judged-world.ts";

/*
 * Verdicts person by person, straight from SPEC section 5: the measure for what SQL makes of a
 * whole world. Of src it uses types, and the chance that has known vectors of its own.
 */

export interface PlainWorld {
  readonly workspace: Workspace;
  readonly people: readonly Row[];
  readonly events: readonly Row[];
  readonly ledger: readonly Entry[];
  readonly now: number;
  readonly triedAt: number | null;
  /** Upcoming campaigns are judged as if they were due. */
  readonly asIfDue: boolean;
  /** User ids of earlier campaigns' recipients, once for each send. */
  readonly planned: readonly string[];
}

/** A row of the ledger, every field written out. */
type Entry = Required<Omit<LedgerEntry, "error_class">> & Pick<LedgerEntry, "error_class">;

interface Candidate {
  readonly key: string;
  readonly person: Row;
  readonly event: Row | undefined;
  readonly occurrence: string;
  readonly dueAt: number;
  readonly sendAt: number;
  readonly lateAt: number;
}

const DAY = 86_400_000;
const time = (text: unknown) => Date.parse(String(text));

/** By user id, for `on:` by event id: a reason or `eligible`. */
export function plainVerdicts(campaign: Campaign, world: PlainWorld): Record<string, string> {
  const found = candidates(campaign, world);
  const verdicts = new Map(found.map((one) => [one.key, verdictOf(one, campaign, world)]));
  if (campaign.send.kind === "on") {
    for (const id of new Set(found.map(({ person }) => person["user_id"]))) {
      const rivals = found.filter((one) => {
        return one.person["user_id"] === id && verdicts.get(one.key) === "eligible";
      });
      rivals.sort((a, b) => a.dueAt - b.dueAt || (a.occurrence < b.occurrence ? -1 : 1));
      for (const [place, { key, person }] of rivals.entries()) {
        verdicts.set(key, rivalVerdict(place, person, { campaign, world }));
      }
    }
  }
  return Object.fromEntries([...verdicts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function candidates({ send }: Campaign, world: PlainWorld): Candidate[] {
  const lateByMs = send.lateByMs ?? 0;
  const moved = (dueAt: number, person: Row) => {
    const sendAt = quietEnd(dueAt, zoneOf(person, world), world) ?? dueAt;
    return { dueAt, sendAt, lateAt: sendAt + lateByMs };
  };
  if (send.kind === "at" && "instant" in send.at) {
    const { instant } = send.at;
    return world.people.map((person) => ({
      key: String(person["user_id"]),
      person,
      event: undefined,
      occurrence: "once",
      ...moved(instant, person),
    }));
  }
  if (send.kind !== "on") throw new Error("no such schedule here");
  return world.events.flatMap((event) => {
    const person = world.people.find((one) => one["user_id"] === event["user_id"]);
    if (event["event"] !== send.event || person === undefined) return [];
    const key = String(event["event_id"]);
    const when = moved(time(event["at"]) + send.delayMs, person);
    return [{ key, person, event, occurrence: key, ...when }];
  });
}

function verdictOf(one: Candidate, campaign: Campaign, world: PlainWorld): string {
  const { person, occurrence } = one;
  const { workspace, now, ledger } = world;
  const psid = person["ps_id"] ?? undefined;
  const id = String(person["user_id"]);
  if (psid === undefined) return "no_psid";
  if (person["opt_in"] !== true) return "no_consent";
  const { mode, testers, windowMarginMs } = workspace.page;
  if (mode === "development" && !Object.values(testers).includes(String(psid))) return "not_tester";
  if (chance("holdout", campaign.rootId, id) < campaign.holdout) return "holdout";
  const own = ledger.filter((row) => row.campaign === campaign.rootId);
  const history = own.filter(
    (row) =>
      (row.user_id === id || row.psid === psid) && speaks(row, occurrence, { ...campaign, now }),
  );
  if (history.some((row) => row.status === "sent")) return "already_sent";
  const attempt = own.find((row) => row.user_id === id && row.occurrence === occurrence);
  const isReopened = attempt !== undefined && isDueAgain(attempt, campaign);
  if (attempt?.status === "failed" && !isReopened) return "already_failed";
  if (history.some(({ status }) => status === "unknown" || status === "claimed")) {
    return "unresolved";
  }
  const inbound = person["last_inbound_at"] ? time(person["last_inbound_at"]) : -Infinity;
  const refusals = ledger.filter(
    (row) => row.psid === psid && row.error_class === "user_unavailable" && row.status === "failed",
  );
  if (refusals.some((row) => time(row.settled_at) >= inbound)) return "unreachable";
  const timed = timeVerdict(one, isReopened, { campaign, world });
  if (timed !== undefined) return timed;
  if (campaign.messaging !== "UTILITY" && now > inbound + DAY - windowMarginMs) {
    return "outside_window";
  }
  if (recentSends(id, world) >= capOf(campaign, world)) return "frequency_cap";
  const name = String(person["first_name"] ?? "");
  if (name.trim() === "") return "missing_value";
  return `Hi ${name}`.length > 2_000 ? "invalid_message" : "eligible";
}

/** Whether a row of the ledger speaks about this occurrence. */
function speaks(
  row: Entry,
  occurrence: string,
  { repeat, now }: Pick<Campaign, "repeat"> & { readonly now: number },
): boolean {
  if (repeat.kind === "once" || row.occurrence === occurrence) return true;
  return repeat.kind === "after" && time(row.claimed_at) > now - repeat.periodMs;
}

function isDueAgain(row: Entry, { revision }: Campaign): boolean {
  if (row.status === "released") return true;
  if (row.status !== "failed") return false;
  if (row.error_class === "denied" || row.error_class === "page_restricted") return true;
  return row.error_class === "message_invalid" && row.revision !== revision;
}

interface Judging {
  readonly campaign: Campaign;
  readonly world: PlainWorld;
}

function timeVerdict(one: Candidate, isReopened: boolean, of: Judging): string | undefined {
  const { world, campaign } = of;
  const { now, triedAt, asIfDue } = world;
  if (asIfDue) return one.dueAt > now ? undefined : "late";
  const zone = zoneOf(one.person, world);
  const isClosed =
    campaign.send.kind !== "on" &&
    triedAt !== null &&
    one.sendAt <= triedAt &&
    quietEnd(triedAt, zone, world) === undefined;
  if (one.lateAt < now || (isClosed && !isReopened)) return "late";
  if (one.dueAt > now) return "not_due";
  const isQuiet = quietEnd(now, zone, world) !== undefined;
  return isQuiet || one.sendAt > now ? "quiet_hours" : undefined;
}

function capOf({ frequencyCap }: Campaign, { workspace }: PlainWorld): number {
  return frequencyCap.obey ? (workspace.guards.frequencyCap?.max ?? Infinity) : Infinity;
}

function recentSends(id: string, { ledger, planned, workspace, now }: PlainWorld): number {
  const since = now - (workspace.guards.frequencyCap?.periodMs ?? 0);
  const sent = ledger.filter(
    (row) =>
      row.user_id === id &&
      row.counts &&
      ["sent", "unknown", "claimed"].includes(row.status) &&
      time(row.claimed_at) > since,
  );
  return sent.length + planned.filter((one) => one === id).length;
}

function rivalVerdict(place: number, person: Row, { campaign, world }: Judging): string {
  if (place > 0 && campaign.repeat.kind !== "every_occurrence") return "already_sent";
  if (!campaign.frequencyCap.counts) return "eligible";
  const sends = recentSends(String(person["user_id"]), world) + place;
  return sends >= capOf(campaign, world) ? "frequency_cap" : "eligible";
}

function zoneOf(person: Row, { workspace }: PlainWorld): string {
  return String(person["timezone"] ?? workspace.timezone);
}

/** When the quiet hours around an instant end; undefined outside of them. */
function quietEnd(at: number, zone: string, { workspace }: PlainWorld): number | undefined {
  const quiet = workspace.guards.quietHours;
  if (quiet === undefined) return undefined;
  const { fromMinute, toMinute } = quiet;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minute = local.hour * 60 + local.minute;
  const isOvernight = toMinute < fromMinute;
  const isQuiet = isOvernight
    ? minute >= fromMinute || minute < toMinute
    : minute >= fromMinute && minute < toMinute;
  if (!isQuiet) return undefined;
  const day = isOvernight && minute >= fromMinute ? local.add({ days: 1 }) : local;
  const end = { hour: Math.floor(toMinute / 60), minute: toMinute % 60 };
  return day.with({ ...end, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .epochMilliseconds;
}
