import { isRecord } from "./call.ts";
import { checkMessage } from "./message-checks.ts";
import { AGENT_WINDOW_MS, isWindowOpen, WINDOW_MS } from "./people.ts";
import type { Refusal } from "./refusal.ts";
import type { SendCall } from "./send-call.ts";
import { RESTRICTED, UNAVAILABLE } from "./strike.ts";
import { checkTemplate } from "./template-checks.ts";
import type { World } from "./world.ts";

type Check = (send: SendCall, world: World) => Refusal | undefined;

const DEAD_TAGS = ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"];

const TYPING: Refusal = {
  code: 100,
  message: "tag must be given with messaging_type MESSAGE_TAG, and with no other",
};

const checkTag: Check = ({ messagingType, tag, message }) => {
  if ((messagingType === "MESSAGE_TAG") !== (tag !== undefined)) return TYPING;
  if (tag === undefined || tag === "HUMAN_AGENT") return undefined;
  if (tag === "CUSTOMER_FEEDBACK" && isFeedback(message)) return undefined;
  const subcode = DEAD_TAGS.includes(tag) ? { subcode: 1893061 } : {};
  return { code: 100, ...subcode, message: "Invalid parameter" };
};

/** The one kind of message that this tag is for (messenger-platform.md section 2.2). */
function isFeedback({ attachment }: SendCall["message"]): boolean {
  const payload = isRecord(attachment) ? attachment["payload"] : undefined;
  return isRecord(payload) && payload["template_type"] === "customer_feedback";
}

const checkExists: Check = ({ psid }, { people }) => {
  if (people.find(psid).exists !== false) return undefined;
  return { code: 100, subcode: 2018001, message: "No matching user found" };
};

const checkMode: Check = ({ psid }, { mode, testers }) => {
  if (mode === "live" || testers.has(psid)) return undefined;
  return {
    code: 200,
    subcode: 2018028,
    message: "Cannot message users who are not admins, developers or testers of the app",
  };
};

const checkRestriction: Check = (_send, { restricted }) => (restricted ? RESTRICTED : undefined);

const checkBlocked: Check = ({ psid }, { people }) =>
  people.find(psid).blocked ? UNAVAILABLE : undefined;

const checkThreadOwner: Check = ({ psid }, { people }) => {
  if (!people.find(psid).ownedByOtherApp) return undefined;
  return { code: 100, subcode: 2018300, message: "Another app is controlling this thread now" };
};

const checkWindow: Check = ({ psid, messagingType, tag }, { people, now }) => {
  const windowMs = tag === undefined ? WINDOW_MS : AGENT_WINDOW_MS;
  if (messagingType === "UTILITY") return undefined;
  if (isWindowOpen(people.find(psid), now(), windowMs)) return undefined;
  return {
    code: 10,
    subcode: 2018278,
    message: "This message is sent outside of allowed window.",
  };
};

/** In the order of messenger-platform.md section 11, item 3: the first refusal is the answer. */
const CHECKS: readonly Check[] = [
  checkMessage,
  checkTag,
  checkExists,
  checkMode,
  checkRestriction,
  checkBlocked,
  checkThreadOwner,
  checkWindow,
  checkTemplate,
];

/** Why Meta would not take this message, or `undefined`. */
export function checkSend(send: SendCall, world: World): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(send, world);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
