import type { Repeat, Send, SendZone } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import { DAY_MS, parseDuration, parseInstant } from "../model/instant.ts";
import { ZONED } from "./send-rules.ts";

type WrittenSend = WrittenCampaign["send"];

/** `send:` with its defaults; `where` is the typed condition on the event. */
export function resolveSend(
  send: WrittenSend,
  of: { readonly timezone: string; readonly where: Condition | undefined },
): Send {
  const lateByMs = send.late_by === undefined ? undefined : parseDuration(send.late_by);
  if ("on" in send) {
    const delayMs = parseDuration(send.delay ?? "0s") ?? 0;
    const { where } = of;
    return { kind: "on", event: send.on, where, delayMs, lateByMs: lateByMs ?? DAY_MS };
  }
  const zone = sendZone(send.timezone, of.timezone);
  if ("every" in send) {
    const { every: cron, from, until } = send;
    return { kind: "every", cron, zone, from, until, lateByMs };
  }
  if (send.at === "now") return { kind: "now", lateByMs: lateByMs ?? DAY_MS };
  return { kind: "at", at: moment(send.at), zone, lateByMs: lateByMs ?? DAY_MS };
}

function sendZone(written: string | undefined, timezone: string): SendZone {
  return written === "user" ? { kind: "user" } : { kind: "zone", zone: written ?? timezone };
}

function moment(at: string): { readonly instant: number } | { readonly wall: string } {
  const instant = ZONED.test(at) ? parseInstant(at) : undefined;
  return instant === undefined ? { wall: at } : { instant };
}

/** Without a word about it: once for a moment, every occurrence otherwise. */
export function resolveRepeat(repeat: WrittenCampaign["repeat"], send: WrittenSend): Repeat {
  if (typeof repeat === "object") {
    return { kind: "after", periodMs: parseDuration(repeat.after) ?? 0 };
  }
  return { kind: repeat ?? ("at" in send ? "once" : "every_occurrence") };
}
