import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/posthorn.ts";

test("the plain script of the benchmark counts the same people as a plan", async () => {
  const size = ["--users", "3000", "--sends", "6000", "--share", "most", "--unique"];
  const args = ["bench/plan.mjs", "--cache", temporaryFolder(), "--rounds", "1", ...size];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const counts = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  expect(counts.matched).toBeGreaterThan(2_500);
  expect(counts.eligible).toBeGreaterThan(1_500);
  const reasons = ["already_sent", "already_failed", "frequency_cap", "outside_window", "no_psid"];
  for (const reason of reasons) expect(counts[reason]).toBeGreaterThan(0);
}, 120_000);
