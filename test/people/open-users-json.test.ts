import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { thisMachine } from "../../src/adapters/file-state/machine.ts";
import { withFileLock } from "../../src/adapters/users-json/file-lock.ts";
import { openUsersJson } from "../../src/adapters/users-json/open-users-json.ts";
import { attributesOf, userSource } from "../adapters/duckdb/data-workspace.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { fact, P } from "./joined-world.ts";

const users = userSource(
  { pattern: "users.json", format: "json", attributes: {} },
  {
    lastInbound: "last_inbound_at",
    consent: { column: "opt_in" },
    attributes: attributesOf({}),
  },
);

function fileWith(text: string): string {
  const path = join(temporaryFolder(), "users.json");
  writeFileSync(path, text);
  return path;
}

const open = (path: string) => openUsersJson(path, { users, people: { join: [] } });
const psidsIn = (path: string) =>
  JSON.parse(readFileSync(path, "utf8")).map((row: { ps_id: string }) => row.ps_id);

describe("a users.json", () => {
  test("that somebody changes in between is read anew, and nobody's change is lost", async () => {
    const path = fileWith("[]");
    const store = open(path);
    await store.append([fact(P(1), 1)]);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("]", `,{"user_id":"u9","ps_id":"${P(9)}"}]`));
    await store.append([fact(P(2), 1)]);
    expect(psidsIn(path)).toEqual([P(1), P(9), P(2)]);
  });

  test("takes two writers at once", async () => {
    const path = fileWith("[]");
    const stores = [open(path), open(path)];
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    await Promise.all(
      stores.map(async (store, at) => {
        for (const n of numbers) await store.append([fact(P(2 * n + at), 1)]);
      }),
    );
    expect(psidsIn(path).sort()).toEqual([...numbers, ...numbers.map((n) => n + 20)].map(P).sort());
    expect(readdirSync(join(path, ".."))).toEqual(["users.json"]);
  });

  test("that cannot be read any more is a fault, and what came is taken in later", async () => {
    const path = fileWith("[]");
    const store = open(path);
    writeFileSync(path, "[{");
    await expect(store.append([fact(P(1), 1)])).rejects.toThrow(/is no JSON array/);
    writeFileSync(path, "[]\n");
    expect((await store.append([fact(P(1), 1)])).added).toHaveLength(1);
    expect(psidsIn(path)).toEqual([P(1)]);
  });
});

describe("its lock", () => {
  test("of somebody who died is taken over", async () => {
    const path = `${fileWith("[]")}.lock`;
    const dead = { ...thisMachine().self, pid: 2 ** 22 + 1, startedTicks: "1" };
    writeFileSync(path, JSON.stringify(dead));
    expect(await withFileLock(path, () => "done")).toBe("done");
    expect(readdirSync(join(path, ".."))).toEqual(["users.json"]);
  });

  test("is given back where the work throws", async () => {
    const path = `${fileWith("[]")}.lock`;
    const failing = withFileLock(path, () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(readdirSync(join(path, ".."))).toEqual(["users.json"]);
  });
});
