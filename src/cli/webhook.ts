import { EXIT, Stop } from "../diag/errors.ts";
import { drainQueue } from "../intake/drain-queue.ts";
import { InboundIntake } from "../intake/inbound-intake.ts";
import type { SecretName, Workspace } from "../model/workspace.ts";
import type { EventQueue } from "../ports/event-queue.ts";
import { type Call, flagPort } from "./options.ts";
import { PageEvents } from "./page-events.ts";
import type { Surroundings } from "./surroundings.ts";
import { secretOf } from "./target.ts";
import { WebhookJournal } from "./webhook-journal.ts";
import { inboundSettingsOf } from "./workspace-of.ts";

interface WebhookFlags {
  readonly port: string;
  readonly host: string;
}

/** Where bodies wait, in the workspace. */
const QUEUE_FOLDER = "data/intake/webhook";

/** Keeps what Meta posts and takes it in, until it is interrupted. */
export async function webhook(call: Call<WebhookFlags>): Promise<number> {
  const { flags, options, surroundings } = call;
  const { terminal } = surroundings;
  const at = { host: flags.host, port: flagPort(flags.port) };
  const workspace = await inboundSettingsOf(call);
  const secrets = secretsOf(workspace, surroundings.env);
  const interrupted = surroundings.interruption();
  const clock = await surroundings.clock(undefined);
  const intake = new InboundIntake(workspace, () => surroundings.openInbound(workspace));
  // What would keep events from being taken in is better known before the first one comes.
  await intake.open();
  const queue = await surroundings.openEventQueue(workspace, QUEUE_FOLDER);
  const journal = new WebhookJournal({ terminal, clock, queue, isQuiet: options.quiet });
  const server = await surroundings.startWebhookServer(at, {
    ...secrets,
    append: (body) => keep(body, queue, journal),
    health: () => journal.health(),
  });
  terminal.out(
    `Webhooks of the page ${workspace.page.id} are taken at http://${at.host}:${server.port}/\n` +
      "Ctrl-C ends it.\n",
  );
  const ending = new AbortController();
  const acting = { workspace, surroundings, clock, signal: ending.signal, journal };
  const events = new PageEvents(intake, acting);
  const settling = events.actUntil(ending.signal);
  const draining = drainQueue({
    queue,
    take: (bodies) => events.take(bodies),
    clock,
    signal: ending.signal,
    tell: (trouble) => journal.taking(trouble),
  });
  try {
    const ended = AbortSignal.any([interrupted, ending.signal]);
    await Promise.race([draining, settling, journal.tellUntil(ended, server.counts)]);
  } finally {
    await server.close();
    ending.abort();
  }
  await Promise.all([draining, settling]);
  await intake.close();
  await queue.close();
  journal.tell(server.counts);
  return EXIT.ok;
}

async function keep(body: Buffer, queue: EventQueue, journal: WebhookJournal): Promise<void> {
  try {
    await queue.append(body);
    journal.keeping(undefined);
  } catch (fault) {
    journal.keeping(fault instanceof Error ? fault.message : String(fault));
    throw fault;
  }
}

function secretsOf({ page }: Workspace, env: Surroundings["env"]) {
  return {
    appSecret: secretOf(named(page.appSecret, APP_SECRET), env),
    verifyToken: secretOf(named(page.verifyToken, VERIFY_TOKEN), env),
  };
}

const APP_SECRET =
  "page.app_secret, by which Meta signs what it posts. Add: app_secret: ${MESSENGER_APP_SECRET}";
const VERIFY_TOKEN =
  "page.verify_token, by which Meta proves itself when it subscribes. " +
  "Add: verify_token: ${MESSENGER_VERIFY_TOKEN}";

/** Throws Stop `invalid` where the workspace does not say which variable holds it. */
function named(secret: SecretName | undefined, wanted: string): SecretName {
  if (secret !== undefined) return secret;
  throw new Stop("invalid", `posthorn.yaml lacks ${wanted}`);
}
