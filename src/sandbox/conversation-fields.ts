import type { Message } from "./conversation-messages.ts";
import type { Field } from "./graph-fields.ts";
import type { World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A list within an object, as Graph writes it. */
interface Edge {
  readonly data: readonly Fields[];
}

/** A conversation with all of its fields; the `email` is as synthetic as Meta's. */
export function conversationFields(
  psid: string,
  messages: readonly Message[],
  world: World,
): Fields {
  const { person, page } = partiesOf(psid, world);
  return {
    id: `t_${psid}`,
    updated_time: graphTime(messages[0]?.at ?? world.now()),
    message_count: messages.length,
    participants: { data: [person, page] },
    messages: { data: messages.map((message) => messageFields(message, world)) },
  };
}

export function messageFields(message: Message, world: World): Fields {
  const { person, page } = partiesOf(message.psid, world);
  return {
    id: message.id,
    created_time: graphTime(message.at),
    from: message.fromPage ? page : person,
    to: { data: [message.fromPage ? person : page] },
    message: message.text,
  };
}

function partiesOf(psid: string, { pageId }: World) {
  return {
    person: { name: personName(psid), email: `${psid}@facebook.com`, id: psid },
    page: { name: "Sandbox", email: `${pageId}@facebook.com`, id: pageId },
  };
}

/** A name for somebody of whom nothing but the PSID is known. */
export function personName(psid: string): string {
  return `Person ${psid.slice(-6)}`;
}

/** `2026-11-20T08:15:30+0000`: whole seconds, as Meta's samples show. */
function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "+0000");
}

/** What a list shows of its objects when a call does not say. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  messages: ["id", "created_time"],
};

/** The fields that were asked for; those that are not there are left out, and `id` always stays. */
export function selectFields(object: Fields, asked: readonly Field[]): Fields {
  const selected = asked
    .filter(({ name }) => object[name] !== undefined)
    .map((field) => [field.name, selectField(object[field.name], field)]);
  return { ...Object.fromEntries(selected), id: object["id"] };
}

function selectField(value: unknown, { name, limit, fields }: Field): unknown {
  if (!isEdge(value)) return value;
  const inner =
    fields ?? DEFAULTS[name]?.map((one) => ({ name: one, limit: undefined, fields: undefined }));
  const data = value.data.slice(0, limit ?? value.data.length);
  return { data: inner === undefined ? data : data.map((one) => selectFields(one, inner)) };
}

function isEdge(value: unknown): value is Edge {
  return typeof value === "object" && value !== null && "data" in value;
}
