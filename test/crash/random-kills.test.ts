import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("applies killed at random moments, among faults: no delivery twice, none lost", async () => {
  const args = ["bench/kill.mjs", "--kills", "20", "--people", "120", "--rate", "100", "--json"];
  const { stdout } = await run(process.execPath, args);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ duplicates: 0, lost: 0, contradictions: 0 });
  expect(told.accepted).toBeGreaterThan(100);
  expect(told.kills.sending).toBeGreaterThan(3);
  expect(told.takenOver).toBeGreaterThan(3);
}, 300_000);
