import { cpSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { openFileState } from "../../src/adapters/file-state/open-file-state.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { delivery, opening } from "../adapters/file-state/fixture.ts";
import { SkippingClock } from "../apply/fakes.ts";
import { posthorn, smallWorkspace, temporaryFolder } from "../cli/posthorn.ts";

export const NOW = ["--now", "2026-12-01T09:30:00Z"];

/** A Graph API in this process, and what leads a command to it. */
export async function graphFor() {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  return { sandbox, env: { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" } };
}

export type Used = Awaited<ReturnType<typeof usedWorkspace>>;

/** A workspace whose first apply has sent its three messages. */
export async function usedWorkspace() {
  const { sandbox, env } = await graphFor();
  const cwd = smallWorkspace();
  expect((await posthorn(["apply", ...NOW], { cwd, env })).exit).toBe(0);
  const state = join(cwd, "data/state");
  const [segment = ""] = readdirSync(join(state, "ledger"));
  return { cwd, env, sandbox, state, segment: join(state, "ledger", segment) };
}

/** Every file below a folder with its bytes; a folder is there as one without any. */
export function contentOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    names.map((name) => {
      const path = join(folder, name);
      return [name, statSync(path).isDirectory() ? "" : readFileSync(path, "latin1")];
    }),
  );
}

/** A copy of a workspace, with its state. */
export function copyOf(workspace: string): string {
  const folder = temporaryFolder();
  cpSync(workspace, folder, { recursive: true });
  return folder;
}

/** A state with a claim and its outcome, made without a process. */
export async function smallState() {
  const cwd = temporaryFolder();
  const state = join(cwd, "data/state");
  const store = openFileState({ folder: state, workspace: "small", clock: new SkippingClock() });
  const writer = await store.open(opening("run-1"));
  await writer.claim([delivery(1)], 5_000);
  writer.settle(delivery(1), { status: "sent", messageId: "m_1" }, 6_000);
  await writer.close();
  return { cwd, state, segment: join(state, "ledger/run-1.ndjson") };
}
