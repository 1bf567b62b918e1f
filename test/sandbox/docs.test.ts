import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EVENT_FAULTS, SEND_FAULTS, USAGE_FAULTS } from "../../src/sandbox/fault-plan.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";

const text = readFileSync("docs/sandbox.md", "utf8");
const written = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

test("the page on the sandbox names every fault", () => {
  const names = [SEND_FAULTS, EVENT_FAULTS, USAGE_FAULTS].flatMap((faults) => Object.keys(faults));
  const named = new Set(written.map((code) => code.replace(/[=@:].*$/, "")));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !named.has(name))).toEqual([]);
});

test("and its example can be read", () => {
  const example = written.find((code) => code.includes("seed=7")) ?? "";
  expect(parseFaults(example).plan?.rules).toHaveLength(4);
});
