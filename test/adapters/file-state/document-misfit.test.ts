import { describe, expect, test } from "vitest";
import { documentMisfit } from "../../../src/adapters/file-state/document-misfit.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const STOP = {
  occurrence: "once",
  stoppedAt: 1_796_000_000_000,
  runId: "run-1",
  rule: "failed",
  limit: 0.02,
  wave: 1,
  waves: 3,
  bad: 2,
  tried: 25,
  failed: 2,
  unknown: 0,
  unavailable: 0,
};
const MEMORY = { triedAt: null, lastEligible: 0, firstSeenAt: 8.64e15, stops: [STOP] };
const SOUND = {
  format: "posthorn.state/1",
  workspace: "acme",
  pageId: "1",
  target: "meta",
  serial: 0,
  campaigns: { hello: MEMORY, constructor: { triedAt: 1, lastEligible: null, firstSeenAt: null } },
};

const withMemory = (over: JsonObject) => ({
  ...SOUND,
  campaigns: { hello: { ...MEMORY, ...over } },
});

describe("a state's document", () => {
  test("as an apply writes it has no misfit", () => {
    expect(documentMisfit(SOUND)).toBeUndefined();
  });

  const cases: [string, JsonObject, string][] = [
    ["another target", { ...SOUND, target: "elsewhere" }, "target"],
    ["a serial below zero", { ...SOUND, serial: -1 }, "serial"],
    ["a serial that lost digits", { ...SOUND, serial: 2 ** 53 }, "serial"],
    ["a page id that is a number", { ...SOUND, pageId: 1 }, "pageId"],
    ["campaigns that are a list", { ...SOUND, campaigns: [] }, "campaigns"],
    ["a campaign that is nothing", { ...SOUND, campaigns: { hello: null } }, "campaigns.hello"],
    ["an endless instant", withMemory({ triedAt: Infinity }), "campaigns.hello.triedAt"],
    ["an instant as text", withMemory({ triedAt: "2026" }), "campaigns.hello.triedAt"],
    [
      "an instant too late",
      withMemory({ firstSeenAt: 8.64e15 + 2 }),
      "campaigns.hello.firstSeenAt",
    ],
    ["half a person", withMemory({ lastEligible: 0.5 }), "campaigns.hello.lastEligible"],
    ["stops that are no list", withMemory({ stops: {} }), "campaigns.hello.stops"],
    [
      "a stop without a wave",
      withMemory({ stops: [{ ...STOP, wave: null }] }),
      "campaigns.hello.stops",
    ],
  ];
  test.each(cases)("with %s names the place", (_name, document, want) => {
    expect(documentMisfit(document)).toBe(want);
  });
});
