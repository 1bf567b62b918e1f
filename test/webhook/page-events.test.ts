import { expect, test, vi } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { posthornHere } from "../cli/in-process.ts";
import { person } from "../cli/posthorn.ts";
import { openSandbox } from "../sandbox/graph.ts";
import {
  APP_SECRET,
  factsIn,
  type Receiver,
  SECRETS,
  startReceiver,
  WEBHOOK_WORKSPACE,
  webhookWorkspace,
} from "./receiver.ts";

const PEOPLE = 4;

/** A workspace whose sends all arrive and are not answered in time, with a webhook that listens. */
async function unanswered() {
  const inbound = new Date(Date.now() - 3_600_000).toISOString();
  const users = Array.from({ length: PEOPLE }, (_, n) => person(n, { last_inbound_at: inbound }));
  const cwd = webhookWorkspace({
    "posthorn.yaml": `${WEBHOOK_WORKSPACE}graph: { timeout: 1s }\n`,
    "data/users.ndjson": users.map((user) => JSON.stringify(user)).join("\n"),
  });
  const receiver = await startReceiver(cwd);
  const faults = parseFaults("hang_after:100%").plan;
  const webhook = { url: receiver.url, appSecret: APP_SECRET };
  const sandbox = await openSandbox({ webhook, ...(faults && { faults }) });
  const env = { ...SECRETS, POSTHORN_GRAPH_URL: sandbox.url };
  const run = (...args: string[]) => posthornHere(args, { cwd, env });
  const statuses = async () =>
    (await run("ledger", "export")).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).status);
  return { cwd, receiver, sandbox, run, statuses };
}

async function end({ child, ended }: Receiver): Promise<void> {
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
}

const factsOf = (cwd: string, kind: string) =>
  factsIn(cwd).filter((fact) => fact["kind"] === kind).length;

test("echoes settle what nobody knew, and a policy of Meta's halts applies at once", async () => {
  const { cwd, receiver, sandbox, run, statuses } = await unanswered();
  const applied = await run("apply", "--format", "json");
  expect(JSON.parse(applied.out).totals.unknown).toBe(PEOPLE);
  await vi.waitFor(() => expect(factsOf(cwd, "echo")).toBe(PEOPLE), { timeout: 10_000 });
  expect(await statuses()).toEqual(Array(PEOPLE).fill("unknown"));

  const { plan } = parseFaults("restricted@1");
  if (plan !== undefined) sandbox.setFaults(plan);
  const body = JSON.stringify({ recipient: { id: "7100000000000001" }, message: { text: "Hi" } });
  const headers = { authorization: "Bearer any", "content-type": "application/json" };
  const url = `${sandbox.url}/v25.0/422500000000001/messages`;
  await fetch(url, { method: "POST", headers, body });
  await vi.waitFor(
    () => expect(receiver.printed()).toContain("Applies are halted: Meta's policy"),
    {
      timeout: 10_000,
    },
  );
  const halted = await run("apply");
  expect(halted.exit).toBe(8);
  expect(halted.err).toContain("Applies are halted: Meta's policy enforcement (block)");
  await end(receiver);

  const next = await startReceiver(cwd);
  const settled = `Settled ${PEOPLE} deliveries as sent, by their echoes.`;
  await vi.waitFor(() => expect(next.printed()).toContain(settled), { timeout: 20_000 });
  expect(await statuses()).toEqual(Array(PEOPLE).fill("sent"));
  await end(next);
  expect(receiver.printed() + next.printed()).not.toMatch(/71000000000000|bug|^\s+at /m);
});
