import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { git } from "../adapters/git/repositories.ts";
import { person, posthorn, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

/** A repository whose last commit is the base; what is changed in it afterwards is the change. */
function repository(over: Readonly<Record<string, string>> = {}): string {
  const folder = smallWorkspace({
    "segments/germans.yaml": "description: In Germany\nwhere: { country: DE }\n",
    "campaigns/hello.yaml": SMALL_CAMPAIGN.replace("everyone", "germans"),
    "campaigns/other.yaml": SMALL_CAMPAIGN.replace("Hello", "Good day"),
    "data/users.ndjson": ["DE", "DE", "AT", "FR"]
      .map((country, n) => JSON.stringify(person(n, { country })))
      .join("\n"),
    ...over,
  });
  git(folder, "init", "--quiet", "--initial-branch=main");
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, "add", ".");
  git(folder, "commit", "--quiet", "-m", "State of things");
}

function edit(folder: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8")));
}

async function planOf(folder: string, base = "HEAD") {
  const ran = await posthorn(["plan", "--base", base, ...NOW, "--format", "json"], { cwd: folder });
  expect(ran.err).toBe("");
  const plan = JSON.parse(ran.out);
  const campaign = (id: string) =>
    plan.snapshot.campaigns.find((one: { id: string }) => one.id === id);
  return { exit: ran.exit, plan, campaign };
}

describe("plan --base", () => {
  test("shows this change's effect alone: what changed, who enters, who leaves", async () => {
    const folder = repository();
    edit(
      folder,
      "segments/germans.yaml",
      () => "description: x\nwhere: { country: { in: [AT, FR] } }\n",
    );
    edit(folder, "campaigns/hello.yaml", (text) => text.replace("Hello", "Servus"));
    const { plan, campaign } = await planOf(folder);
    expect(campaign("hello")).toMatchObject({
      change: "changed",
      entering: 2,
      leaving: 2,
      changes: [
        { path: "message.text", before: "Hello {{first_name}}", after: "Servus {{first_name}}" },
        { path: "segments.germans.country.in.0", before: null, after: "AT" },
        { path: "segments.germans.country.in.1", before: null, after: "FR" },
        { path: "segments.germans.country", before: "DE", after: null },
      ],
    });
    expect(campaign("hello").samples[0].before).toEqual({ text: "Hello •••" });
    expect(campaign("other")).toMatchObject({
      change: "none",
      changes: [],
      entering: 0,
      leaving: 0,
    });
    expect(plan.snapshot.git.base).toBe(git(folder, "rev-parse", "HEAD").trim());
  });

  test("tells added, removed, paused and renamed campaigns apart", async () => {
    const folder = repository({ "campaigns/third.yaml": SMALL_CAMPAIGN.replace("Hello", "Third") });
    git(folder, "mv", "campaigns/hello.yaml", "campaigns/hallo.yaml");
    edit(folder, "campaigns/hallo.yaml", (text) => `was: hello\n${text}`);
    edit(folder, "campaigns/third.yaml", (text) => text.replace("active", "paused"));
    rmSync(join(folder, "campaigns/other.yaml"));
    writeFileSync(join(folder, "campaigns/new.yaml"), SMALL_CAMPAIGN.replace("Hello", "New"));
    const { plan, campaign } = await planOf(folder);
    expect(campaign("hallo")).toMatchObject({ change: "renamed", renamed_from: "hello" });
    expect(campaign("new")).toMatchObject({ change: "added", entering: 4 });
    expect(plan.snapshot.compared.removed).toEqual([
      { id: "other", because: "deleted", leaving: 4 },
      { id: "third", because: "paused", leaving: 4 },
    ]);
    expect(plan.snapshot.warnings).toEqual([]);
  });

  test("warns of a campaign that goes while another says the same", async () => {
    const folder = repository();
    git(folder, "mv", "campaigns/hello.yaml", "campaigns/hallo.yaml");
    const { plan } = await planOf(folder);
    expect(plan.snapshot.warnings).toMatchObject([
      { code: "CAMPAIGN_LIKE_RENAMED", detail: expect.stringContaining("`was: hello`") },
    ]);
  });

  test("judges by the base's guards, so that a change cannot loosen its own limits", async () => {
    const guards = (max: number) =>
      SMALL_WORKSPACE.replace("guards: {", `guards: { max_recipients: ${max},`);
    const folder = repository({ "posthorn.yaml": guards(6) });
    edit(folder, "segments/germans.yaml", () => "description: x\nwhere: { segment: everyone }\n");
    edit(folder, "posthorn.yaml", () => guards(900));
    const { exit, plan } = await planOf(folder);
    expect(exit).toBe(4);
    expect(plan.snapshot.guards[0]).toMatchObject({ limit: 6, actual: 8, in_base: false });
    expect(plan.snapshot.compared.guards).toEqual([
      { path: "max_recipients", before: 6, after: 900 },
    ]);
    expect(plan.intent.guards.max_recipients).toBe(900);
  });

  test("a guard that holds without the change too does not block it", async () => {
    const folder = repository({
      "posthorn.yaml": SMALL_WORKSPACE.replace("guards: {", "guards: { max_recipients: 1,"),
    });
    edit(folder, "campaigns/hello.yaml", (text) => text.replace("Hello", "Hi"));
    const { exit, plan } = await planOf(folder);
    expect(exit).toBe(0);
    expect(plan.snapshot.guards[0]).toMatchObject({ outcome: "block", in_base: true });
    expect(plan.summary.blocked).toBe(0);
  });

  test("plans both on data that the change declares anew", async () => {
    const folder = repository();
    edit(folder, "posthorn.yaml", (text) =>
      text.replace("attributes: {", "attributes: { extra: { type: string, sensitive: false },"),
    );
    edit(folder, "campaigns/hello.yaml", (text) =>
      text.replace("segment: germans", "segment: everyone"),
    );
    const { campaign } = await planOf(folder);
    expect(campaign("hello")).toMatchObject({ entering: 2, leaving: 0 });
  });

  test("a base without a valid workspace is a warning: a repair can be planned", async () => {
    const folder = repository({ "campaigns/other.yaml": "segment: nobody\n" });
    rmSync(join(folder, "campaigns/other.yaml"));
    const { exit, plan } = await planOf(folder);
    expect(exit).toBe(0);
    expect(plan.snapshot.warnings).toMatchObject([{ code: "BASE_INVALID" }]);
  });

  test("in a folder of a larger repository, that folder's files are compared", async () => {
    const folder = repository();
    git(folder, "mv", "-k", "posthorn.yaml", "campaigns", "segments", "data", "schemas", ".");
    const inner = join(folder, "page");
    const { mkdirSync } = await import("node:fs");
    mkdirSync(inner);
    git(folder, "mv", "posthorn.yaml", "campaigns", "segments", "data", "page");
    commit(folder);
    edit(inner, "campaigns/hello.yaml", (text) => text.replace("Hello", "Hi"));
    const { campaign } = await planOf(inner);
    expect(campaign("hello").change).toBe("changed");
    expect(campaign("other").change).toBe("none");
  });

  test("a base that is unknown or no ancestor is refused with what to do", async () => {
    const folder = repository();
    const unknown = await posthorn(["plan", "--base", "origin/nope"], { cwd: folder });
    expect(unknown.exit).toBe(64);
    expect(unknown.err).toContain("git knows no such commit here");
    git(folder, "checkout", "--quiet", "--orphan", "stranger");
    // With the same files it would be the same commit, if it comes in the same second.
    edit(folder, "campaigns/hello.yaml", (text) => text.replace("Hello", "Hi"));
    commit(folder);
    const stranger = await posthorn(["plan", "--base", "main"], { cwd: folder });
    expect(stranger.exit).toBe(64);
    expect(stranger.err).toContain("is not an ancestor of HEAD");
  });

  test("a shallow clone says how to deepen it", async () => {
    const folder = repository();
    const first = git(folder, "rev-parse", "HEAD").trim();
    edit(folder, "campaigns/hello.yaml", (text) => text.replace("Hello", "Hi"));
    commit(folder);
    const clone = join(folder, "clone");
    git(folder, "clone", "--quiet", "--depth=1", `file://${folder}`, clone);
    const ran = await posthorn(["plan", "--base", first], { cwd: clone });
    expect(ran.exit).toBe(64);
    expect(ran.err).toContain("fetch-depth: 0");
  });

  test("says it in words, and in Markdown", async () => {
    const folder = repository();
    edit(folder, "campaigns/hello.yaml", (text) => text.replace("Hello", "Servus"));
    rmSync(join(folder, "campaigns/other.yaml"));
    const text = await posthorn(["plan", "--base", "HEAD", ...NOW], { cwd: folder });
    expect(text.out).toContain("2 campaigns touched.\n- other  removed; 4 people in its audience");
    expect(text.out).toContain("message.text: [-Hello-]{+Servus+} {{first_name}}");
    expect(text.out).toContain("base reads: [-Hello-]{+Servus+} •••");
    const args = ["plan", "--base", "HEAD", ...NOW, "--format", "markdown"];
    const markdown = await posthorn(args, { cwd: folder });
    expect(markdown.out).toContain("<del>Hello</del><ins>Servus</ins>");
  });
});
