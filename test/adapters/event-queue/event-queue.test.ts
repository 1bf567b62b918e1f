import { statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { append, MINUTE, queueIn, START, segments, takeAll } from "./queues.ts";

describe("what was appended", () => {
  test("comes out once, in order, each body on its own", async () => {
    const queue = queueIn(temporaryFolder());
    expect(queue.next()).toBeUndefined();
    await append(queue, '{"a":1}', '{"b":"ü"}');
    await append(queue, '{"c":3}');
    expect(takeAll(queue)).toEqual(['{"a":1}', '{"b":"ü"}', '{"c":3}']);
    expect(queue.next()).toBeUndefined();
  });

  test("is remembered on disk once a second, when nothing waits, and at the end", async () => {
    const folder = temporaryFolder();
    const clock = { now: START };
    const queue = queueIn(folder, clock);
    const take = () => {
      const batch = queue.next();
      if (batch !== undefined) queue.taken(batch);
    };
    const left = () => queueIn(folder).waitingBytes();
    const kept = "x".repeat(200_000);
    await append(queue, kept, kept, kept, kept);
    take();
    expect(left()).toBe(3 * 200_001);
    clock.now += 999;
    take();
    expect(left()).toBe(3 * 200_001);
    clock.now += 1;
    take();
    expect(left()).toBe(200_001);
    take();
    expect(left()).toBe(200_001);
    take();
    expect(left()).toBe(0);
    await append(queue, kept);
    take();
    await queue.close();
    expect(left()).toBe(0);
  });

  test("over several lines comes out on one, and means the same", async () => {
    const queue = queueIn(temporaryFolder());
    const body = { text: "a\nb\r\n", more: [1, 2] };
    await append(queue, JSON.stringify(body, null, 2).replaceAll("\n", "\r\n"));
    const [line = ""] = takeAll(queue);
    expect(line).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).toEqual(body);
  });

  test("comes again until it is said to be taken, also after a crash", async () => {
    const folder = temporaryFolder();
    const queue = queueIn(folder);
    await append(queue, "1", "2");
    const first = queue.next();
    expect(queue.next()).toEqual(first);
    expect(queueIn(folder).next()?.bodies).toEqual(["1", "2"]);
    if (first !== undefined) queue.taken(first);
    await append(queue, "3");
    expect(queueIn(folder).next()?.bodies).toEqual(["3"]);
  });

  test("of any length comes out whole: a batch ends with a body", async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 1_200_000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lengths, async (sizes) => {
        const queue = queueIn(temporaryFolder());
        const bodies = sizes.map((size, n) => `${n}`.repeat(size));
        await append(queue, ...bodies);
        expect(takeAll(queue)).toEqual(bodies);
        await queue.close();
      }),
      { numRuns: 15 },
    );
  });

  test("is counted until it is taken", async () => {
    const queue = queueIn(temporaryFolder());
    await append(queue, "12345", "1");
    expect(queue.waitingBytes()).toBe(8);
    takeAll(queue);
    expect(queue.waitingBytes()).toBe(0);
  });
});

describe("segments", () => {
  test("go once they are a minute old and taken in; no sooner", async () => {
    const folder = temporaryFolder();
    const clock = { now: START };
    const queue = queueIn(folder, clock);
    await append(queue, "1");
    takeAll(queue);
    clock.now += MINUTE - 1;
    takeAll(queue);
    expect(segments(folder)).toHaveLength(1);
    clock.now += 1;
    takeAll(queue);
    expect(segments(folder)).toEqual([]);
    await append(queue, "2");
    expect(takeAll(queue)).toEqual(["2"]);
  });

  test("that are taken in go at the end, those that are not stay", async () => {
    const folder = temporaryFolder();
    const queue = queueIn(folder);
    await append(queue, "1");
    takeAll(queue);
    await queue.close();
    expect(segments(folder)).toEqual([]);
    const next = queueIn(folder);
    await append(next, "2");
    await next.close();
    expect(takeAll(queueIn(folder))).toEqual(["2"]);
  });

  test("of a clock that goes back keep the order in which they were made", async () => {
    const clock = { now: START };
    const queue = queueIn(temporaryFolder(), clock);
    await append(queue, "1");
    clock.now += MINUTE;
    await append(queue, "2");
    clock.now -= 10 * MINUTE;
    await append(queue, "3");
    clock.now += 20 * MINUTE;
    await append(queue, "4");
    expect(takeAll(queue)).toEqual(["1", "2", "3", "4"]);
  });

  test("of another process stay while it may still write them", async () => {
    const folder = temporaryFolder();
    const clock = { now: Date.now() };
    const other = queueIn(folder, clock);
    await append(other, "1");
    const mine = queueIn(folder, clock);
    expect(takeAll(mine)).toEqual(["1"]);
    clock.now += 6 * MINUTE;
    takeAll(mine);
    expect(segments(folder)).toHaveLength(1);
    clock.now += 1000;
    takeAll(mine);
    expect(segments(folder)).toEqual([]);
  });

  test("that were removed nevertheless lose nothing that was promised", async () => {
    const folder = temporaryFolder();
    const clock = { now: START };
    const suspended = queueIn(folder, clock);
    await append(suspended, "1");
    const [name = ""] = segments(folder);
    utimesSync(join(folder, name), START / 1000, START / 1000);
    const other = queueIn(folder, { now: START + 10 * MINUTE });
    expect(takeAll(other)).toEqual(["1"]);
    takeAll(other);
    await expect(append(suspended, "2")).rejects.toThrow("a segment was removed");
    await append(suspended, "3");
    expect(takeAll(suspended)).toEqual(["3"]);
  });
});

test("many who wait share one wait for the disk", async () => {
  const folder = temporaryFolder();
  const queue = queueIn(folder);
  const bodies = Array.from({ length: 5000 }, (_, n) => String(n));
  await append(queue, ...bodies);
  expect(takeAll(queue)).toEqual(bodies);
  expect(statSync(join(folder, segments(folder)[0] ?? "")).size).toBe(bodies.join("\n").length + 1);
});

test("a folder that cannot be made is told by its path", () => {
  const folder = join(temporaryFolder(), "file");
  writeFileSync(folder, "");
  expect(() => queueIn(join(folder, "queue"))).toThrow(/queue of webhooks in .*file.*fails/);
});
