import type { Campaign } from "../../src/model/campaign.ts";
import type { Explanation } from "../../src/model/explanation.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { explainCampaign } from "../../src/plan/explain-campaign.ts";
import { DAY, fromNow, NOW, OpenWorld, person, type World } from "../audience/judged-world.ts";
import { campaignWith } from "./fixtures.ts";

/** What differs from a world in which u1 gets the campaign "hello". */
export interface Case extends Omit<World, "people" | "with"> {
  readonly person?: Record<string, string | boolean | null>;
  readonly campaign?: Partial<Campaign>;
  readonly others?: readonly Campaign[];
  readonly workspace?: Partial<Workspace>;
  readonly eventId?: string;
}

/** Explains the campaign "hello" for u1, one of two people. */
export async function explain(of: Case): Promise<Explanation> {
  const { person: over = {}, campaign, others = [], workspace = {}, eventId, ...world } = of;
  const hello = campaignWith(campaign);
  const people = [person(1, over), person(2)];
  const parts = { campaigns: [hello, ...others], ...workspace };
  const open = await OpenWorld.open({ ...world, people, with: () => parts });
  const alone = await open.onlyOf("u1");
  try {
    const input = {
      workspace: alone.workspace,
      users: alone.users,
      audience: alone.audience,
      document: undefined,
      halted: null,
      now: Date.parse(world.now ?? NOW),
      git: { head: null, dirty: false },
      only: undefined,
    };
    return await explainCampaign(input, hello, { userId: "u1", eventId });
  } finally {
    open.close();
    alone.close();
  }
}

/** Set off by the event `shipped`. */
export const shipped = (lateByMs = DAY) =>
  ({ kind: "on", event: "shipped", where: undefined, delayMs: 0, lateByMs }) as const;
/** One that u1 has, so many milliseconds from now. */
export const event = (id: string, ms: number) => ({
  event_id: id,
  user_id: "u1",
  event: "shipped",
  at: fromNow(ms),
});
/** Content that names the person. */
export const named = { ...campaignWith().content, message: { text: "Hi {{first_name}}" } };
