import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openEventQueue } from "../../src/adapters/event-queue/open-event-queue.ts";
import type { Call } from "../../src/cli/options.ts";
import { PageEvents } from "../../src/cli/page-events.ts";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import { webhook } from "../../src/cli/webhook.ts";
import { WebhookJournal } from "../../src/cli/webhook-journal.ts";
import { readWorkspace } from "../../src/config/read-workspace.ts";
import { PortError } from "../../src/diag/errors.ts";
import { InboundIntake } from "../../src/intake/inbound-intake.ts";
import { MINUTE_MS } from "../../src/model/instant.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { surroundingsOf } from "../../src/wiring.ts";
import { posthornHere } from "../cli/in-process.ts";
import { person } from "../cli/posthorn.ts";
import { bodyOf, echoed, policy } from "../people/meta-events.ts";
import { openSandbox } from "../sandbox/graph.ts";
import { PAGE, SECRETS, WEBHOOK_WORKSPACE, webhookWorkspace } from "./receiver.ts";

/** Sleeps until it is woken. */
function wokenClock() {
  const sleeps: { readonly ms: number; readonly wake: () => void }[] = [];
  const clock = {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep: (ms: number) => new Promise<void>((wake) => sleeps.push({ ms, wake })),
  };
  return { clock, sleeps };
}

function realSurroundings(): Surroundings {
  const stream = { write: () => true, on: () => {} };
  const running = { env: SECRETS, stdout: stream, stderr: stream, once: () => running };
  return surroundingsOf(running as unknown as NodeJS.Process, "0.0.0");
}

async function setUp(cwd: string, over: (surroundings: Surroundings) => Partial<Surroundings>) {
  const real = realSurroundings();
  const surroundings = { ...real, ...over(real) };
  const { workspace } = readWorkspace(await real.workspaceFiles(cwd), SECRETS);
  if (workspace === undefined) throw new Error("The workspace is not valid.");
  const { clock, sleeps } = wokenClock();
  const lines: string[] = [];
  const terminal = { ...surroundings.terminal, err: (text: string) => void lines.push(text) };
  const queue = await surroundings.openEventQueue(workspace, "data/intake/webhook");
  const journal = new WebhookJournal({ terminal, clock, queue, isQuiet: false });
  const intake = new InboundIntake(workspace, () => surroundings.openInbound(workspace));
  const ending = new AbortController();
  const { signal } = ending;
  const events = new PageEvents(intake, { workspace, surroundings, clock, signal, journal });
  const acting = events.actUntil(signal);
  const end = async () => {
    ending.abort();
    sleeps.at(-1)?.wake();
    await acting;
    await intake.close();
  };
  const slept = (times: number) => vi.waitFor(() => expect(sleeps).toHaveLength(times), 10_000);
  return { events, journal, sleeps, slept, end, workspace, printed: () => lines.join("") };
}

/** Holds the state, as an apply does that runs. */
async function heldState(workspace: Workspace, surroundings: Surroundings) {
  const clock = await surroundings.clock(undefined);
  const state = await surroundings.openState(workspace, workspace.state, clock);
  const run = { id: "one-that-runs", startedAt: clock.now(), commit: null, url: null };
  const target = "sandbox";
  return state.open({ run, pageId: PAGE, target, signal: new AbortController().signal });
}

/** A workspace of one whose message arrived, and nobody knows it. */
async function oneUnknown() {
  const { plan } = parseFaults("hang_after:100%");
  const sandbox = await openSandbox({ ...(plan && { faults: plan }) });
  const last_inbound_at = new Date(Date.now() - 3_600_000).toISOString();
  const cwd = webhookWorkspace({
    "posthorn.yaml": `${WEBHOOK_WORKSPACE}graph: { timeout: 1s }\n`,
    "data/users.ndjson": JSON.stringify(person(1, { last_inbound_at })),
  });
  const env = { ...SECRETS, POSTHORN_GRAPH_URL: sandbox.url };
  await posthornHere(["apply"], { cwd, env });
  const echo = JSON.stringify(bodyOf(echoed(sandbox.delivered[0]?.deliveryId ?? "")));
  return { cwd, echo };
}

test("echoes wait for an apply that runs, and are settled once it has ended", async () => {
  const { cwd, echo } = await oneUnknown();
  const { events, sleeps, slept, end, workspace, printed } = await setUp(cwd, () => ({}));
  await slept(1);
  expect(sleeps[0]?.ms).toBe(MINUTE_MS);
  const writer = await heldState(workspace, realSurroundings());
  await events.take([echo]);
  sleeps[0]?.wake();
  await slept(2);
  expect(sleeps[1]?.ms).toBe(5 * MINUTE_MS);
  expect(printed()).not.toContain("Settled");
  await writer.close();
  sleeps[1]?.wake();
  await slept(3);
  expect(sleeps[2]?.ms).toBe(MINUTE_MS);
  expect(printed()).toContain("Settled 1 delivery as sent, by its echo.");
  await end();
});

test("echoes that came before the start wait for an apply too", async () => {
  const { cwd, echo } = await oneUnknown();
  const before = await setUp(cwd, () => ({}));
  await before.slept(1);
  await before.events.take([echo]);
  const writer = await heldState(before.workspace, realSurroundings());
  await before.end();
  const { sleeps, slept, end, printed } = await setUp(cwd, () => ({}));
  await slept(1);
  expect(sleeps[0]?.ms).toBe(5 * MINUTE_MS);
  await writer.close();
  sleeps[0]?.wake();
  await slept(2);
  expect(printed()).toContain("Settled 1 delivery as sent, by its echo.");
  await end();
});

test("a halt that cannot be written is tried again, and events come in meanwhile", async () => {
  let isFull = true;
  const cwd = webhookWorkspace();
  const { events, sleeps, slept, end, printed } = await setUp(cwd, (real) => ({
    openState: async (...of) => {
      const state = await real.openState(...of);
      const halt = async (because: string | null) => {
        if (isFull) throw new PortError("The disk is full.", { retryable: false });
        await state.halt(because);
      };
      return { read: () => state.read(), open: (how) => state.open(how), halt };
    },
  }));
  await slept(1);
  await events.take([JSON.stringify(bodyOf(policy("block")))]);
  await events.take([JSON.stringify(bodyOf(policy("warning")))]);
  expect(printed()).toContain("The state cannot be told of what came, which is tried again.");
  expect(printed()).toContain("The disk is full.");
  expect(printed()).not.toContain("Applies are halted");
  isFull = false;
  sleeps[0]?.wake();
  await slept(2);
  expect(printed()).toContain("Applies are halted: Meta's policy enforcement (block)");
  expect(printed()).toContain("The state can be written again.");
  await end();
});

test("whoever asks for its health learns of a queue that is gone, and ends nothing", async () => {
  const cwd = webhookWorkspace();
  const { journal, end } = await setUp(cwd, () => ({}));
  expect(journal.health()).toEqual({ status: "ok", waitingBytes: 0 });
  rmSync(join(cwd, "data/intake"), { recursive: true });
  expect(journal.health()).toEqual({ status: "failing" });
  await end();
});

test("a defect ends it at once, and nothing is left that keeps it running", async () => {
  const cwd = webhookWorkspace();
  const surroundings = realSurroundings();
  const real = await surroundings.clock(undefined);
  const waiting = new Set<number>();
  const sleep = async (ms: number, signal?: AbortSignal) => {
    waiting.add(ms);
    await real.sleep(ms, signal);
    waiting.delete(ms);
  };
  const clock = { now: () => real.now(), monotonicMs: () => real.monotonicMs(), sleep };
  const queue = openEventQueue(join(cwd, "data/intake/webhook"), Date.now);
  await queue.append(Buffer.from(JSON.stringify(bodyOf(policy("block")))));
  await queue.close();
  const store = {
    append: () => Promise.reject(new TypeError("a defect")),
    echoes: async () => new Map(),
    people: async () => undefined,
    close: async () => {},
  };
  const over = { clock: async () => clock, openInbound: async () => store };
  const flags = { port: "0", host: "127.0.0.1" };
  const options = { folder: cwd } as Call["options"];
  const call = { args: [], flags, options, surroundings: { ...surroundings, ...over } };
  await expect(webhook(call)).rejects.toThrow("a defect");
  await vi.waitFor(() => expect([...waiting]).toEqual([]));
});
