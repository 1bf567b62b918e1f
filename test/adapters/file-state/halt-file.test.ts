import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { opening, stateIn } from "./fixture.ts";

test("a halt stands beside a lease, is seen under it, and goes away without a trace", async () => {
  const folder = join(temporaryFolder(), "state");
  const store = stateIn(folder);
  expect((await store.read()).halted).toBeNull();
  const writer = await store.open(opening("run-1"));
  await stateIn(folder).halt("wrong price");
  expect(await writer.halted()).toBe("wrong price");
  expect((await store.read()).halted).toBe("wrong price");
  await stateIn(folder).halt(null);
  await stateIn(folder).halt(null);
  expect(await writer.halted()).toBeNull();
  await writer.close();
  expect(readdirSync(folder).filter((name) => name.startsWith("halt"))).toEqual([]);
});

test("an empty halt file, and one that cannot be read, halt too", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "halt"), " \n");
  expect((await stateIn(folder).read()).halted).toBe("no reason was given");
  const other = temporaryFolder();
  mkdirSync(join(other, "halt"));
  expect((await stateIn(other).read()).halted).toContain("the halt file cannot be read");
});
