import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/** One event, and the page that its envelope names; undefined without an envelope. */
export interface PageEvent {
  readonly event: JsonObject;
  readonly entryId: string | undefined;
}

/**
 * The events of one webhook body, of a list of bodies, or one event by itself. Where another app
 * owns the thread they stand under `standby`. Undefined for what is none of these; a body of
 * another product of Meta's, and the test events of its dashboard, hold no events.
 * Source: messenger-platform.md section 7.
 */
export function eventsIn(body: JsonValue): readonly PageEvent[] | undefined {
  if (Array.isArray(body)) {
    const found = body.map((one: JsonValue) => eventsInOne(one));
    return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? []);
  }
  return eventsInOne(body);
}

/** Lists in lists are none of ours: text of 16 MB can nest them deeper than any stack. */
function eventsInOne(body: JsonValue): readonly PageEvent[] | undefined {
  if (!isJsonObject(body)) return undefined;
  const { object, entry } = body;
  if (!Array.isArray(entry)) {
    return object === undefined && "timestamp" in body
      ? [{ event: body, entryId: undefined }]
      : undefined;
  }
  if (object !== undefined && object !== "page") return [];
  const events: PageEvent[] = [];
  for (const one of entry) if (isJsonObject(one)) addEvents(one, events);
  return events;
}

/** Loops: a million bodies are taken in at once. */
function addEvents({ id, messaging, standby }: JsonObject, to: PageEvent[]): void {
  const entryId = typeof id === "string" || typeof id === "number" ? String(id) : undefined;
  for (const list of [messaging, standby]) {
    if (!Array.isArray(list)) continue;
    for (const event of list) if (isJsonObject(event)) to.push({ event, entryId });
  }
}
