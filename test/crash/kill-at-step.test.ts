import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { plainEnv, posthorn, smallWorkspace } from "../cli/posthorn.ts";
import { graphFor, NOW } from "./used-workspace.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const KILL_AT = new URL("kill-at.mjs", import.meta.url).href;
const PEOPLE = 3;

interface Step {
  readonly name: string;
  readonly call: string;
  /** A part of the path that the call is about. */
  readonly path: string;
  readonly nth: number;
  readonly when: "before" | "after";
  /** How many of the three it has sent to by then. */
  readonly sent: number;
  /** How many read as unknown afterwards, and are left alone. */
  readonly unknown: number;
}

const LEASE = { path: "lease-", nth: 1, sent: 0, unknown: 0 };
const DOCUMENT = { path: "state.json", nth: 1, sent: 0, unknown: 0 };
const CLAIMS = { path: ".ndjson", nth: 1, sent: 0 };
const OUTCOMES = { path: ".ndjson", nth: 2, sent: PEOPLE };

const STEPS: readonly Step[] = [
  { ...LEASE, name: "before the lease is there", call: "linkSync", when: "before" },
  { ...LEASE, name: "with the lease just made", call: "linkSync", when: "after" },
  { ...DOCUMENT, name: "before the serial", call: "renameSync", when: "before" },
  { ...DOCUMENT, name: "after the serial", call: "renameSync", when: "after" },
  { ...CLAIMS, name: "before the claims", call: "writeSync", when: "before", unknown: 0 },
  { ...CLAIMS, name: "with claims not synced", call: "writeSync", when: "after", unknown: 3 },
  { ...CLAIMS, name: "when claims are synced", call: "fdatasync", when: "before", unknown: 3 },
  { ...OUTCOMES, name: "before the outcomes", call: "writeSync", when: "before", unknown: 3 },
  { ...OUTCOMES, name: "with outcomes not synced", call: "writeSync", when: "after", unknown: 0 },
  {
    ...LEASE,
    name: "before the lease is given up",
    call: "rmSync",
    nth: 2,
    when: "before",
    sent: PEOPLE,
  },
];

/** Runs an apply that kills itself, and gives the signal that ended it. */
function killed(step: Step, of: { cwd: string; env: Record<string, string> }) {
  const child = spawn(process.execPath, ["--import", KILL_AT, MAIN, "apply", ...NOW], {
    cwd: of.cwd,
    env: { ...plainEnv(), ...of.env, KILL_AT: JSON.stringify(step) },
  });
  return new Promise((resolve) => child.on("close", (_exit, signal) => resolve(signal)));
}

for (const step of STEPS) {
  test(`kill -9 ${step.name}: the next apply goes on, and nobody gets it twice`, async () => {
    const { sandbox, env } = await graphFor();
    const cwd = smallWorkspace();
    expect(await killed(step, { cwd, env })).toBe("SIGKILL");
    expect(sandbox.deliveredCount).toBe(step.sent);
    const next = await posthorn(["apply", ...NOW, "--format", "json"], { cwd, env });
    expect(next.exit).toBe(0);
    const report = JSON.parse(next.out);
    const sentNow = PEOPLE - Math.max(step.sent, step.unknown);
    expect(report.totals.sent).toBe(sentNow);
    expect(report.unresolved_before).toBe(step.unknown);
    expect(sandbox.deliveredCount).toBe(step.sent + sentNow);
  });
}
