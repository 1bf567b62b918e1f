import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { wrote } from "../people/meta-events.ts";
import { posthornHere } from "./in-process.ts";
import { SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

/** The PSID of u1, who wrote to the page. */
export const PSID = "7100000000000001";
export const NOW = ["--now", "2026-12-01T09:30:00Z"];

/** A campaign beside the one of the small workspace. */
export const SECOND = SMALL_CAMPAIGN.replace("Hello", "Hello again");

/** Three people who were sent to; one of them wrote, and is in the log of what people told. */
export async function usedWorkspace() {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const inbound = SMALL_WORKSPACE.replace("psid: ps_id", "psid: ps_id\n  inbound: data/inbound");
  const cwd = smallWorkspace({ "posthorn.yaml": inbound });
  expect((await posthornHere(["apply", ...NOW], { cwd, env })).exit).toBe(0);
  await takeIn(cwd);
  return { cwd, env, sandbox };
}

/** Takes in what u1 and u2 wrote, as Meta may tell twice. */
export async function takeIn(cwd: string): Promise<void> {
  const path = join(cwd, "events.ndjson");
  const events = [
    wrote("please forget me", { mid: "m_1" }),
    wrote("hello", { mid: "m_2", psid: "7100000000000002" }),
  ];
  writeFileSync(path, events.map((one) => `${JSON.stringify(one)}\n`).join(""));
  expect((await posthornHere(["users", "ingest", path, ...NOW], { cwd })).exit).toBe(0);
}

/** The files that Posthorn wrote in a workspace and that hold a text. */
export function ownFilesWith(cwd: string, text: string): string[] {
  const folders = ["data/state", "data/inbound"];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(cwd, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    ),
  );
  const files = paths.filter((path) => statSync(join(cwd, path)).isFile());
  return files.filter((path) => readFileSync(join(cwd, path), "latin1").includes(text));
}

/** What `ledger show` counts, all in all. */
export async function totals(cwd: string): Promise<Readonly<Record<string, number>>> {
  const { out } = await posthornHere(["ledger", "show", "--format", "json"], { cwd });
  return JSON.parse(out).totals;
}

/** The users that `ledger export` names, sorted. */
export async function exported(cwd: string): Promise<string[]> {
  const { out } = await posthornHere(["ledger", "export", "--format", "ndjson"], { cwd });
  const rows = out.trim().split("\n");
  return rows.map((row) => String(JSON.parse(row).user_id)).sort();
}
