import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openUserData } from "../../../src/adapters/duckdb/open-user-data.ts";
import { raw } from "../../../src/model/sql.ts";
import type { Workspace } from "../../../src/model/workspace.ts";
import { workspaceFrom } from "../../cli/posthorn.ts";
import { workspaceWith } from "../../plan/fixtures.ts";

const PEOPLE = 2_500;
/** Beyond the rows that are looked at before all are read. */
const LATE = 2_400;

function lines(changed: Readonly<Record<string, unknown>>, at = LATE): string {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const person = { user_id: `u${index}`, ps_id: `${7_100_000_000 + index}`, name: "Ana" };
    return `${JSON.stringify(index === at ? { ...person, ...changed } : person)}\n`;
  }).join("");
}

function workspaceOver(ndjson: string): Workspace {
  const root = workspaceFrom({ "users.ndjson": ndjson });
  const at = { file: "posthorn.yaml", line: 1, column: 1 };
  const attribute = (name: string) => [name, { name, type: "string", sensitive: true }] as const;
  const { users } = workspaceWith();
  return workspaceWith({
    root,
    events: undefined,
    users: {
      ...users,
      files: { pattern: "users.ndjson", format: "ndjson", fromEnv: false, at },
      id: "user_id",
      psid: "ps_id",
      lastInbound: undefined,
      consent: "assumed",
      timezone: undefined,
      locale: undefined,
      attributes: new Map(["user_id", "ps_id", "name"].map(attribute)),
    },
  });
}

async function read(ndjson: string, needed: readonly string[] = ["name"]) {
  const users = new Set(needed);
  const opened = await openUserData(workspaceOver(ndjson), { users, events: new Set() });
  try {
    const { diagnostics } = opened;
    if (diagnostics.some((one) => one.severity === "error")) return { diagnostics, rows: [] };
    return { diagnostics, rows: await opened.engine.rows(raw("SELECT * FROM users")) };
  } finally {
    opened.engine.close();
  }
}

describe("a text of JSON records that looks like another value", () => {
  for (const text of ["5", "-1.5e3", "true", "null", "NaN", "{}", '["a"]', '"quoted"', "", "  7"]) {
    test(`stays the text it is: ${JSON.stringify(text)}`, async () => {
      for (const at of [0, LATE]) {
        const { diagnostics, rows } = await read(lines({ name: text }, at));
        expect(diagnostics).toEqual([]);
        expect(rows[at]?.["name"]).toBe(text);
        expect(rows).toHaveLength(PEOPLE);
      }
    });
  }

  for (const value of [5, -1.5, true, false, {}, ["a"], []]) {
    test(`is told from a value that is none: ${JSON.stringify(value)}`, async () => {
      for (const needed of [["name"], []]) {
        for (const at of [0, LATE]) {
          const { diagnostics } = await read(lines({ name: value }, at), needed);
          expect(diagnostics).toMatchObject([{ code: "DATA_TYPE", at: { line: at + 1 } }]);
          expect(diagnostics[0]?.detail).toContain(`Row ${at + 1} of users.ndjson`);
        }
      }
    });
  }

  test("is an id all the same, and a whole number is one with all its digits", async () => {
    const { rows } = await read(lines({ user_id: 12, ps_id: 7_100_099_999 }));
    expect(rows[LATE]).toMatchObject({ user_id: "12", ps_id: "7100099999" });
    const digits = "12345678901234567890";
    const long = lines({ user_id: "long" }).replace('"long"', digits);
    expect((await read(long)).rows[LATE]?.["user_id"]).toBe(digits);
    for (const id of [1.5, true, [], {}]) {
      const { diagnostics } = await read(lines({ user_id: id }));
      expect(diagnostics).toMatchObject([{ code: "DATA_TYPE", at: { line: LATE + 1 } }]);
    }
  });

  test("null and an absent key are missing", async () => {
    const absent = lines({ name: undefined });
    for (const ndjson of [absent, lines({ name: null })]) {
      const { diagnostics, rows } = await read(ndjson);
      expect(diagnostics).toEqual([]);
      expect(rows[LATE]?.["name"]).toBeNull();
    }
  });

  test("any JSON value is a string or refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ depthSize: "small" }), fc.boolean(), async (value, late) => {
        const { diagnostics, rows } = await read(lines({ name: value }, late ? LATE : 0));
        const isFine = typeof value === "string" || value === null;
        expect(diagnostics.length).toBe(isFine ? 0 : 1);
        if (isFine) expect(rows[late ? LATE : 0]?.["name"]).toBe(value);
      }),
      { numRuns: 60 },
    );
  });
});
