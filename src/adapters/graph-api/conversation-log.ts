import type { JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConversationLog, PageMessage } from "../../ports/conversation-log.ts";
import { edge, graphInstant, objects, openConversationCalls } from "./conversation-calls.ts";
import type { GraphGatewayOptions } from "./graph-gateway.ts";

const FIELDS = "messages.limit(20){id,created_time,from,message}";

/** The page's own messages to one person (messenger-platform.md section 8). */
export function openConversationLog(options: GraphGatewayOptions, clock: Clock): ConversationLog {
  const calls = openConversationCalls(options, clock);
  return {
    async messagesTo(psid) {
      return pageMessages(await calls.ask({ user_id: psid, fields: FIELDS }), options.pageId);
    },
    close: () => calls.close(),
  };
}

function pageMessages({ data }: JsonObject, pageId: string): PageMessage[] {
  return objects(data).flatMap(({ messages }) =>
    edge(messages).flatMap((message) => {
      const { id, message: text, created_time: created, from } = message;
      const createdAt = graphInstant(created);
      const isOwn = isJsonObject(from) && String(from["id"]) === pageId;
      if (!isOwn || typeof id !== "string" || createdAt === undefined) return [];
      return [{ id, text: typeof text === "string" ? text : "", createdAt }];
    }),
  );
}
