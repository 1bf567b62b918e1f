import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { forgetInbound } from "../../../src/adapters/inbound-log/forget-people.ts";
import { openInboundLog } from "../../../src/adapters/inbound-log/open-inbound-log.ts";
import type { InboundFact } from "../../../src/model/inbound-fact.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";

const [ANA, BEN] = ["7100000000000001", "7100000000000002"];

function fact(key: string, psid: string, over: Partial<InboundFact> = {}): InboundFact {
  return { key, kind: "message", psid, at: 1_000, opens: true, consent: null, ...over };
}

const FACTS = [
  fact("m_1", ANA, { text: "hello" }),
  fact("m_2", BEN, { text: `${ANA} is not me` }),
  fact("m_3", ANA, { phone: "+491700000000" }),
];

const logIn = (folder: string) =>
  openInboundLog({ folder, workspace: "acme", pageId: "1", newName: () => "a" });

async function filled(): Promise<{ folder: string; path: string }> {
  const folder = temporaryFolder();
  const log = logIn(folder);
  await log.append(FACTS);
  await log.close();
  return { folder, path: join(folder, "a.ndjson") };
}

/** The lines below the header. */
function linesIn(path: string): object[] {
  const [, ...lines] = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const LEFT = [{ key: "m_1", kind: "forgotten" }, FACTS[1], { key: "m_3", kind: "forgotten" }];

describe("what a person told the page", () => {
  test("is taken out, only theirs, and its keys stay so that it does not come again", async () => {
    const { folder, path } = await filled();
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 2, busy: 0 });
    expect(linesIn(path)).toEqual(LEFT);
    expect(readdirSync(folder)).toEqual(["a.ndjson"]);
    const log = logIn(folder);
    await log.append([...FACTS, fact("m_4", BEN)]);
    await log.close();
    expect(linesIn(path)).toEqual([...LEFT, fact("m_4", BEN)]);
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 0, busy: 0 });
  });

  test("stays where somebody writes to the segment, who would go on in the old file", async () => {
    const { folder, path } = await filled();
    const writing = logIn(folder);
    await writing.append([fact("m_5", ANA)]);
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 0, busy: 1 });
    expect(forgetInbound(folder, ["7100000000000009"])).toEqual({ facts: 0, busy: 0 });
    await writing.append([fact("m_6", BEN)]);
    await writing.close();
    expect(linesIn(path)).toHaveLength(FACTS.length + 2);
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 3, busy: 0 });
  });

  test("is taken out of a segment that a crash sealed, whose half line goes too", async () => {
    const { folder, path } = await filled();
    appendFileSync(path, '{"key":"m_7","psid":"71');
    // No process has this id: Linux gives none above 2^22.
    writeFileSync(`${path}.lock`, `${2 ** 22 + 1} ${hostname()}\n`);
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 2, busy: 0 });
    expect(linesIn(path)).toEqual(LEFT);
    expect(readdirSync(folder)).toEqual(["a.ndjson", "a.ndjson.lock"]);
  });

  test("stays where another machine may be writing", async () => {
    const { folder, path } = await filled();
    writeFileSync(`${path}.lock`, `${2 ** 22 + 1} another-${hostname()}\n`);
    expect(forgetInbound(folder, [ANA])).toEqual({ facts: 0, busy: 1 });
  });
});
