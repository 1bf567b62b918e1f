import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openInboundLog } from "../../src/adapters/inbound-log/open-inbound-log.ts";
import type { InboundFact } from "../../src/model/inbound-fact.ts";
import { temporaryFolder } from "../cli/posthorn.ts";

const KILLS = 4;
const PAGE = "422500000000001";

/** Takes facts in from `first` until killed at a random moment; gives those acknowledged. */
function killedWhileTaking(kind: "log" | "users", path: string, first: number): Promise<number[]> {
  const args = ["test/crash/append-facts.mjs", kind, path, String(first)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (bytes: Buffer) => {
    // Not before it has begun: how long that takes says nothing.
    if (out === "") setTimeout(() => child.kill("SIGKILL"), Math.random() * 60);
    out += bytes.toString();
  });
  return new Promise((resolve) => {
    child.on("close", () => resolve(out.split("\n").slice(0, -1).map(Number)));
  });
}

const factOf = (n: number): InboundFact => ({
  key: `m_${n}`,
  kind: "message",
  psid: String(7e15 + n),
  at: 1,
  opens: true,
  consent: null,
});

test("a log knows everything that was acknowledged before kill -9", async () => {
  const folder = join(temporaryFolder(), "inbound");
  const acknowledged: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    acknowledged.push(...(await killedWhileTaking("log", folder, acknowledged.length)));
  }
  const opening = { folder, workspace: "acme", pageId: PAGE, newName: () => "99999999" };
  const store = openInboundLog(opening);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect((await store.append(acknowledged.map(factOf))).added).toEqual([]);
  expect((await store.append([factOf(1e9)])).added).toHaveLength(1);
  await store.close();
}, 60_000);

test("a users.json is whole after kill -9, and has everything acknowledged", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "users.json");
  writeFileSync(path, '[{"user_id":"u1","note":"own"}]');
  const acknowledged: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    acknowledged.push(...(await killedWhileTaking("users", path, acknowledged.length)));
  }
  const rows: { ps_id: string }[] = JSON.parse(readFileSync(path, "utf8"));
  const psids = new Set(rows.map((row) => row.ps_id));
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(acknowledged.filter((n) => !psids.has(String(7e15 + n)))).toEqual([]);
  expect(rows[0]).toEqual({ user_id: "u1", note: "own" });
  expect(readdirSync(folder).filter((name) => name.endsWith(".json"))).toEqual(["users.json"]);
}, 60_000);
