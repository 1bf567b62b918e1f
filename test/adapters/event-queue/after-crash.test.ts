import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { append, MINUTE, queueIn, segments, takeAll } from "./queues.ts";

describe("after a crash", () => {
  async function leftBehind(...bodies: string[]) {
    const folder = temporaryFolder();
    await append(queueIn(folder), ...bodies);
    const [name = ""] = segments(folder);
    return { folder, path: join(folder, name) };
  }

  test("half a line at the end is passed over", async () => {
    const { folder, path } = await leftBehind('{"a":1}');
    appendFileSync(path, '{"torn":');
    const queue = queueIn(folder);
    await append(queue, '{"b":2}');
    expect(takeAll(queue)).toEqual(['{"a":1}', '{"b":2}']);
  });

  test.each([0, 1, 7, 8, 9, 15])(
    "a segment cut to %i bytes gives its whole lines",
    async (size) => {
      const { folder, path } = await leftBehind('{"a":1}', '{"b":2}');
      truncateSync(path, size);
      const whole = ['{"a":1}', '{"b":2}'].slice(0, Math.floor(size / 8));
      expect(takeAll(queueIn(folder))).toEqual(whole);
    },
  );

  test.each(["", "no JSON", '{"format":"other","taken":{}}', "{}"])(
    "a position that says %j takes everything in once more",
    async (text) => {
      const { folder } = await leftBehind("1");
      takeAll(queueIn(folder));
      writeFileSync(join(folder, "position.json"), text);
      expect(takeAll(queueIn(folder))).toEqual(["1"]);
    },
  );

  test("other files in the folder are left alone", async () => {
    const { folder } = await leftBehind("1");
    writeFileSync(join(folder, "notes.ndjson"), "mine\n");
    const queue = queueIn(folder, { now: Date.now() + 60 * MINUTE });
    expect(takeAll(queue)).toEqual(["1"]);
    takeAll(queue);
    expect(segments(folder)).toEqual(["notes.ndjson"]);
  });
});
