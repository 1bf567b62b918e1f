import { readdirSync } from "node:fs";
import { openEventQueue } from "../../../src/adapters/event-queue/open-event-queue.ts";
import type { EventQueue } from "../../../src/ports/event-queue.ts";

export const MINUTE = 60_000;
export const START = 1_790_000_000_000;

export function queueIn(folder: string, clock = { now: START }): EventQueue {
  return openEventQueue(folder, () => clock.now);
}

export const append = (queue: EventQueue, ...bodies: string[]) =>
  Promise.all(bodies.map((body) => queue.append(Buffer.from(body))));

/** Takes everything that waits. */
export function takeAll(queue: EventQueue): string[] {
  const bodies: string[] = [];
  for (let batch = queue.next(); batch !== undefined; batch = queue.next()) {
    bodies.push(...batch.bodies);
    queue.taken(batch);
  }
  return bodies;
}

export const segments = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort();
