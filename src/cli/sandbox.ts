import { EXIT } from "../diag/errors.ts";
import { type Call, usage } from "./options.ts";
import { workspaceOf } from "./workspace-of.ts";

interface SandboxFlags {
  readonly port?: string;
  readonly faults?: string;
}

/** Serves until it is interrupted. */
export async function sandbox(call: Call<SandboxFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  const workspace = await workspaceOf(call);
  const interrupted = surroundings.interruption();
  const graph = await surroundings.startSandbox({
    workspace,
    port: parsePort(flags.port),
    faults: flags.faults,
    clock: await surroundings.clock(options.now),
  });
  surroundings.terminal.out(
    `A local Graph API for the page ${workspace.page.id} listens on ${graph.url}\n` +
      `Send to it from another terminal:\n` +
      `  POSTHORN_GRAPH_URL=${graph.url} ${workspace.page.accessToken.env}=any posthorn apply\n` +
      "Ctrl-C ends it.\n",
  );
  await new Promise((resolve) => interrupted.addEventListener("abort", resolve));
  await graph.close();
  return EXIT.ok;
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw usage(`--port takes a number from 0 to 65535, not "${text}".`);
}
