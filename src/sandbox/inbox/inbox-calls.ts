import { type Answer, jsonReply, reply } from "../answer.ts";
import type { Call } from "../call.ts";
import type { World } from "../world.ts";
import { answerAs, parseInbound } from "./answer-as.ts";
import { listRows } from "./list-rows.ts";
import { requestOf, showThread } from "./show-thread.ts";
import { summaryOf } from "./summary.ts";

const DEFAULT_COUNT = 50;

type Endpoint = (call: Call, world: World) => Answer;

/** What the inbox page asks for, below `/sandbox/`. */
export const INBOX_CALLS: Readonly<Record<string, Endpoint>> = {
  "GET summary": (_call, world) => jsonReply(summaryOf(world)),
  "GET conversations": (call, world) => jsonReply(conversations(call, world)),
  "GET thread": ({ params }, world) => {
    const part = {
      before: numberOf(params["before"]),
      after: numberOf(params["after"]),
      count: numberOf(params["count"]) ?? DEFAULT_COUNT,
    };
    return jsonReply(showThread(String(params["psid"] ?? ""), part, world));
  },
  "GET request": ({ params }, world) => {
    const [psid, number] = [String(params["psid"] ?? ""), numberOf(params["number"]) ?? 0];
    const request = requestOf(psid, number, world);
    return request === undefined ? refuse("This call is not kept any more.") : jsonReply(request);
  },
  "POST person": ({ params }, world) => {
    const { psid, isBlocked, isWindowOpen, isOwnedByOtherApp } = params;
    if (typeof psid !== "string" || psid === "") return refuse("psid must be a text.");
    const person = world.people.find(psid);
    const { lastInboundAt: _at, ...others } = person;
    const kept = isWindowOpen === true ? others : person;
    world.people.put({
      [psid]: {
        ...kept,
        ...(typeof isBlocked === "boolean" && { blocked: isBlocked }),
        ...(typeof isOwnedByOtherApp === "boolean" && { ownedByOtherApp: isOwnedByOtherApp }),
        ...(isWindowOpen === false && { lastInboundAt: null }),
      },
    });
    return jsonReply({ success: true });
  },
  "POST answers": ({ params }, world) => {
    const { psid } = params;
    if (typeof psid !== "string" || psid === "") return refuse("psid must be a text.");
    const inbound = parseInbound(params["inbound"]);
    if (typeof inbound === "string") return refuse(inbound);
    answerAs(psid, inbound, world);
    return jsonReply({ success: true });
  },
};

function conversations({ params }: Call, world: World) {
  const filters = {
    search: String(params["search"] ?? "").toLowerCase(),
    campaign: textOf(params["campaign"]),
    outcome: textOf(params["outcome"]),
  };
  const from = numberOf(params["from"]) ?? 0;
  const count = numberOf(params["count"]) ?? DEFAULT_COUNT;
  return listRows(world, filters, { from, count });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

export function refuse(...problems: readonly string[]): Answer {
  return reply(400, "application/json; charset=UTF-8", JSON.stringify({ problems }));
}
