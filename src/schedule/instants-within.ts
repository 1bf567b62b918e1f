import type { Send } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import { furthestWall, wallToInstant } from "../model/zone-time.ts";
import { CronWalls } from "./cron-walls.ts";

/** More than these nobody reads, and a rule for every minute would have no end. */
const MAX_INSTANTS = 500;

/**
 * When a schedule falls due in (from, until], in order of time, at most 500. `zone` stands for the
 * people of a schedule that goes by each person's own. Empty for `on` and `at: now`.
 */
export function instantsWithin(
  send: Send,
  zone: string,
  range: { readonly from: Instant; readonly until: Instant },
): Instant[] {
  const isWithin = (at: Instant) => range.from < at && at <= range.until;
  if (send.kind === "at") {
    const at = "instant" in send.at ? send.at.instant : atWall(send, send.at.wall, zone);
    return [at].filter(isWithin);
  }
  return send.kind === "every" ? [...everyWithin(send, zone, range)].filter(isWithin) : [];
}

type Timed = Extract<Send, { readonly kind: "at" | "every" }>;

function atWall(send: Timed, wall: string, zone: string): Instant {
  return wallToInstant(wall, send.zone.kind === "user" ? zone : send.zone.zone);
}

function* everyWithin(
  send: Extract<Send, { kind: "every" }>,
  zone: string,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Generator<Instant> {
  const walls = new CronWalls(send);
  const start = furthestWall(from, send.zone.kind === "user" ? zone : send.zone.zone);
  let wall = walls.upTo(start, 1)[0] ?? walls.after(start);
  for (let found = 0; wall !== undefined && found <= MAX_INSTANTS; found++) {
    const at = atWall(send, wall, zone);
    if (at > until) return;
    yield at;
    wall = walls.after(wall);
  }
}
