import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { workflowFaults } from "./parse-workflow.ts";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  return { name, text, workflow: parse(text) };
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly steps: Step[];
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
}

const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries<Job>(workflow.jobs).map(([id, job]) => ({ at: `${name} ${id}`, job, name })),
);

describe("the workflows", () => {
  test("are there: checks, plan and apply, and the tests of Posthorn itself", () => {
    expect(workflows.map(({ name }) => name).sort()).toEqual([
      "campaigns-apply.yml",
      "campaigns-check.yml",
      "campaigns-plan.yml",
      "ci.yml",
    ]);
  });

  for (const { name, text } of workflows) {
    test(`${name} is a workflow to GitHub's own parser`, async () => {
      expect(await workflowFaults(name, text)).toEqual([]);
    });
  }

  test("GitHub's parser finds a fault where there is one", async () => {
    const broken =
      "on: push\njobs: { a: { runs-on: x, steps: [{ run: '${{ nope( }}', wiht: 1 }] } }";
    expect(await workflowFaults("broken.yml", broken)).toHaveLength(2);
  });

  test("pin every action by full commit, with its version beside it", () => {
    const uses = workflows.flatMap(({ text }) => text.match(/uses: .*/g) ?? []);
    expect(uses.length).toBeGreaterThan(8);
    const pinned = /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test("grant nothing by default, and each job only what it names", () => {
    expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual(
      workflows.map(() => ({})),
    );
    const writers = jobs.filter(({ job }) => JSON.stringify(job.permissions).includes("write"));
    expect(writers.map(({ at, job }) => [at, job.permissions])).toEqual([
      ["campaigns-apply.yml apply", { contents: "write" }],
      ["campaigns-plan.yml comment", { "pull-requests": "write" }],
    ]);
  });

  test("end by themselves", () => {
    expect(jobs.filter(({ job }) => !job["timeout-minutes"])).toEqual([]);
  });

  test("put no expression into a script, where text of a pull request could become code", () => {
    const scripts = jobs.flatMap(({ job }) => job.steps.flatMap(({ run }) => run ?? []));
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  test("show the page's token to the apply alone, in an environment of its own", () => {
    const holders = jobs.filter(({ job }) => JSON.stringify(job).includes("MESSENGER_PAGE_TOKEN"));
    expect(holders.map(({ at }) => at)).toEqual(["campaigns-apply.yml apply"]);
    expect(holders[0]?.job.environment).toBe("campaigns");
    const apply = workflows.find(({ name }) => name === "campaigns-apply.yml");
    expect(Object.keys(apply?.workflow.on)).toEqual(["push", "schedule", "workflow_dispatch"]);
  });

  test("check pull requests without any secret", () => {
    const check = workflows.find(({ name }) => name === "campaigns-check.yml");
    expect(check?.text).not.toContain("secrets.");
    expect(check?.text).not.toContain("github.token");
  });

  test("install the version that they came with", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    const installs = workflows.flatMap(({ text }) => text.match(/posthorn@\S+/g) ?? []);
    expect(installs.length).toBeGreaterThan(4);
    expect(new Set(installs)).toEqual(new Set([`posthorn@${version}`]));
  });
});
