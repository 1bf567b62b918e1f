import { describe, expect, test } from "vitest";
import { isMap, isNode, isScalar, LineCounter, parseDocument, stringify } from "yaml";
import { readWorkspace } from "../../src/config/read-workspace.ts";
import type { Diagnostic } from "../../src/diag/diagnostic.ts";
import type { JsonObject, JsonPath } from "../../src/model/json.ts";
import type { WorkspaceFiles } from "../../src/ports/workspace-files.ts";
import { Breaker, type Broken, propertiesOf, SCHEMAS } from "./broken-documents.ts";
import { FULL_CAMPAIGNS, FULL_DOCUMENTS, type FullDocument, WORKSPACE } from "./full-documents.ts";

/** A workspace in memory, sound but for the one file. */
function errorsOf({ path }: FullDocument, text: string): readonly Diagnostic[] {
  const texts: Readonly<Record<string, string>> = {
    "posthorn.yaml": stringify(WORKSPACE),
    [path]: text,
  };
  const files: WorkspaceFiles = {
    root: "/",
    list: (glob) => (path.startsWith(glob.split("/")[0] ?? "") && !/yml/.test(glob) ? [path] : []),
    read: (name) => ({ kind: "bytes", bytes: Buffer.from(texts[name] ?? "") }),
    isInside: () => true,
  };
  const { diagnostics } = readWorkspace(files, {});
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** An empty map is told at its value, or at its key as one that lacks its keys. */
function placesIn(text: string, broken: Broken): readonly string[] {
  const places = [placeIn(text, broken)];
  if (broken.what.startsWith("{}")) places.push(placeIn(text, { ...broken, atKey: true }));
  return places;
}

/** Where a value, a key or the map that lacks it stands: counted apart from the product's way. */
function placeIn(text: string, { path, atKey }: Broken): string {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const around = path.slice(0, -1);
  const node = atKey
    ? (keyOf(document, path) ?? keyOf(document, around) ?? document.getIn(around, true))
    : document.getIn(path, true);
  const { line, col } = counter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return `${line}:${col}`;
}

function keyOf(document: ReturnType<typeof parseDocument>, path: JsonPath) {
  const parent = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}

function whatIsSaid(full: FullDocument, broken: Broken): string | undefined {
  const text = stringify(broken.document);
  const errors = errorsOf(full, text);
  const told = errors.map(({ at, code }) => `${at.file}:${at.line}:${at.column} ${code}`);
  const wanted = placesIn(text, broken).map((place) => `${full.path}:${place} `);
  const meant = broken.meant === undefined ? "" : `Did you mean "${broken.meant}"?`;
  const isRight = told.length === 1 && wanted.some((place) => told[0]?.startsWith(place));
  const isNamed = errors.some(({ detail }) => detail.includes(meant));
  if (isRight && isNamed) return undefined;
  const said = isRight ? errors[0]?.detail : told.join(", ");
  return `${broken.path.join(".")} ${broken.what}: expected ${wanted} ${meant}, told ${said}`;
}

const met = new Set<JsonObject>();

function everyKey(full: FullDocument, breaker: Breaker): void {
  expect(errorsOf(full, stringify(full.document))).toEqual([]);
  let count = 0;
  const wrong: (string | undefined)[] = [];
  for (const broken of breaker.broken()) {
    count++;
    wrong.push(whatIsSaid(full, broken));
  }
  for (const property of breaker.met) met.add(property);
  expect(count).toBeGreaterThan(10);
  expect(wrong.filter((one) => one !== undefined)).toEqual([]);
}

describe("a key missing, misspelt, unknown, of a wrong type or out of range is told once", () => {
  test.each(FULL_DOCUMENTS)("$path", (full) => {
    everyKey(full, new Breaker(full.document, full.schema));
  });

  test.each(FULL_CAMPAIGNS)("a message: $document.message", (full) => {
    everyKey(full, new Breaker(full.document, "send-api-message", ["message"]));
  });

  test("and no key of any schema was forgotten", () => {
    const all = Object.entries(SCHEMAS).flatMap(([name, schema]) => propertiesOf(schema, name));
    const forgotten = all.filter(([, property]) => !met.has(property)).map(([path]) => path);
    expect(all.length).toBeGreaterThan(250);
    // Refused wherever it stands: it carries the delivery id.
    expect(forgotten).toEqual(["send-api-message/metadata"]);
  });
});
