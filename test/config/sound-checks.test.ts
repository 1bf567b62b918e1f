import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import fc from "fast-check";
import fg from "fast-glob";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { isHttpUrl } from "../../src/message/leaf-rules.ts";
import { isSoundCampaign } from "../../src/model/generated/campaign-check.ts";
import { isSoundSegment } from "../../src/model/generated/segment-check.ts";
import { isSoundSendApiMessage } from "../../src/model/generated/send-api-message-check.ts";
import { isSoundWorkspace } from "../../src/model/generated/workspace-check.ts";
import type { JsonObject, JsonValue } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const valuesOf = (glob: string): JsonValue[] =>
  fg.sync(glob, { cwd: ROOT }).map((path) => parse(readFileSync(join(ROOT, path), "utf8")));

/** The schema compiled here and now; what other rooms judge is left open, as in check-shape.ts. */
function compiled(kind: string) {
  const schema: JsonObject = JSON.parse(
    readFileSync(`${ROOT}/schemas/${kind}.schema.json`, "utf8"),
  );
  const foreign = { condition: {}, message: { type: "object" }, patch: { type: "object" } };
  const isMessage = kind === "send-api-message";
  const definitions = { ...(schema["definitions"] as JsonObject), ...(isMessage ? {} : foreign) };
  const ajv = new Ajv({ strict: false, unicode: !isMessage, logger: false });
  ajv.addFormat("uri", isHttpUrl);
  return ajv.compile({ ...schema, definitions });
}

const WRONG: readonly JsonValue[] = ["", "x", "{{x}}", 0, -1, 1.5, true, null, [], {}, ["x"]];

/** The value with one thing in it cut out, replaced or added. */
function mutated(value: JsonValue, at: number, put: JsonValue | undefined): JsonValue {
  let left = at;
  const visit = (one: JsonValue): JsonValue | undefined => {
    if (left-- === 0) return put;
    if (Array.isArray(one)) return one.flatMap((inner) => visit(inner) ?? []);
    if (typeof one !== "object" || one === null) return one;
    const entries = Object.entries(one).map(([key, inner]) => [key, visit(inner)] as const);
    if (left-- === 0) return { ...one, unheard_of: put ?? null };
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as JsonObject;
  };
  return visit(value) ?? null;
}

test.each([
  ["workspace", isSoundWorkspace, valuesOf("posthorn.yaml")],
  ["campaign", isSoundCampaign, valuesOf("campaigns/**/*.yaml")],
  ["segment", isSoundSegment, valuesOf("segments/**/*.yaml")],
  ["send-api-message", isSoundSendApiMessage, Object.values(FULL_MESSAGES)],
])("the check of a %s that was compiled beforehand says what its schema says", (...given) => {
  const [kind, isSound, values] = given;
  const validate = compiled(kind);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(isSound(value)).toBe(true);
  const change = fc.record({
    value: fc.constantFrom(...values),
    at: fc.nat(120),
    put: fc.constantFrom(undefined, ...WRONG),
  });
  let refusedCount = 0;
  fc.assert(
    fc.property(change, ({ value, at, put }) => {
      const changed = mutated(value, at, put);
      const isFit = validate(changed);
      if (!isFit) refusedCount++;
      expect(isSound(changed), JSON.stringify(changed)).toBe(isFit);
    }),
    { numRuns: 1500 },
  );
  expect(refusedCount).toBeGreaterThan(100);
});
