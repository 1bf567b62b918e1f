import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  Conversation,
  ConversationPage,
  ConversationPages,
  PersonMessage,
} from "../../ports/conversation-pages.ts";
import {
  edge,
  graphInstant,
  objects,
  openConversationCalls,
  Refused,
} from "./conversation-calls.ts";
import type { GraphGatewayOptions } from "./graph-gateway.ts";

/** Meta shows no more of a conversation's messages. */
const FIELDS = "participants,messages.limit(20){id,created_time,from,message}";
const PAGE_SIZE = "50";

/** Reads them page by page (messenger-platform.md section 8). */
export function openConversationPages(
  options: GraphGatewayOptions,
  clock: Clock,
): ConversationPages {
  const calls = openConversationCalls(options, clock);
  return {
    async read(after) {
      const query = { fields: FIELDS, limit: PAGE_SIZE, ...(after !== null && { after }) };
      try {
        return pageOf(await calls.ask(query), options.pageId);
      } catch (fault) {
        if (after !== null && fault instanceof Refused) return "stale";
        throw fault;
      }
    },
    close: () => calls.close(),
  };
}

function pageOf({ data, paging }: JsonObject, pageId: string): ConversationPage {
  return {
    conversations: objects(data).map((one) => conversationOf(one, pageId)),
    after: isJsonObject(paging) ? afterOf(paging) : null,
  };
}

/** Only the cursor is taken from `next`: Meta's address holds the token. */
function afterOf({ next, cursors }: JsonObject): string | null {
  if (typeof next !== "string") return null;
  const inAddress = URL.canParse(next) ? new URL(next).searchParams.get("after") : null;
  const beside = isJsonObject(cursors) ? cursors["after"] : undefined;
  return inAddress ?? (typeof beside === "string" ? beside : null);
}

function conversationOf({ participants, messages }: JsonObject, pageId: string): Conversation {
  const ids = edge(participants).map(({ id }) => String(id));
  const psid = ids.find((id) => id !== pageId) ?? null;
  const inbound = edge(messages).flatMap((message): PersonMessage[] => {
    const { id, message: text, created_time: created, from } = message;
    const at = graphInstant(created);
    const isTheirs = isJsonObject(from) && String(from["id"]) === psid;
    if (!isTheirs || typeof id !== "string" || at === undefined) return [];
    return [{ id, text: typeof text === "string" ? text : "", at }];
  });
  return { psid, inbound: inbound.sort((a, b) => b.at - a.at) };
}
