import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean } from "../diag/nearest.ts";
import { yesNoFault } from "../diag/yes-no.ts";
import type { Attribute, Attributes } from "../model/attribute.ts";
import { isCalendarDate, parseInstant } from "../model/instant.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What the tests of segments and campaigns have alike. */
export interface WrittenTest {
  readonly name: string;
  readonly user?: Readonly<Record<string, JsonValue>>;
  readonly events?: readonly WrittenTestEvent[];
  readonly event?: WrittenTestEvent;
  readonly at?: string;
  readonly sent?: readonly { readonly campaign?: string; readonly at: string }[];
}

/** The `event` and `at` of a test's event have names of their own; other keys are properties. */
export interface WrittenTestEvent {
  readonly event: string;
  readonly at?: string;
  readonly [property: string]: JsonValue | undefined;
}

type Fits = (value: JsonValue) => boolean;

const FITS: Readonly<Record<Attribute["type"], Fits>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  timestamp: (value) => typeof value === "string" && parseInstant(value) !== undefined,
  date: (value) => typeof value === "string" && isCalendarDate(value),
  "string[]": (value) => Array.isArray(value),
};

/** Names and values of tests against what the workspace declares. */
export function checkTests(
  tests: readonly WrittenTest[],
  vocabulary: Vocabulary,
): readonly Finding[] {
  return [
    ...namesTwice(tests),
    ...tests.flatMap((test, at) => [
      ...valueFindings(test.user ?? {}, vocabulary.attributes, ["tests", at, "user"]),
      ...eventFindings(test, at, vocabulary.events),
      ...instantFindings(test, at),
    ]),
  ];
}

function namesTwice(tests: readonly WrittenTest[]): readonly Finding[] {
  const seen = new Set<string>();
  return tests.flatMap(({ name }, at) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const path = ["tests", at, "name"];
    const detail = "Another test of this file has that name. Say what this one shows.";
    return [{ code: "TEST_NAME_TWICE", path, summary: "Two tests of one name", detail }];
  });
}

function eventFindings(
  test: WrittenTest,
  at: number,
  declared: Attributes | undefined,
): readonly Finding[] {
  const own = test.event === undefined ? [] : [{ event: test.event, path: ["tests", at, "event"] }];
  const events = [
    ...(test.events ?? []).map((event, index) => ({ event, path: ["tests", at, "events", index] })),
    ...own,
  ];
  const first = events[0];
  if (first === undefined) return [];
  if (declared === undefined) {
    const detail = "posthorn.yaml declares no events. Add events: there, or take them away here.";
    return [{ code: "EVENTS_MISSING", path: first.path, summary: "No events declared", detail }];
  }
  return events.flatMap(({ event, path }) => {
    const { event: _name, at: when, ...properties } = event;
    const found = valueFindings(properties, declared, path);
    return isInstant(when) ? found : [...found, noInstant([...path, "at"])];
  });
}

function valueFindings(
  values: Readonly<Record<string, JsonValue | undefined>>,
  declared: Attributes,
  path: JsonPath,
): readonly Finding[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const attribute = declared.get(name);
    if (attribute === undefined) return unknownName(name, declared, path);
    if (value === null || value === undefined || FITS[attribute.type](value)) return [];
    return [{ ...misfit(attribute, value), path: [...path, name] }];
  });
}

function misfit({ name, type }: Attribute, value: JsonValue): Omit<Finding, "path"> {
  const yesNo = type === "boolean" ? yesNoFault(value) : undefined;
  if (yesNo !== undefined) return yesNo;
  const toQuote = type === "string" && (typeof value === "number" || typeof value === "boolean");
  const detail = `"${name}" is declared as ${type}, and this value is none.`;
  return { code: "TEST_VALUE", summary: "Value of the wrong type", detail, toQuote };
}

function unknownName(name: string, declared: Attributes, path: JsonPath): readonly Finding[] {
  if (declared.isUnsure?.(name)) return [];
  const near = didYouMean(name, declared.keys()) || " Declare it in posthorn.yaml.";
  const detail = `posthorn.yaml declares no "${name}".${near}`;
  const at = { path: [...path, name], atKey: true };
  return [{ code: "TEST_NAME_UNKNOWN", ...at, summary: "Name not declared", detail }];
}

function instantFindings(test: WrittenTest, at: number): readonly Finding[] {
  const sent = (test.sent ?? []).flatMap((send, index) =>
    isInstant(send.at) ? [] : [noInstant(["tests", at, "sent", index, "at"])],
  );
  return isInstant(test.at) ? sent : [...sent, noInstant(["tests", at, "at"])];
}

function isInstant(text: string | undefined): boolean {
  return text === undefined || parseInstant(text) !== undefined;
}

function noInstant(path: JsonPath): Finding {
  const detail = "The calendar has no such moment. Write one such as 2026-11-27T09:00:00Z.";
  return { code: "DATE_INVALID", path, summary: "No such date", detail };
}
