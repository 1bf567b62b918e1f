import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { workspaceFolder } from "../../src/adapters/workspace-folder/workspace-folder.ts";
import { readWorkspace } from "../../src/config/read-workspace.ts";
import { inOrder } from "../../src/view/diagnostics-text.ts";
import { temporaryFolder } from "../cli/posthorn.ts";

export const MAIN = `workspace: acme
timezone: Europe/Berlin
page:
  id: "422500000000001"
  access_token: \${MESSENGER_PAGE_TOKEN}
users:
  source: data/users.json
  id: user_id
  psid: ps_id
  consent: opt_in
  attributes: { country: string, ltv: number }
events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
  properties: { amount: number }
`;
export const CAMPAIGN = `status: active
segment: buyers
send: { at: 2026-12-01T10:00 }
purpose: promotion
message: { text: Hello }
`;
export const SEGMENT = "where: { country: DE }\n";

export type Files = Readonly<Record<string, string | Uint8Array>>;

export function folderOf(files: Files): string {
  const root = temporaryFolder();
  const all: Files = {
    "posthorn.yaml": MAIN,
    "campaigns/hello.yaml": CAMPAIGN,
    "segments/buyers.yaml": SEGMENT,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export function read(files: Files = {}, env: Record<string, string> = {}) {
  return readWorkspace(workspaceFolder(folderOf(files)), env);
}

/** `file:line:column CODE` of every diagnostic, by place. */
export function faults(files: Files, env: Record<string, string> = {}): string[] {
  return inOrder(read(files, env).diagnostics).map(
    ({ at, code }) => `${at.file}:${at.line}:${at.column} ${code}`,
  );
}
