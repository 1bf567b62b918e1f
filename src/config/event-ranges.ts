import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import type { JsonPath } from "../model/json.ts";

/** A document as the parser met it, event by event; the first one opens the document. */
export interface EventDocument {
  readonly text: string;
  readonly events: readonly Event[];
}

/** Offsets in the text; the end is not included. */
export type Range = readonly [start: number, end: number];

/**
 * Where a value stands; `atKey` gives its key instead. A path that does not lead to a value ends at
 * the key of the last one on the way that is there.
 */
export function rangeOf(document: EventDocument, path: JsonPath, atKey: boolean): Range {
  let found: Found = { node: 1, key: undefined };
  let isThere = true;
  for (const step of path) {
    const next = stepInto(document, found.node, step);
    isThere = next !== undefined;
    if (next === undefined) break;
    found = next;
  }
  const wanted = atKey || !isThere ? found.key : found.node;
  if (wanted !== undefined && !isEmpty(document, wanted)) return spanOf(document, wanted);
  return spanOf(document, found.key ?? found.node);
}

/** The event after the node that begins with the event `at`. */
function afterNode(events: readonly Event[], at: number): number {
  let depth = 0;
  for (let next = at; next < events.length; next++) {
    const type = events[next]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    if (type === EVENT_ID.POP) depth--;
    if (depth === 0) return next + 1;
  }
  return events.length;
}

/** Indices of events. */
interface Found {
  readonly node: number;
  readonly key: number | undefined;
}

function stepInto(
  { text, events }: EventDocument,
  from: number,
  step: string | number,
): Found | undefined {
  const type = events[from]?.type;
  let child = from + 1;
  for (let index = 0; events[child] !== undefined && !isPop(events[child]); index++) {
    if (type === EVENT_ID.SEQUENCE) {
      if (index === Number(step)) return { node: child, key: child };
    } else if (type === EVENT_ID.MAPPING) {
      const key = child++;
      const name = getScalarValue(text, events[key] as ScalarEvent);
      if (name === String(step)) return { node: child, key };
    } else return undefined;
    child = afterNode(events, child);
  }
  return undefined;
}

function isPop(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.POP;
}

function isEmpty({ events }: EventDocument, at: number): boolean {
  const event = events[at];
  return event?.type === EVENT_ID.SCALAR && event.valueStart === -1;
}

function spanOf(document: EventDocument, at: number): Range {
  const { text, events } = document;
  const event = events[at];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return scalarSpan(text, event);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE: {
      const last = lastEnd(document, at);
      if (event.style === COLLECTION_STYLE.BLOCK) return [event.start, last];
      return [event.start, closing(text, last)];
    }
    default:
      return [0, 0];
  }
}

function scalarSpan(text: string, { valueStart, valueEnd, style }: ScalarEvent): Range {
  switch (style) {
    case SCALAR_STYLE.PLAIN:
      return [Math.max(valueStart, 0), Math.max(valueEnd, 0)];
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return [valueStart - 1, valueEnd + 1];
    default:
      return [blockHeader(text, valueStart), valueEnd];
  }
}

/** The `|` or `>` that a block begins with, at the end of the line before its first one. */
function blockHeader(text: string, valueStart: number): number {
  const lineStart = text.lastIndexOf("\n", valueStart - 2) + 1;
  const line = text.slice(lineStart, valueStart);
  return lineStart + Math.max(line.search(/[|>][-+1-9]{0,2}(?:[ ]+#.*)?[ ]*\r?\n?$/), 0);
}

/** Where the last thing in a collection ends. */
function lastEnd(document: EventDocument, at: number): number {
  const { events, text } = document;
  const after = afterNode(events, at);
  let end = (events[at] as { readonly start: number }).start + 1;
  for (let inner = at + 1; inner < after; inner++) {
    const event = events[inner];
    if (event?.type === EVENT_ID.SCALAR) end = Math.max(end, scalarSpan(text, event)[1]);
    if (event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE) continue;
    end = Math.max(end, spanOf(document, inner)[1]);
    inner = afterNode(events, inner) - 1;
  }
  return end;
}

/** Past the bracket that closes a flow collection whose last member ends at `from`. */
function closing(text: string, from: number): number {
  const rest = /(?:[\s,:]|#.*)*[\]}]/y;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : from;
}
