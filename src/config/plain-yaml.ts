import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from "js-yaml";
import type { JsonPath, JsonValue } from "../model/json.ts";
import { type EventDocument, type Range, rangeOf } from "./event-ranges.ts";
import { losesZeros } from "./yaml-traps.ts";

/*
 * Reads YAML as nearly all files are written: one sound map without anchors, aliases, tags,
 * directives and tabs. It gives the value three times as fast as the parser that tells every fault
 * and its place (whole-yaml.ts), and leaves to that one all that it does not read.
 */

export interface PlainYaml {
  readonly value: JsonValue;
  range(path: JsonPath, atKey: boolean): Range;
}

/** What the two parsers look at in different ways, or could. */
const UNUSUAL = /[\t\uFEFF]|\r(?!\n)|^\.\.\./m;
const ESCAPED_BREAK = /\\\r?\n/;

/** Longer keys are a fault in YAML. */
const MAX_KEY_LENGTH = 1000;

/** Undefined where the text is anything but plain and sound. */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const events = eventsOf(text);
  if (events === undefined || !events.every((event) => isPlain(event, text))) return undefined;
  if (events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length !== 1) return undefined;
  if (events[1]?.type !== EVENT_ID.MAPPING) return undefined;
  const document: EventDocument = { text, events };
  const value = new Builder(document).build();
  if (value === undefined) return undefined;
  return { value, range: rangesIn(text, rangeOf(document, [], false)) };
}

/**
 * The events take ten times the room of their text, and in a sound file nobody asks for places but
 * that of the whole: they are let go, and read again for whoever asks.
 */
function rangesIn(text: string, whole: Range): PlainYaml["range"] {
  let document: EventDocument | undefined;
  return (path, atKey) => {
    if (path.length === 0) return whole;
    document ??= { text, events: eventsOf(text) ?? [] };
    return rangeOf(document, path, atKey);
  };
}

function eventsOf(text: string): readonly Event[] | undefined {
  try {
    return parseEvents(text, {});
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}

function isPlain(event: Event, text: string): boolean {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      return !event.explicitStart && !event.explicitEnd && event.directives.length === 0;
    case EVENT_ID.ALIAS:
      return false;
    case EVENT_ID.MAPPING:
      // `[ a: b ]` holds a map without brackets of its own.
      if (event.style === COLLECTION_STYLE.FLOW && text[event.start] !== "{") return false;
      return event.anchorStart === -1 && event.tagStart === -1;
    case EVENT_ID.SEQUENCE:
      return event.anchorStart === -1 && event.tagStart === -1;
    case EVENT_ID.SCALAR:
      return event.anchorStart === -1 && event.tagStart === -1 && isPlainScalar(event, text);
    case EVENT_ID.POP:
      return true;
  }
}

function isPlainScalar(event: ScalarEvent, text: string): boolean {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED) return event.chomping !== CHOMPING_MODE.KEEP;
  return event.fast || !ESCAPED_BREAK.test(text.slice(event.valueStart, event.valueEnd));
}

/** Walks through the events once; undefined where a key is no plain text or stands twice. */
class Builder {
  readonly #document: EventDocument;
  #next = 1;
  #isSound = true;

  constructor(document: EventDocument) {
    this.#document = document;
  }

  build(): JsonValue | undefined {
    const value = this.#value();
    return this.#isSound ? value : undefined;
  }

  #value(): JsonValue {
    const event = this.#document.events[this.#next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.MAPPING:
        return this.#map();
      case EVENT_ID.SEQUENCE:
        return this.#list();
      default:
        this.#isSound = false;
        return null;
    }
  }

  #scalar(event: ScalarEvent): JsonValue {
    const source = getScalarValue(this.#document.text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return source;
    const value = coreValue(source);
    if (typeof value === "number" && losesZeros(source)) this.#isSound = false;
    return value;
  }

  #list(): JsonValue {
    const list: JsonValue[] = [];
    while (!this.#closes()) {
      // An entry without anything has no place of its own.
      if (isEmpty(this.#document.events[this.#next])) this.#isSound = false;
      list.push(this.#value());
    }
    return list;
  }

  #map(): JsonValue {
    const map: Record<string, JsonValue> = {};
    while (!this.#closes()) {
      const key = this.#key();
      if (key === undefined || Object.hasOwn(map, key)) this.#isSound = false;
      const value = this.#value();
      if (key === "__proto__") {
        Object.defineProperty(map, key, { value, enumerable: true, configurable: true });
      } else if (key !== undefined) map[key] = value;
    }
    return map;
  }

  #key(): string | undefined {
    const event = this.#document.events[this.#next];
    if (event?.type !== EVENT_ID.SCALAR || isEmpty(event)) return undefined;
    if (event.valueEnd - event.valueStart > MAX_KEY_LENGTH) return undefined;
    this.#next++;
    return getScalarValue(this.#document.text, event);
  }

  /** Also ends after what was found to be unsound. */
  #closes(): boolean {
    if (!this.#isSound) return true;
    const closes = this.#document.events[this.#next]?.type === EVENT_ID.POP;
    if (closes) this.#next++;
    return closes;
  }
}

function isEmpty(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.SCALAR && event.valueStart === -1;
}

const WORDS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const OCTAL_OR_HEX = /^0(?:o[0-7]+|x[\dA-Fa-f]+)$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** What an unquoted text stands for. Source: YAML 1.2.2 section 10.3.2, the core schema. */
function coreValue(source: string): JsonValue {
  const first = source.charCodeAt(0);
  // Numbers begin with a digit, a sign or a point.
  const isNumeric = (first >= 0x2b && first <= 0x2e) || (first >= 0x30 && first <= 0x39);
  if (!isNumeric) return WORDS.has(source) ? (WORDS.get(source) ?? null) : source;
  if (DECIMAL.test(source) || OCTAL_OR_HEX.test(source)) return Number(source);
  if (NOT_A_NUMBER.test(source)) return Number.NaN;
  const sign = INFINITE.exec(source)?.[1];
  return sign === undefined ? source : sign === "-" ? -Infinity : Infinity;
}
