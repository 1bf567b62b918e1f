import type { World } from "../world.ts";
import type { Summary } from "./shapes.ts";

/** What the page shows about the sandbox as a whole. */
export function summaryOf(world: World): Summary {
  const { threads, outbox, events } = world;
  const campaigns = new Set<string>();
  for (const entry of threads.entries) {
    if (entry.kind === "sent" && entry.about?.campaign) campaigns.add(entry.about.campaign);
  }
  return {
    pageId: world.pageId,
    delivered: outbox.count,
    repeats: outbox.repeats.length,
    conversations: threads.psids().length,
    campaigns: [...campaigns].sort(),
    faults: world.faultText,
    isRevoked: world.revoked,
    isRestricted: world.restricted,
    webhook: events === undefined ? null : { url: events.url ?? null, counts: events.counts },
  };
}
