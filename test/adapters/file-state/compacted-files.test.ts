import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compacted, MANIFEST, PARQUET } from "./compactions.ts";
import { opening } from "./fixture.ts";

describe("a compacted file that is not what was written", () => {
  const faults: Record<string, (path: string) => void> = {
    "was cut short": (path) => truncateSync(path, 1_000),
    "has grown": (path) => appendFileSync(path, "PAR1"),
    "is missing, as its segment is": (path) => rmSync(path),
    "is of another kind": (path) => writeFileSync(path, "x".repeat(readFileSync(path).length)),
  };
  for (const [what, spoil] of Object.entries(faults)) {
    test(`and ${what} is refused by name`, async () => {
      const { folder, store } = await compacted();
      rmSync(join(folder, "ledger/run-1.ndjson"));
      spoil(join(folder, "ledger", PARQUET));
      const refused = { exit: "state", message: expect.stringContaining(PARQUET) };
      await expect(store.read()).rejects.toMatchObject(refused);
      await expect(store.open(opening("run-2"))).rejects.toMatchObject(refused);
    });
  }

  test("but by one byte is refused before anything is sent", async () => {
    const { folder, store } = await compacted();
    const path = join(folder, "ledger", PARQUET);
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(store.open(opening("run-2"))).rejects.toMatchObject({
      exit: "state",
      message: expect.stringContaining(`${path} is not as it was written`),
    });
    expect(readFileSync(join(folder, "state.json"), "utf8")).toContain('"serial": 1');
  });

  const manifests: Record<string, (text: string) => string> = {
    "a newer form": (text) => text.replace("posthorn.compaction/1", "posthorn.compaction/2"),
    "another workspace": (text) => text.replace('"acme"', '"other"'),
    "half of itself": (text) => text.slice(0, 100),
  };
  for (const [what, change] of Object.entries(manifests)) {
    test(`because its manifest has ${what} is refused by name`, async () => {
      const { folder, store } = await compacted();
      const path = join(folder, "ledger", MANIFEST);
      writeFileSync(path, change(readFileSync(path, "utf8")));
      const refused = { exit: "state", message: expect.stringContaining(path) };
      await expect(store.read()).rejects.toMatchObject(refused);
      await expect(store.open(opening("run-2"))).rejects.toMatchObject(refused);
    });
  }
});
