import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { userStamp } from "../../../src/adapters/duckdb/file-stamp.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { userSource } from "./data-workspace.ts";
import type { Format } from "./source-files.ts";

const LONG_AGO = 1_700_000_000;

function stamped(format: Format, text: string) {
  const root = temporaryFolder();
  const path = join(root, `users.${format}`);
  writeFileSync(path, text);
  const declared = { pattern: `users.${format}`, format, attributes: {} };
  const stamp = (inbound?: string) => userStamp(userSource(declared, { inbound }), root);
  return { root, path, stamp };
}

test("users that may still be written are not looked at, but for an array, which is whole", () => {
  const lines = stamped("ndjson", "{}\n");
  expect(lines.stamp()).toBeUndefined();
  utimesSync(lines.path, LONG_AGO, LONG_AGO);
  expect(lines.stamp()).toContain("users.ndjson");
  expect(stamped("json", "[]").stamp()).toContain("users.json");
});

test("what people tell is looked at while it is written, and told from before", () => {
  const { root, path, stamp } = stamped("ndjson", "{}\n");
  utimesSync(path, LONG_AGO, LONG_AGO);
  const none = stamp("inbound");
  mkdirSync(join(root, "inbound"));
  expect(stamp("inbound")).toBe(none);
  appendFileSync(join(root, "inbound/a.ndjson"), "{}\n");
  const first = stamp("inbound");
  appendFileSync(join(root, "inbound/a.ndjson"), "{}\n");
  expect(new Set([none, first, stamp("inbound")]).size).toBe(3);
});
