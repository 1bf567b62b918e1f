import { hash } from "node:crypto";
import type { InboundFact, InboundKind, PageFact } from "../model/inbound-fact.ts";
import type { Instant } from "../model/instant.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { ConsentJudge } from "./consent-signs.ts";
import { contactIn } from "./contact.ts";
import type { PageEvent } from "./events-in.ts";

/** Events that say nothing of a person or a delivery, and why. */
export type Ignored = "other_page" | "receipt" | "no_person" | "other";

/** What cannot be an event of Meta's, in words. */
export interface Fault {
  readonly fault: string;
}

export interface Reader {
  readonly pageId: string;
  readonly judge: ConsentJudge;
}

const KINDS: readonly InboundKind[] = ["message", "postback", "optin", "referral", "reaction"];
/** Metadata that this program wrote. */
const DELIVERY_ID = /^[0-9a-f]{64}$/;
/** A PSID is 5 to 20 digits. Source: messenger-platform.md section 8. */
const PSID = /^\d{5,20}$/;
/** The first instant whose year has five digits. */
const END_OF_TIME = 253_402_300_800_000;
/** Whoever writes more says it to the page, not to a rule. */
const LONGEST_TEXT = 2_000;
const LONGEST_ID = 255;

/**
 * What one event says: of a person, of a delivery or of the page. Echoes, deliveries and reads say
 * nothing of a person, though one is named in them. Source: messenger-platform.md section 7.
 */
export function factOf({ event, entryId }: PageEvent, reader: Reader): PageFact | Ignored | Fault {
  if (isJsonObject(event["delivery"]) || isJsonObject(event["read"])) return "receipt";
  const at = instantOf(event["timestamp"]);
  if (at === undefined) return { fault: "its timestamp is no time in milliseconds" };
  const { message, policy_enforcement: policy } = event;
  if (isJsonObject(message) && message["is_echo"] === true) return echoOf(event, at, reader);
  const page = idOf(event["recipient"]) ?? entryId;
  if (page === undefined) return { fault: "it names no page as its recipient" };
  if (page !== reader.pageId) return "other_page";
  if (isJsonObject(policy)) return policyOf(policy, at, page);
  const kind = KINDS.find((one) => isJsonObject(event[one]));
  return kind === undefined ? "other" : personsFact(event, { kind, at }, reader);
}

interface Told {
  readonly kind: InboundKind;
  readonly at: Instant;
}

function personsFact(event: JsonObject, told: Told, reader: Reader): InboundFact | Ignored | Fault {
  const { kind, at } = told;
  const psid = idOf(event["sender"]);
  // A checkbox plugin knows a user_ref alone.
  if (psid === undefined || psid === reader.pageId) return "no_person";
  if (!PSID.test(psid)) return { fault: "its sender's id is no PSID; ids are text" };
  const said = event[kind] as JsonObject;
  const mid = kind === "message" ? idText(said["mid"]) : undefined;
  const words = wordsOf(said, kind, event);
  return {
    key: mid ?? eventKey(psid, at, kind),
    kind,
    psid,
    at,
    opens: kind !== "reaction" || said["action"] !== "unreact",
    consent: stops(said) ? false : reader.judge(words),
    ...words,
  };
}

/** A person told Meta's own switch that a topic's messages should stop. */
function stops({ notification_messages_status: status }: JsonObject): boolean {
  return status === "STOP NOTIFICATIONS" || status === "STOP_NOTIFICATIONS";
}

type Words = Pick<
  InboundFact,
  "text" | "payload" | "title" | "ref" | "email" | "phone" | "reaction"
>;

function wordsOf(said: JsonObject, kind: InboundKind, event: JsonObject): Words {
  const reply = isJsonObject(said["quick_reply"]) ? said["quick_reply"] : undefined;
  const payload = textOf((reply ?? said)["payload"]);
  const referral = [said["referral"], event["referral"]].find(isJsonObject);
  const words: { -readonly [Key in keyof Words]?: string | undefined } = {
    ...(reply !== undefined && payload !== undefined && contactIn(payload)),
  };
  if (kind === "message") words.text = textOf(said["text"]);
  if (kind === "reaction") words.reaction = textOf(said["reaction"]);
  words.title = textOf(said["title"]);
  words.payload = payload;
  words.ref = textOf(said["ref"]) ?? textOf(referral?.["ref"]);
  return words;
}

function echoOf(event: JsonObject, at: Instant, { pageId }: Reader): PageFact | Ignored {
  if (idOf(event["sender"]) !== pageId) return "other_page";
  const { metadata, mid } = event["message"] as JsonObject;
  if (typeof metadata !== "string" || !DELIVERY_ID.test(metadata)) return "receipt";
  const id = idText(mid) ?? null;
  return { key: `echo:${metadata}`, kind: "echo", at, delivery: metadata, mid: id };
}

function policyOf({ action, reason }: JsonObject, at: Instant, page: string): PageFact {
  const words = { action: textOf(action) ?? "", reason: textOf(reason) ?? null };
  return { key: eventKey(page, at, `policy ${words.action}`), kind: "policy", at, ...words };
}

function eventKey(who: string, at: Instant, kind: string): string {
  return hash("sha256", `${who}\0${at}\0${kind}`).slice(0, 32);
}

/** Meta writes numbers, somebody's log may have made texts of them. */
function instantOf(value: JsonValue | undefined): Instant | undefined {
  const at = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  const isInstant = typeof at === "number" && Number.isSafeInteger(at);
  return isInstant && at > 0 && at < END_OF_TIME ? at : undefined;
}

/** Ids are text, but somebody's log may have made numbers of them; large ones are spoilt then. */
function idOf(value: JsonValue | undefined): string | undefined {
  const id = isJsonObject(value) ? value["id"] : undefined;
  if (typeof id === "string") return id;
  if (typeof id !== "number") return undefined;
  return Number.isSafeInteger(id) ? String(id) : "spoilt";
}

function idText(value: JsonValue | undefined): string | undefined {
  const isId = typeof value === "string" && value !== "" && value.length <= LONGEST_ID;
  return isId ? readable(value) : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return readable(value.slice(0, LONGEST_TEXT));
}

/** Half a character, or none, would make a file that not everybody can read. */
function readable(text: string): string {
  return text.replace(/[\p{Surrogate}\0]/gu, "\uFFFD");
}
