import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../../src/sandbox/account.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { SMALL_CAMPAIGN, SMALL_WORKSPACE } from "./posthorn.ts";

/** The clock of every visit. */
export const NOW = "2026-12-01T09:30:00Z";
/** The token that the sandbox of a visit takes. */
export const TOKEN = "EAAB-secret-token-of-the-test";
const DAY_S = 86_400;

/** Sends templates in two languages. */
export const UTILITY = `${SMALL_CAMPAIGN.replace(/message:.*\n/, "")}messaging: UTILITY
message: { template: { name: reminder, language: { code: en } } }
locales: { de: { template: { language: { code: de } } } }
`;
const SECRET_YAML = SMALL_WORKSPACE.replace(
  "users:",
  "  app_secret: ${MESSENGER_APP_SECRET}\nusers:",
);

/** A workspace and what `doctor` finds around it. */
export interface Visit {
  readonly sandbox?: Partial<SandboxOptions>;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Done to the workspace before. */
  readonly prepare?: (cwd: string) => void;
}

/** What is wrong, the code that tells of it, and how `doctor` then ends. */
export type Case = readonly [says: string, visit: Visit, code: string, exit: number];

/** A sandbox that is sound but for this. */
export const account = (changes: Partial<Account>): Pick<Visit, "sandbox"> => ({
  sandbox: { account: changes },
});
const seconds = (days: number) => Date.parse(NOW) / 1000 + days * DAY_S;
const template = (status: "PENDING" | "REJECTED", language = "en") => ({
  id: language,
  name: "reminder",
  language,
  status,
  components: [],
});

export const CASES: readonly Case[] = [
  ["no token", { env: { MESSENGER_PAGE_TOKEN: "" } }, "TOKEN_UNSET", 8],
  ["a token that Meta does not know", { env: { MESSENGER_PAGE_TOKEN: "x" } }, "TOKEN_REFUSED", 8],
  ["an expired token", account({ tokenExpiresAt: seconds(-1) }), "TOKEN_REFUSED", 8],
  ["a token that ends soon", account({ tokenExpiresAt: seconds(13) }), "TOKEN_EXPIRES", 0],
  ["an access that ended", account({ dataAccessExpiresAt: seconds(-1) }), "TOKEN_ACCESS_ENDS", 0],
  ["a missing permission", account({ scopes: ["pages_show_list"] }), "SCOPE_MISSING", 8],
  ["a smaller one", account({ scopes: ["pages_messaging"] }), "SCOPE_LIMITED", 0],
  ["an app that demands proof", { sandbox: { appSecret: "of-the-app" } }, "APP_SECRET_REFUSED", 8],
  [
    "a wrong app secret",
    {
      sandbox: { appSecret: "of-the-app" },
      files: { "posthorn.yaml": SECRET_YAML },
      env: { MESSENGER_APP_SECRET: "of-another" },
    },
    "APP_SECRET_REFUSED",
    8,
  ],
  ["a secret not set", { files: { "posthorn.yaml": SECRET_YAML } }, "APP_SECRET_UNSET", 8],
  [
    "a person without MESSAGING",
    { ...account({ tasks: ["MODERATE"] }), env: { POSTHORN_USER_TOKEN: TOKEN } },
    "TASK_MISSING",
    8,
  ],
  [
    "a person without MODERATE",
    { ...account({ tasks: ["MESSAGING"] }), env: { POSTHORN_USER_TOKEN: TOKEN } },
    "TASK_MISSING",
    0,
  ],
  ["an unsubscribed page", account({ subscribedFields: null }), "WEBHOOK_UNSUBSCRIBED", 0],
  ["a page subscribed in part", account({ subscribedFields: ["messages"] }), "WEBHOOK_FIELDS", 0],
  [
    "development mode",
    {
      files: { "posthorn.yaml": SMALL_WORKSPACE.replace("users:", "  mode: development\nusers:") },
    },
    "MODE_DEVELOPMENT",
    0,
  ],
  [
    "a version that ended",
    { files: { "posthorn.yaml": `${SMALL_WORKSPACE}graph: { version: v20.0 }\n` } },
    "GRAPH_VERSION_ENDED",
    0,
  ],
  [
    "a version that another one answers for",
    { files: { "posthorn.yaml": `${SMALL_WORKSPACE}graph: { version: v20.0 }\n` } },
    "GRAPH_VERSION",
    0,
  ],
  [
    "a version that ends soon",
    {
      files: { "posthorn.yaml": `${SMALL_WORKSPACE}graph: { version: v21.0 }\n` },
    },
    "GRAPH_VERSION_ENDS",
    0,
  ],
  [
    "a template that is not there",
    { files: { "campaigns/hello.yaml": UTILITY } },
    "TEMPLATE_MISSING",
    3,
  ],
  [
    "a rejected template",
    {
      files: { "campaigns/hello.yaml": UTILITY },
      sandbox: { templates: [template("REJECTED"), template("PENDING", "de")] },
    },
    "TEMPLATE_NOT_APPROVED",
    3,
  ],
  [
    "templates in review",
    {
      files: { "campaigns/hello.yaml": UTILITY },
      sandbox: { templates: [template("PENDING"), template("PENDING", "de")] },
    },
    "TEMPLATE_PENDING",
    0,
  ],
  ["a clock two hours behind", account({ clockAheadMs: 7_200_000 }), "CLOCK_OFF", 1],
  ["a clock two hours ahead", account({ clockAheadMs: -7_200_000 }), "CLOCK_OFF", 0],
  ["users that are not there", { prepare: withoutUsers }, "DATA_FILE_MISSING", 3],
  [
    "a source that is not set",
    {
      files: {
        "posthorn.yaml": SMALL_WORKSPACE.replace("data/users.ndjson", "${POSTHORN_USERS}"),
      },
    },
    "ENV_MISSING",
    3,
  ],
  [
    "old users",
    {
      files: {
        "posthorn.yaml": SMALL_WORKSPACE.replace("  id: user", "  max_age: 1h\n  id: user"),
      },
    },
    "DATA_OLD",
    0,
  ],
  ["a broken state", { prepare: withBrokenState }, "STATE_UNREADABLE", 9],
  ["a folder as state in CI", { env: { CI: "true" } }, "STATE_LOST_IN_CI", 0],
  ["a broken campaign", { files: { "campaigns/bad.yaml": "status: [" } }, "WORKSPACE_INVALID", 3],
  [
    "a network that leads nowhere",
    { env: { POSTHORN_GRAPH_URL: "http://127.0.0.1:9" } },
    "META_UNREACHED",
    1,
  ],
];

export function withoutUsers(cwd: string): void {
  rmSync(join(cwd, "data/users.ndjson"));
}

export function withBrokenState(cwd: string): void {
  // A state folder that is a file.
  writeFileSync(join(cwd, "data/state"), "no folder");
}
