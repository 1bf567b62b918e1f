import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { git, remoteWith } from "../adapters/git/repositories.ts";
import {
  person,
  plainEnv,
  posthorn,
  SMALL_CAMPAIGN,
  SMALL_WORKSPACE,
  temporaryFolder,
} from "../cli/posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const VERSION = JSON.parse(readFileSync("package.json", "utf8")).version;

/** `posthorn` is the one that was built; `npm` only hears what it is asked to install. */
function commands(): string {
  const folder = temporaryFolder();
  const install = `install --global --ignore-scripts posthorn@${VERSION}`;
  const scripts = {
    posthorn: `exec '${process.execPath}' '${MAIN}' "$@"`,
    npm: `test "$*" = '${install}'`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

interface Running {
  readonly cwd: string;
  /** GitHub's variables of this event. */
  readonly env: Record<string, string>;
  /** The values of the expressions that the steps' `env:` may hold. */
  readonly values: Record<string, string>;
}

/** Runs every `run:` step of one job as a runner would, and gives the outputs that they set. */
async function runJob(workflow: string, job: string, running: Running) {
  const { jobs } = parse(readFileSync(join(running.cwd, ".github/workflows", workflow), "utf8"));
  const temp = temporaryFolder();
  const files = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"].map(
    (name) => [name, join(temp, name)] as const,
  );
  for (const [, file] of files) writeFileSync(file, "");
  const pairs = (name: string) =>
    Object.fromEntries(
      readFileSync(join(temp, name), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  const printed: string[] = [];
  for (const { run, env = {} } of jobs[job].steps) {
    if (run === undefined) continue;
    const own = Object.entries<string>(env).map(([name, text]) => [name, valueIn(text, running)]);
    const all = {
      ...plainEnv(),
      ...running.env,
      ...Object.fromEntries(files),
      ...pairs("GITHUB_ENV"),
      ...Object.fromEntries(own),
      CI: "true",
      GITHUB_ACTIONS: "true",
      PATH: `${running.env["BIN"]}:${process.env["PATH"]}`,
    };
    printed.push(await bash(run, running.cwd, all));
  }
  const summary = readFileSync(join(temp, "GITHUB_STEP_SUMMARY"), "utf8");
  return { outputs: pairs("GITHUB_OUTPUT"), printed: printed.join(""), summary };
}

function valueIn(text: string, { values }: Running): string {
  const expression = /^\$\{\{ (.*) \}\}$/.exec(text)?.[1];
  if (expression === undefined) return text;
  const value = values[expression];
  if (value === undefined) throw new Error(`the test knows no value of ${expression}`);
  return value;
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script];
    execFile("bash", args, { cwd, env }, (fault, out, err) => {
      if (fault === null) resolve(out + err);
      else reject(new Error(`${script}\nended with ${fault.code}\n${out}${err}`));
    });
  });
}

/** A workspace of `init` with data of today and a state that outlives its runner. */
async function initialised(): Promise<string> {
  const folder = temporaryFolder();
  expect((await posthorn(["init", "-C", folder])).exit).toBe(0);
  // The example makes way for somebody's own campaigns.
  for (const part of ["campaigns", "segments"]) rmSync(join(folder, part), { recursive: true });
  mkdirSync(join(folder, "campaigns"));
  const inbound = new Date(Date.now() - 3_600_000).toISOString();
  const people = [1, 2, 3].map((n) => JSON.stringify(person(n, { last_inbound_at: inbound })));
  const files = {
    "posthorn.yaml": SMALL_WORKSPACE.replace("data/users.ndjson", "${POSTHORN_USERS}").replace(
      "state: data/state",
      "state: git+branch:posthorn-state",
    ),
    "campaigns/hello.yaml": SMALL_CAMPAIGN,
    "data/users.json": `[${people.join(",")}]`,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

test("every step runs: a change is checked, planned and commented, then sent once", async () => {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const comments: string[] = [];
  const api = await githubWith(comments);
  const { clone } = remoteWith(await initialised());
  const cwd = clone();
  git(cwd, "fetch", "--quiet", "--unshallow");
  const base = git(cwd, "rev-parse", "HEAD").trim();
  const campaign = join(cwd, "campaigns/hello.yaml");
  writeFileSync(campaign, readFileSync(campaign, "utf8").replace("Hello", "Servus"));
  git(cwd, "commit", "--quiet", "-a", "-m", "Greet as in the south");

  const key = "a key of at least thirty-two bytes";
  const common = { BIN: commands(), GITHUB_REPOSITORY: "acme/campaigns", GITHUB_API_URL: api };
  const pull: Running = {
    cwd,
    env: { ...common, GITHUB_EVENT_NAME: "pull_request", GITHUB_REF: "refs/pull/7/merge" },
    values: {
      "github.event.pull_request.base.sha": base,
      "secrets.POSTHORN_STATE_KEY": key,
      "github.token": "gh-token",
    },
  };
  await runJob("campaigns-check.yml", "validate", pull);
  const plan = await runJob("campaigns-plan.yml", "plan", pull);
  expect(plan.outputs).toMatchObject({ outcome: "ok", has_changes: "true", people: "3" });
  expect(plan.summary).toContain("<del>Hello</del><ins>Servus</ins>");
  expect(readFileSync(join(cwd, "plan.html"), "utf8")).toContain("<del>Hello</del>");
  await runJob("campaigns-plan.yml", "comment", pull);
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain("**3 messages would be sent now**");

  git(cwd, "push", "--quiet", "origin", "HEAD:main");
  const merged: Running = {
    cwd,
    env: { ...common, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main" },
    values: { "secrets.POSTHORN_STATE_KEY": key },
  };
  const decided = await runJob("campaigns-apply.yml", "decide", merged);
  expect(decided.outputs).toMatchObject({ has_changes: "true", digest: plan.outputs["digest"] });
  const applying: Running = {
    ...merged,
    env: { ...merged.env, POSTHORN_GRAPH_URL: sandbox.url },
    values: {
      ...merged.values,
      "inputs.expect || needs.decide.outputs.digest": decided.outputs["digest"] ?? "",
      "secrets.MESSENGER_PAGE_TOKEN": "page-token",
    },
  };
  const applied = await runJob("campaigns-apply.yml", "apply", applying);
  expect(applied.outputs).toMatchObject({ outcome: "ok", people: "3" });
  expect(applied.printed).not.toMatch(/page-token|thirty-two/);
  expect(sandbox.delivered.map(({ deliveryId }) => deliveryId)).toHaveLength(3);

  // The schedule comes again, on another machine.
  const later = await runJob("campaigns-apply.yml", "decide", { ...merged, cwd: clone() });
  expect(later.outputs).toMatchObject({ has_changes: "false", people: "0" });
});

/** GitHub as far as this job needs it: it keeps what is posted. */
async function githubWith(comments: string[]): Promise<string> {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      if (request.method === "POST") comments.push(JSON.parse(text).body);
      response.writeHead(request.url === "/user" ? 403 : 200);
      response.end(request.method === "GET" ? "[]" : "{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
