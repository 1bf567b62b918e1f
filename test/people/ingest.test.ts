import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openInboundLog } from "../../src/adapters/inbound-log/open-inbound-log.ts";
import { PortError, Stop } from "../../src/diag/errors.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { type Ingested, ingest } from "../../src/people/ingest.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import {
  BEN,
  bodyOf,
  DELIVERED,
  DELIVERY,
  echoed,
  INBOUND,
  PAGE,
  policy,
  wrote,
} from "./meta-events.ts";

const RULES = {
  optIn: { words: ["start"], payloads: [] },
  optOut: { words: undefined, payloads: [] },
  join: [],
};

let named = 0;
const logIn = (folder: string, over: { workspace?: string; pageId?: string } = {}) =>
  openInboundLog({
    folder,
    workspace: "acme",
    pageId: PAGE,
    newName: () => String(named++).padStart(6, "0"),
    ...over,
  });

async function* linesOf(events: readonly (JsonObject | string)[]) {
  for (const one of events) yield typeof one === "string" ? one : JSON.stringify(one);
}

async function take(folder: string, events: readonly (JsonObject | string)[]): Promise<Ingested> {
  const store = logIn(folder);
  try {
    const from = { lines: linesOf(events), name: "events.ndjson" };
    return await ingest(from, { pageId: PAGE, rules: RULES, store });
  } finally {
    await store.close();
  }
}

const segments = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort();
const keysIn = (folder: string) =>
  segments(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .slice(1, -1)
      .map((line) => String(JSON.parse(line).key)),
  );

describe("taking events in", () => {
  test("counts each once, whatever lines they stand in", async () => {
    const folder = temporaryFolder();
    const events = [
      bodyOf(INBOUND.text, INBOUND.referral),
      wrote("stop", { psid: BEN }),
      wrote("Start!", { psid: BEN, mid: "m_start" }),
      bodyOf(echoed(DELIVERY), DELIVERED, policy("block")),
      { ...INBOUND.optin, recipient: { id: "999990000000009" } },
      { ...INBOUND.optin, sender: {} },
      bodyOf(INBOUND.text),
      "",
    ];
    const { counts, diagnostics, policies } = await take(folder, events);
    expect(counts).toEqual({
      events: 10,
      inbound: 4,
      new_people: 2,
      opt_ins: 1,
      opt_outs: 1,
      echoes: 1,
      policies: 1,
      duplicates: 1,
      receipts: 1,
      other_page: 1,
      ignored: 1,
      unreadable: 0,
    });
    expect(diagnostics).toEqual([]);
    expect(await logIn(folder).echoes()).toEqual(new Map([[DELIVERY, "m_echo"]]));
    expect(policies).toMatchObject([{ action: "block" }]);
    expect(keysIn(folder)).toHaveLength(6);
  });

  test("a second time changes nothing, and tells of no policy again", async () => {
    const folder = temporaryFolder();
    const events = [bodyOf(INBOUND.text, INBOUND.optin), echoed(DELIVERY), policy("block")];
    await take(folder, events);
    const before = segments(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const { counts, policies } = await take(folder, events);
    expect(counts).toMatchObject({
      events: 4,
      duplicates: 4,
      inbound: 0,
      policies: 0,
      new_people: 0,
    });
    expect(policies).toEqual([]);
    expect(segments(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(
      before,
    );
  });

  test("tells of lines that cannot be read by file and line, and takes the others", async () => {
    const folder = temporaryFolder();
    const secret = '{"sender":{"id":"7100000000000001"},"message":{"text":"my secret"';
    const late = { ...INBOUND.text, timestamp: "soon" };
    const { counts, diagnostics } = await take(folder, [
      INBOUND.text,
      secret,
      "[1]",
      late,
      INBOUND.referral,
    ]);
    expect(counts).toMatchObject({ inbound: 2, unreadable: 3, events: 2 });
    expect(diagnostics.map(({ code, at }) => `${at.file}:${at.line} ${code}`)).toEqual([
      "events.ndjson:2 EVENT_UNREADABLE",
      "events.ndjson:3 EVENT_UNREADABLE",
      "events.ndjson:4 EVENT_UNREADABLE",
    ]);
    expect(JSON.stringify(diagnostics)).not.toMatch(/secret|7100000000000001/);
  });

  test("does not take for kept what went into a file that somebody removed", async () => {
    const folder = temporaryFolder();
    const store = logIn(folder);
    const taken = (event: JsonObject) =>
      ingest(
        { lines: linesOf([event]), name: "events.ndjson" },
        { pageId: PAGE, rules: RULES, store },
      );
    await taken(INBOUND.text);
    for (const name of segments(folder)) rmSync(join(folder, name));
    await expect(taken(INBOUND.referral)).rejects.toThrow(/cannot be written to .+ it was removed/);
    await store.close();
    const { counts } = await take(folder, [INBOUND.referral]);
    expect(counts).toMatchObject({ inbound: 1, duplicates: 0 });
  });

  test("a line of lists in lists, however deep, is one that cannot be read", async () => {
    const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const { counts } = await take(temporaryFolder(), [nested, "[[]]", INBOUND.text]);
    expect(counts).toMatchObject({ inbound: 1, unreadable: 2 });
  });

  test("names the first bad lines of many and counts the rest", async () => {
    const { counts, diagnostics } = await take(temporaryFolder(), Array(500).fill("{"));
    expect(counts.unreadable).toBe(500);
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)?.detail).toContain("500 could not be read");
  });

  test("takes more events than fit into one append, in order", async () => {
    const folder = temporaryFolder();
    const many = Array.from({ length: 20_000 }, (_, at) => wrote("hi", { mid: `m_${at}` }));
    const { counts } = await take(folder, [...many, ...many.slice(0, 9_000)]);
    expect(counts).toMatchObject({ inbound: 20_000, duplicates: 9_000 });
    expect(keysIn(folder)).toEqual(many.map((_, at) => `m_${at}`));
  });
});

describe("the log", () => {
  test("goes on in its newest segment, and leaves no lock behind", async () => {
    const folder = temporaryFolder();
    await take(folder, [INBOUND.text]);
    await take(folder, [INBOUND.referral]);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(keysIn(folder)).toHaveLength(2);
  });

  test("of a writer that died stays as it is: half a line is taken in again", async () => {
    const folder = temporaryFolder();
    await take(folder, [wrote("a", { mid: "m_a" }), wrote("b", { mid: "m_b" })]);
    const path = join(folder, segments(folder)[0] ?? "");
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, -5));
    const { counts } = await take(folder, [wrote("a", { mid: "m_a" }), wrote("b", { mid: "m_b" })]);
    expect(counts).toMatchObject({ inbound: 1, duplicates: 1 });
    expect(readFileSync(path, "utf8")).toBe(whole.slice(0, -5));
    expect(segments(folder)).toHaveLength(2);
  });

  test("takes two writers at once, each in a segment of its own", async () => {
    const folder = temporaryFolder();
    const [one, other] = [logIn(folder), logIn(folder)];
    const fact = (key: string) => ({ key, kind: "echo", at: 1, delivery: "d", mid: null }) as const;
    expect((await one.append([fact("a")])).added).toHaveLength(1);
    expect((await other.append([fact("b")])).added).toHaveLength(1);
    expect(segments(folder)).toHaveLength(2);
    await one.close();
    await other.close();
    expect(readdirSync(folder).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("knows keys again that hold quotes and backslashes", async () => {
    const folder = temporaryFolder();
    const odd = ['m_"a"', "m_\\", 'm_\\"', "m_ü😀"].map((mid) => wrote("hi", { mid }));
    expect((await take(folder, odd)).counts.inbound).toBe(4);
    expect((await take(folder, odd)).counts.duplicates).toBe(4);
  });

  test("of another page, workspace or format is refused and not written to", async () => {
    const folder = temporaryFolder();
    await take(folder, [INBOUND.text]);
    const path = join(folder, segments(folder)[0] ?? "");
    const before = readFileSync(path, "utf8");
    expect(() => logIn(folder, { pageId: "999990000000009" })).toThrow(/belongs to another page/);
    expect(() => logIn(folder, { workspace: "other" })).toThrow(Stop);
    appendFileSync(join(folder, "zz.ndjson"), '{"hello":"world"}\n');
    expect(() => logIn(folder)).toThrow(/no log that this version reads/);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("in a folder that cannot be is a fault in words", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(() => logIn(join(file, "inbound"))).toThrow(PortError);
    expect(existsSync(join(file, "inbound"))).toBe(false);
  });
});
