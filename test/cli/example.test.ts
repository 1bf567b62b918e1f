import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXAMPLE_NOW, exampleWorkspace, posthorn } from "./posthorn.ts";

async function json(args: readonly string[], cwd: string) {
  const ran = await posthorn([...args, "--format", "json"], { cwd });
  return { ...ran, value: JSON.parse(ran.out) };
}

describe("the example workspace", () => {
  test("is valid, its tests included", async () => {
    const ran = await posthorn(["validate"], { cwd: exampleWorkspace() });
    expect(ran.err).toBe("");
    expect(ran.out).toMatch(/Checked: campaigns=\d+ segments=\d+ tests=\d\d/);
    expect(ran.exit).toBe(0);
  });

  test("gives the same plan, byte by byte, twice", async () => {
    const cwd = exampleWorkspace();
    const args = ["plan", "--now", EXAMPLE_NOW, "--format", "json"];
    const [first, second] = [await posthorn(args, { cwd }), await posthorn(args, { cwd })];
    expect(first.exit).toBe(0);
    expect(second.out).toBe(first.out);
    expect(existsSync(join(cwd, "data/state"))).toBe(false);
  });

  test("has at least four campaigns to send, and counts that add up", async () => {
    const { value: plan } = await json(["plan", "--now", EXAMPLE_NOW], exampleWorkspace());
    const campaigns: { action: string; matched: number; eligible: number; left_out: object }[] =
      plan.snapshot.campaigns;
    expect(campaigns.filter(({ action }) => action === "send").length).toBeGreaterThanOrEqual(4);
    expect(campaigns.filter(({ action }) => action === "upcoming").length).toBeGreaterThan(0);
    for (const { matched, eligible, left_out } of campaigns) {
      const others = Object.values(left_out).reduce((sum, people) => sum + people, 0);
      expect(eligible + others).toBe(matched);
    }
  });

  test("shows no user id, PSID or name in its plan", async () => {
    const cwd = exampleWorkspace();
    const { out } = await posthorn(["plan", "--now", EXAMPLE_NOW, "--format", "json"], { cwd });
    const users: Record<string, unknown>[] = JSON.parse(
      readFileSync(join(cwd, "data/users.json"), "utf8"),
    );
    const secrets = users
      .flatMap((user) => [user["user_id"], user["ps_id"], user["email"], user["last_name"]])
      .filter((value): value is string => typeof value === "string" && value.trim().length > 3);
    expect(secrets.length).toBeGreaterThan(1_000);
    expect(secrets.filter((secret) => out.includes(JSON.stringify(secret).slice(1, -1)))).toEqual(
      [],
    );
  });

  test("is sent once: what the plan says, and nothing the second time", async () => {
    const cwd = exampleWorkspace();
    const { value: plan } = await json(["plan", "--now", EXAMPLE_NOW], cwd);
    const args = ["apply", "--sandbox", "--now", EXAMPLE_NOW];
    const { value: first, exit } = await json(args, cwd);
    expect(exit).toBe(0);
    expect(first.totals.sent).toBe(plan.summary.recipients);
    expect(first.totals.sent).toBeGreaterThan(50);
    const { value: second } = await json(args, cwd);
    const nothing = { sent: 0, failed: 0, unknown: 0, released: 0, untried: 0 };
    expect(second.totals).toMatchObject(nothing);
    expect(second.totals.left_out).toBe(second.totals.matched);
  });
});
