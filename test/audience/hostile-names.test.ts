import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Audience } from "../../src/audience/audience.ts";
import { conditionOver } from "../../src/audience/prepare-candidates.ts";
import type { AttributeCondition } from "../../src/model/condition.ts";
import { sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";
import {
  dataWorkspace,
  eventSource,
  makeFolder,
  openWhole,
  userSource,
} from "../adapters/duckdb/data-workspace.ts";
import { LAYOUTS, type Row, writeSource } from "../adapters/duckdb/source-files.ts";
import { campaignWith } from "../plan/fixtures.ts";
import { ledgerSql, NOW } from "./judged-world.ts";

/** Names that mean something to SQL, to the queries here or to templates; all are allowed. */
const NAMES = [
  "select",
  "order",
  "row",
  "rowid",
  "name",
  "at",
  "u",
  "e",
  "c",
  "v0",
  "user",
  "reason",
  "zone",
  "occurrence",
  "variant",
  "due_at",
  "count",
  "a;b",
  "--",
  "/*",
  "a)b",
  "$1",
  "?",
  "%",
  "@",
  "`",
  "=",
  "ä",
  "👍",
  "a b",
  "posthorn",
  "there_0",
  "null",
  "true",
];
const TYPES = Object.fromEntries(NAMES.map((name) => [name, "string" as const]));
const AT = { file: "s.yaml", line: 1, column: 1 };

function hostile(name: string): string {
  return `'${name}'; DROP TABLE users_read; --`;
}

function isValue(name: string): AttributeCondition {
  const test = { op: "eq", value: hostile(name), ignoreCase: false } as const;
  return { kind: "attribute", name, type: "string", test: { on: "string", test }, at: AT };
}

for (const layout of LAYOUTS.filter(({ fileCount }) => fileCount === 1)) {
  describe(`columns and values of every kind in ${layout.name}:`, () => {
    const folder = makeFolder();
    let workspace: Workspace;
    let users: UserData;
    beforeAll(async () => {
      const own = Object.fromEntries(NAMES.map((name) => [name, hostile(name)]));
      const rows: Row[] = [
        { user_id: "it's me", ps_id: "7100000000000001", ...own },
        { user_id: "other", ps_id: "7100000000000002" },
      ];
      const { format } = layout;
      const columns = { user_id: "string", ps_id: "string", ...TYPES } as const;
      const pattern = await writeSource(folder.path, "users", { layout, rows, columns });
      const special = { event_id: "string", user_id: "string", event: "string" } as const;
      // Events have columns of the names `at`, `event` and `user_id` anyway.
      const names = NAMES.filter((name) => name !== "at");
      const properties = Object.fromEntries(names.map((name) => [name, "string" as const]));
      const happened = await writeSource(folder.path, "events", {
        layout,
        rows: [{ ...own, event_id: "e'1", user_id: "it's me", event: "it's", at: NOW }],
        columns: { ...special, ...properties, at: "timestamp" },
      });
      workspace = dataWorkspace(
        folder.path,
        userSource({ pattern, format, attributes: TYPES }),
        eventSource({ pattern: happened, format, attributes: properties }),
      );
      users = await openWhole(workspace);
      expect(users.diagnostics).toEqual([]);
    });
    afterAll(() => {
      users?.engine.close();
      folder.remove();
    });

    test.for(NAMES)("%s in a condition", async (name) => {
      const where = conditionOver(isValue(name), workspace, { now: 0, alias: "u" });
      const rows = await users.engine.rows(sql`SELECT user_id FROM users u WHERE ${where}`);
      expect(rows).toEqual([{ user_id: "it's me" }]);
    });

    test.for([0, 10, 20, 30])(
      "all in a campaign's conditions and message, from %d",
      async (from) => {
        // As many as a text of 2,000 letters holds.
        const names = NAMES.filter((name) => name !== "at").slice(from, from + 10);
        const send = {
          kind: "on",
          event: "it's",
          where: { kind: "all", of: names.map(isValue), at: AT },
          delayMs: 0,
          lateByMs: 1_000,
        } as const;
        const text = names.map((name) => `{{{${name}}}} {{{event.${name}}}}`).join("\n");
        const content = { ...campaignWith().content, message: { text } };
        const where = { kind: "all", of: NAMES.map(isValue), at: AT } as const;
        const audience = await Audience.open({
          workspace,
          users,
          ledger: ledgerSql([]),
          peopleKey: null,
          now: Date.parse(NOW),
        });
        const campaign = campaignWith({
          send,
          content,
          where,
          messaging: "UTILITY",
          holdout: 1e-9,
        });
        const selection = await audience.select({ campaign, occasion: null });
        expect(selection.funnel).toMatchObject({ matched: 1, eligible: 1 });
        const recipients = [];
        for await (const some of selection.recipients()) recipients.push(...some);
        const rendered = names.map((name) => `${hostile(name)} ${hostile(name)}`).join("\n");
        expect(recipients).toMatchObject([
          { userId: "it's me", occurrence: "e'1", message: { text: rendered } },
        ]);
      },
    );
  });
}
