import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import fg from "fast-glob";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const YAML_FILES = fg.sync(["posthorn.yaml", "{campaigns,segments}/**/*.yaml"], { cwd: ROOT });
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

interface ExampleUser {
  readonly user_id: string;
  readonly ps_id: string | null;
  readonly email: string | null;
}
interface ExampleEvent {
  readonly event_id: string;
  readonly user_id: string;
}
interface ExampleFile {
  readonly status?: string;
  readonly description?: string;
  readonly tests?: readonly unknown[];
}

const users: readonly ExampleUser[] = JSON.parse(read("data/users.json"));
const events: readonly ExampleEvent[] = read("data/events.ndjson")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

describe("the example's people and events", () => {
  const folder = mkdtempSync(join(tmpdir(), "posthorn-example-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("come out of their script byte by byte as they are committed", () => {
    execFileSync(process.execPath, [join(ROOT, "scripts/make-example-data.mjs"), folder]);
    for (const name of ["users.json", "events.ndjson"]) {
      expect(readFileSync(join(folder, name), "utf8")).toBe(read(`data/${name}`));
    }
  });

  test("are 500 people with ids and PSIDs of their own", () => {
    expect(users).toHaveLength(500);
    expect(new Set(users.map((user) => user.user_id)).size).toBe(500);
    const psids = users.flatMap((user) =>
      /^\d{5,20}$/.test(user.ps_id ?? "") ? [user.ps_id] : [],
    );
    expect(psids.length).toBeGreaterThan(400);
    expect(new Set(psids).size).toBe(psids.length);
  });

  test("are events with ids of their own, a few of them by people nobody knows", () => {
    const known = new Set(users.map((user) => user.user_id));
    const strangers = events.filter((event) => !known.has(event.user_id));
    expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
    expect(strangers.length).toBeGreaterThan(0);
    expect(strangers.length).toBeLessThan(20);
  });

  test("belong to nobody: mail goes to example.com, PSIDs come from one made-up range", () => {
    const mails = users.flatMap((user) => user.email ?? []);
    expect(mails.length).toBeGreaterThan(300);
    for (const mail of mails) expect(mail).toMatch(/@example\.com$/);
    const psids = users.map((user) => user.ps_id ?? "").filter((psid) => /^\d{5,20}$/.test(psid));
    for (const psid of psids) expect(psid).toMatch(/^710000000000\d{4}$/);
  });
});

describe("the example's YAML", () => {
  test("is one workspace, six or more segments and four or more active campaigns", () => {
    const written = YAML_FILES.map((path) => parse(read(path)) as ExampleFile);
    expect(YAML_FILES).toContain("posthorn.yaml");
    expect(YAML_FILES.filter((path) => path.startsWith("segments/")).length).toBeGreaterThan(5);
    expect(written.filter((file) => file.status === "active").length).toBeGreaterThan(3);
  });

  test("has ids that differ in more than case", () => {
    const ids = YAML_FILES.map((path) => path.toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(YAML_FILES)("%s opens with a schema line whose path resolves", (path) => {
    const first = read(path).split("\n", 1)[0] ?? "";
    const schema = /^# yaml-language-server: \$schema=(\S+\.schema\.json)$/.exec(first)?.[1] ?? "";
    expect(schema).not.toBe("");
    expect(existsSync(resolve(ROOT, dirname(path), schema))).toBe(true);
  });

  const described = YAML_FILES.filter((path) => path !== "posthorn.yaml");
  test.each(described)("%s says what it is for and brings tests", (path) => {
    const file = parse(read(path)) as ExampleFile;
    expect(file.description ?? "").not.toBe("");
    expect(file.tests?.length ?? 0).toBeGreaterThan(1);
  });
});
