import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exported, NOW, ownFilesWith, PSID, totals, usedWorkspace } from "../cli/forgetting.ts";
import { posthornHere } from "../cli/in-process.ts";
import { plainEnv } from "../cli/posthorn.ts";
import { copyOf } from "./used-workspace.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const KILL_AT = new URL("kill-at.mjs", import.meta.url).href;

interface Step {
  readonly call: string;
  /** A part of the path that the call is about. */
  readonly path: string;
  readonly when: string;
}

/** From the file that says who was forgotten on, no plan has them. */
const STEPS: readonly Step[] = [
  "before renameSync forgotten/key",
  "after renameSync forgotten/key",
  "before renameSync .json.tmp",
  "after renameSync .json.tmp",
  "before renameSync data/inbound/",
  "after renameSync data/inbound/",
  "before renameSync state.json",
  "before renameSync .parquet",
  "after renameSync .parquet",
  "before renameSync compacted-2.json",
  "after renameSync compacted-2.json",
  "before rmSync ledger/",
  "after rmSync ledger/",
].map((words) => {
  const [when = "", call = "", path = ""] = words.split(" ");
  return { when, call, path };
});
const IS_KNOWN_FROM = 3;

/** Forgets u1 in a process that kills itself, and gives the signal that ended it. */
function killed(at: Step, cwd: string) {
  const args = ["--import", KILL_AT, MAIN, "users", "forget", "u1", ...NOW];
  const env = { ...plainEnv(), KILL_AT: JSON.stringify({ ...at, nth: 1 }) };
  const child = spawn(process.execPath, args, { cwd, env });
  return new Promise((resolve) => child.on("close", (_exit, signal) => resolve(signal)));
}

test("kill -9 at any step loses no record, and the next call forgets the person", async () => {
  const used = await usedWorkspace();
  const before = await totals(used.cwd);
  for (const [index, at] of STEPS.entries()) {
    const name = Object.values(at).join(" ");
    const cwd = copyOf(used.cwd);
    expect({ at: name, by: await killed(at, cwd) }).toEqual({ at: name, by: "SIGKILL" });
    expect({ at: name, totals: await totals(cwd) }).toEqual({ at: name, totals: before });
    expect(await exported(cwd)).toHaveLength(3);
    const explain = ["explain", "hello", "--user", "u1", ...NOW];
    const { out } = await posthornHere(explain, { cwd });
    const words = index < IS_KNOWN_FROM ? "opt_in is true" : "asked to be forgotten";
    expect({ at: name, out }).toEqual({
      at: name,
      out: expect.stringContaining(words),
    });
    const again = await posthornHere(["users", "forget", "u1", ...NOW], { cwd });
    expect({ at: name, exit: again.exit }).toEqual({ at: name, exit: 0 });
    expect({ at: name, files: ownFilesWith(cwd, PSID) }).toEqual({ at: name, files: [] });
    expect(await exported(cwd)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), "u2", "u3"]);
    expect(await totals(cwd)).toEqual(before);
    expect(readdirSync(join(cwd, "data/state/ledger")).filter((name) => /tmp$/.test(name))).toEqual(
      [],
    );
  }
}, 180_000);
