import { EXIT } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";
import { type Call, flagPort, usage } from "./options.ts";
import type { WebhookSettings } from "./surroundings.ts";
import { workspaceOf } from "./workspace-of.ts";

interface SandboxFlags {
  readonly port?: string;
  readonly faults?: string;
  readonly webhook?: string;
  readonly webhookLog?: string;
}

/** Signs events where the environment holds no secret of the app. */
const SANDBOX_SECRET = "sandbox";

/** Serves until it is interrupted. */
export async function sandbox(call: Call<SandboxFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  const workspace = await workspaceOf(call);
  const interrupted = surroundings.interruption();
  const webhook = webhookOf(call, workspace);
  const graph = await surroundings.startSandbox({
    workspace,
    port: flagPort(flags.port ?? "0"),
    faults: flags.faults,
    clock: await surroundings.clock(options.now),
    webhook,
  });
  surroundings.terminal.out(
    `A local Graph API for the page ${workspace.page.id} listens on ${graph.url}\n` +
      "Open that address in a browser to see what people get.\n" +
      "Send to it from another terminal:\n" +
      `  POSTHORN_GRAPH_URL=${graph.url} posthorn apply --sandbox --fresh\n` +
      webhookText(webhook) +
      "Ctrl-C ends it.\n",
  );
  await new Promise((resolve) => interrupted.addEventListener("abort", resolve));
  await graph.close();
  return EXIT.ok;
}

function webhookOf(
  { flags, surroundings }: Call<SandboxFlags>,
  { page }: Workspace,
): WebhookSettings | undefined {
  const { webhook: url, webhookLog: logFile } = flags;
  if (url === undefined && logFile === undefined) return undefined;
  if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) {
    throw usage(`--webhook takes an http or https address, not "${url}".`);
  }
  const secret = page.appSecret && surroundings.env[page.appSecret.env];
  return { url, logFile, appSecret: secret || SANDBOX_SECRET };
}

function webhookText(webhook: WebhookSettings | undefined): string {
  if (webhook === undefined) return "";
  const { url, logFile, appSecret } = webhook;
  const signed =
    appSecret === SANDBOX_SECRET ? `the secret "${SANDBOX_SECRET}"` : "the app's secret";
  const places = [url, logFile].filter((place) => place !== undefined).join(" and ");
  return `Webhook events go to ${places}, signed with ${signed}.\n`;
}
