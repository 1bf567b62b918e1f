import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { posthornHere } from "./in-process.ts";
import { person, SMALL_WORKSPACE, smallWorkspace, temporaryFolder } from "./posthorn.ts";

const PEOPLE = 3;
const MINUTE = 60_000;

test("users ingest settles by echoes what nobody knew, once", async () => {
  const logFile = join(temporaryFolder(), "events.ndjson");
  const { plan } = parseFaults("hang_after:100%");
  const webhook = { appSecret: "secret", logFile };
  const pageId = "422500000000001";
  const sandbox = await startSandbox({ pageId, ...(plan && { faults: plan }), webhook });
  onTestFinished(() => sandbox.close());
  const inbound = new Date(Date.now() - 10 * MINUTE).toISOString();
  const people = Array.from({ length: PEOPLE }, (_, n) => person(n, { last_inbound_at: inbound }));
  const cwd = smallWorkspace({
    "posthorn.yaml": `${SMALL_WORKSPACE.replace("users:", "users:\n  inbound: data/inbound")}
graph: { timeout: 1s }\n`,
    "data/users.ndjson": people.map((one) => JSON.stringify(one)).join("\n"),
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (...args: string[]) => posthornHere(args, { cwd, env });
  const applied = await run("apply", "--format", "json");
  expect(JSON.parse(applied.out).totals.unknown).toBe(PEOPLE);
  const echoCount = () => readFileSync(logFile, "utf8").match(/"is_echo":true/g)?.length ?? 0;
  await vi.waitFor(() => expect(echoCount()).toBeGreaterThanOrEqual(PEOPLE), 10_000);

  const first = await run("users", "ingest", logFile, "--format", "json");
  expect(first).toMatchObject({ exit: 0, err: "" });
  expect(JSON.parse(first.out)).toMatchObject({
    counts: { echoes: PEOPLE, inbound: 0 },
    settled: { sent: PEOPLE, waiting: 0 },
  });
  const again = await run("users", "ingest", logFile, "--format", "json");
  expect(JSON.parse(again.out)).toMatchObject({ settled: { sent: 0, waiting: 0 } });
  const { out } = await run("ledger", "export");
  expect(out.match(/"status":"sent"/g)).toHaveLength(PEOPLE);
});
