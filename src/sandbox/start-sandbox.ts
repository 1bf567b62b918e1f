import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PortError } from "../diag/errors.ts";
import type { Account } from "./account.ts";
import { deliveredOf } from "./delivered.ts";
import type { Repeat } from "./delivery-counts.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { DeliveredMessage } from "./outbox.ts";
import type { Person } from "./people.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { serve } from "./serve.ts";
import type { PostedCounts } from "./webhooks/posted-counts.ts";
import { closeWorld, openWorld, setFaults, type World } from "./world.ts";

/** A local Graph API for one Page, and what it remembers. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`, what `graph.url` is set to. */
  readonly url: string;
  readonly port: number;
  /** What truly reached whom, oldest first, as far as it is kept. */
  readonly delivered: readonly DeliveredMessage[];
  readonly deliveredCount: number;
  /** Deliveries that reached their person more than once, of all that there ever were. */
  readonly repeats: readonly Repeat[];
  /** What became of webhook events; undefined where they go nowhere. */
  readonly webhooks: PostedCounts | undefined;
  /** Adds people, or replaces what is known of them. */
  people(people: Readonly<Record<string, Person>>): void;
  /** Changes what Meta keeps of the app, its token and the Page. */
  account(changes: Partial<Account>): void;
  /** Replaces the faults; the count of calls begins anew, a revoked token works again. */
  setFaults(plan: FaultPlan): void;
  /** Cuts every connection, also those that were left hanging. */
  close(): Promise<void>;
}

/**
 * Starts a Graph API on 127.0.0.1 that behaves as messenger-platform.md section 11 lists.
 * Throws PortError when the port is taken or the log file cannot be opened.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = openWorld(options);
  const server = createServer((request, response) => serve(request, response, world));
  const port = await listen(server, options.port ?? 0);
  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get delivered() {
      return deliveredOf(world);
    },
    get repeats() {
      return world.outbox.repeats;
    },
    get webhooks() {
      return world.events?.counts;
    },
    get deliveredCount() {
      return world.outbox.count;
    },
    people: (people) => world.people.put(people),
    account: (changes) => {
      world.account = { ...world.account, ...changes };
    },
    setFaults: (plan) => setFaults(world, plan, ""),
    close: () => {
      closed ??= closeAll(server, world);
      return closed;
    },
  };
}

async function closeAll(server: Server, world: World): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  closeWorld(world);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `The sandbox cannot listen on port ${port}: ${cause.message}`;
      reject(new PortError(message, { retryable: false, cause }));
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
