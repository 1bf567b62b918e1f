import { SECOND_MS } from "../model/instant.ts";
import { type Answer, jsonReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { World } from "./world.ts";

/** `GET /<page>` or `/me` with a page token. */
export function showPage(_call: Call, { pageId, account }: World): Answer {
  return jsonReply({ id: pageId, name: account.pageName });
}

/** `GET /<page>/page_status`. */
export function showPageStatus(_call: Call, world: World): Answer {
  const restriction = { feature: "page_messaging_api", description: "Restricted by the sandbox" };
  return jsonReply({
    id: world.pageId,
    timestamp: Math.floor(world.now() / SECOND_MS),
    status: world.restricted ? "restricted" : "ok",
    violations: [],
    restrictions: world.restricted ? [restriction] : [],
    recommended_actions: [],
    action_events: [],
  });
}
