import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openUserData } from "../../../src/adapters/duckdb/open-user-data.ts";
import type { Attributes, AttributeType } from "../../../src/model/attribute.ts";
import type { EventSource, UserSource, Workspace } from "../../../src/model/workspace.ts";
import type { UserData } from "../../../src/ports/user-data.ts";
import { workspaceWith } from "../../plan/fixtures.ts";
import type { Format } from "./source-files.ts";

const AT = { file: "posthorn.yaml", line: 9, column: 3 };

/** A source as posthorn.yaml would declare it. */
export interface Declared {
  readonly pattern: string;
  readonly format: Format;
  readonly attributes: Readonly<Record<string, AttributeType>>;
}

/** Declares users with `user_id` and `ps_id`, and nothing else of its own. */
export function userSource(declared: Declared, over: Partial<UserSource> = {}): UserSource {
  return {
    files: filesOf(declared),
    id: "user_id",
    psid: "ps_id",
    lastInbound: undefined,
    consent: "assumed",
    consentAt: undefined,
    inbound: undefined,
    timezone: undefined,
    locale: undefined,
    maxAgeMs: undefined,
    attributes: attributesOf({ user_id: "string", ps_id: "string", ...declared.attributes }),
    ...over,
  };
}

/** Declares events with `event_id`, `user_id`, `event` and `at`. */
export function eventSource(declared: Declared): EventSource {
  const special = { event_id: "string", user_id: "string", event: "string", at: "timestamp" };
  return {
    files: filesOf(declared),
    id: "event_id",
    user: "user_id",
    name: "event",
    at: "at",
    properties: attributesOf({ ...special, ...declared.attributes } as Declared["attributes"]),
  };
}

function filesOf({ pattern, format }: Declared) {
  return { pattern, format, fromEnv: false, at: AT };
}

export function attributesOf(types: Readonly<Record<string, AttributeType>>): Attributes {
  return new Map(
    Object.entries(types).map(([name, type]) => [name, { name, type, sensitive: true }]),
  );
}

/** A workspace in `root` with that data. */
export function dataWorkspace(
  root: string,
  users: UserSource,
  events: EventSource | undefined = undefined,
): Workspace {
  return workspaceWith({ root, users, events });
}

/** Opens the workspace's data with every declared column at hand, of one user alone if named. */
export function openWhole(workspace: Workspace, onlyUser?: string): Promise<UserData> {
  const { users, events } = workspace;
  return openUserData(workspace, {
    users: new Set(users.attributes.keys()),
    events: new Set(events?.properties.keys() ?? []),
    ...(onlyUser !== undefined && { onlyUser }),
  });
}

/** A temporary folder; the caller removes it. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "posthorn-data-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
