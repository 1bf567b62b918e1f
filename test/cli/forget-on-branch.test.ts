import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { git, remoteWith } from "../adapters/git/repositories.ts";
import { posthornHere } from "./in-process.ts";
import { SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];
const BRANCH = "ph-state";

test("on a branch, who is forgotten is a file more, and no runner sends to them", async () => {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const key = { POSTHORN_STATE_KEY: "a key of at least thirty-two bytes" };
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any", ...key };
  const state = `state: git+branch:${BRANCH}`;
  const { remote, clone } = remoteWith(
    smallWorkspace({
      "posthorn.yaml": SMALL_WORKSPACE.replace("state: data/state", state),
      "campaigns/again.yaml": SMALL_CAMPAIGN,
    }),
  );
  const [first, other] = [clone(), clone()];
  const apply = ["apply", "--only", "hello", ...NOW];
  expect((await posthornHere(apply, { cwd: first, env })).exit).toBe(0);
  const before = git(remote, "ls-tree", "-r", "--name-only", BRANCH).trim().split("\n");
  const forget = ["users", "forget", "u1", ...NOW];
  expect((await posthornHere(forget, { cwd: first, env })).exit).toBe(0);
  const after = git(remote, "ls-tree", "-r", "--name-only", BRANCH).trim().split("\n");
  expect(after).toEqual(expect.arrayContaining(before));
  const [added = ""] = after.filter((path) => path.startsWith("forgotten/"));
  const text = git(remote, "show", `${BRANCH}:${added}`);
  expect(JSON.parse(text)).toMatchObject({ format: "posthorn.forgotten/1", workspace: "small" });
  expect(text).not.toMatch(/u1"|7100000000000001/);
  const plan = ["plan", "--only", "again", "--format", "json", ...NOW];
  const { out } = await posthornHere(plan, { cwd: other, env });
  const [campaign] = JSON.parse(out).snapshot.campaigns;
  expect(campaign).toMatchObject({ eligible: 2, left_out: { no_consent: 1 } });
  const again = await posthornHere(forget, { cwd: other, env });
  expect(again.exit).toBe(0);
}, 60_000);
