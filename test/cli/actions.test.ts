import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { posthorn, SMALL_WORKSPACE, smallWorkspace, temporaryFolder } from "./posthorn.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];

interface Seen {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** GitHub as far as comments of pull request 7 go. */
async function github(comments: Seen[], over: { readonly?: boolean; login?: string } = {}) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    calls.push(`${request.method} ${url.pathname}`);
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const answer = (status: number, json: unknown) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(json));
      };
      if (url.pathname === "/user") {
        return over.login ? answer(200, { login: over.login }) : answer(403, {});
      }
      if (request.method === "GET") {
        const page = Number(url.searchParams.get("page"));
        return answer(200, comments.slice((page - 1) * 100, page * 100));
      }
      if (over.readonly) return answer(403, { message: "Resource not accessible by integration" });
      const { body } = JSON.parse(text);
      const own = comments.find(({ id }) => url.pathname.endsWith(`/comments/${id}`));
      if (request.method === "PATCH" && own) own.body = body;
      else comments.push({ id: 9999, body, user: { login: over.login ?? "github-actions[bot]" } });
      return answer(200, {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = {
    GITHUB_API_URL: `http://127.0.0.1:${port}`,
    GITHUB_REPOSITORY: "acme/campaigns",
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_TOKEN: "gh-token",
  };
  return { env, calls };
}

function talk(many: number): Seen[] {
  return Array.from({ length: many }, (_, id) => ({
    id,
    body: `Comment ${id}`,
    user: { login: "somebody" },
  }));
}

async function savedPlan(): Promise<string> {
  const file = join(temporaryFolder(), "plan.json");
  const ran = await posthorn(["plan", ...NOW, "--out", file], { cwd: smallWorkspace() });
  expect(ran.exit).toBe(0);
  return file;
}

describe("the one comment of a pull request", () => {
  test("is created once, then left as it is, then changed in place among 250 others", async () => {
    const plan = await savedPlan();
    const comments = talk(250);
    const { env, calls } = await github(comments);
    const post = () => posthorn(["show", plan, "--comment"], { env });
    expect((await post()).err).toBe("Comment on pull request 7: created.\n");
    expect(comments).toHaveLength(251);
    expect(comments[250]?.body).toMatch(/^<!-- posthorn:plan v1 workspace=small -->\n/);
    expect((await post()).err).toBe("Comment on pull request 7: unchanged.\n");
    const own = comments[250];
    if (own) own.body = own.body.replace("3 messages", "2 messages");
    expect((await post()).err).toBe("Comment on pull request 7: updated.\n");
    expect(comments).toHaveLength(251);
    expect(comments[250]?.body).toContain("3 messages");
    expect(calls.filter((call) => call.startsWith("P"))).toEqual([
      "POST /repos/acme/campaigns/issues/7/comments",
      "PATCH /repos/acme/campaigns/issues/comments/9999",
    ]);
  });

  test("is not mistaken for somebody else's that begins alike", async () => {
    const plan = await savedPlan();
    const body = "<!-- posthorn:plan v1 workspace=small -->\nApproved, trust me";
    const comments = [{ id: 1, body, user: { login: "mallory" } }];
    const { env } = await github(comments);
    const ran = await posthorn(["show", plan, "--comment"], { env });
    expect(ran.err).toContain("created");
    expect(comments[0]?.body).toBe(body);
  });

  test("cannot be written with a token that only reads, and says where else to look", async () => {
    const plan = await savedPlan();
    const { env } = await github([], { readonly: true });
    const ran = await posthorn(["show", plan, "--comment"], { env });
    expect(ran.exit).toBe(0);
    expect(ran.err).toContain("forbidden; this token may only read");
    expect(ran.err + ran.out).not.toContain("gh-token");
  });

  test("outside of a pull request is a wrong use", async () => {
    const ran = await posthorn(["show", await savedPlan(), "--comment"], {
      env: { GITHUB_REF: "refs/heads/main", GITHUB_TOKEN: "gh-token" },
    });
    expect(ran.exit).toBe(64);
    expect(ran.err).toContain("--comment works in a GitHub Actions job for a pull request");
  });
});

describe("a job of GitHub Actions", () => {
  function job() {
    const folder = temporaryFolder();
    const [output, summary] = [join(folder, "output"), join(folder, "summary")];
    for (const file of [output, summary]) writeFileSync(file, "before=1\n");
    const env = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
    const read = (file: string) => readFileSync(file, "utf8");
    return { env, output: () => read(output), summary: () => read(summary) };
  }

  test("gets outcome, people and digest of a plan, and the plan as its summary", async () => {
    const { env, output, summary } = job();
    const ran = await posthorn(["plan", ...NOW, "--format", "json"], {
      cwd: smallWorkspace(),
      env,
    });
    const { digests } = JSON.parse(ran.out);
    expect(output()).toBe(
      `before=1\noutcome=ok\nhas_changes=true\npeople=3\ndigest=${digests.intent}\n`,
    );
    expect(summary()).toContain("**3 messages would be sent now**");
  });

  test("is told that a plan is blocked, and why a command ended early", async () => {
    const blocked = job();
    const guarded = SMALL_WORKSPACE.replace("guards: {", "guards: { max_recipients: 2,");
    const cwd = smallWorkspace({ "posthorn.yaml": guarded });
    expect((await posthorn(["plan", ...NOW], { cwd, env: blocked.env })).exit).toBe(4);
    expect(blocked.output()).toContain("outcome=blocked\n");
    const denied = job();
    await posthorn(["apply"], { cwd: smallWorkspace(), env: denied.env });
    expect(denied.output()).toContain("outcome=denied\nhas_changes=false\npeople=0\n");
  });

  test("gets what an apply sent", async () => {
    const { env, output } = job();
    await posthorn(["apply", "--sandbox", ...NOW], { cwd: smallWorkspace(), env });
    expect(output()).toMatch(
      /outcome=ok\nhas_changes=true\npeople=3\ndigest=sha256:[0-9a-f]{64}\n/,
    );
  });

  for (const event of ["pull_request", "pull_request_target", "pull_request_review"]) {
    test(`for a ${event} sends nothing, and may rehearse`, async () => {
      const env = { GITHUB_EVENT_NAME: event, MESSENGER_PAGE_TOKEN: "t", CI: "true" };
      const ran = await posthorn(["apply", "--allow-local-state"], { cwd: smallWorkspace(), env });
      expect(ran.exit).toBe(4);
      expect(ran.err).toContain(`This job runs for a ${event}`);
      const cwd = smallWorkspace();
      const rehearsal = await posthorn(["apply", "--sandbox", ...NOW], { cwd, env });
      expect(rehearsal.exit).toBe(0);
    });
  }
});
