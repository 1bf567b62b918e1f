import { Stop } from "../diag/errors.ts";
import { echoesIn } from "../ledger/echoes.ts";
import type { DeliveryId } from "../model/delivery.ts";
import type { Resolution } from "../model/resolution.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";

/** How many ids one question carries. */
const IDS_PER_QUERY = 5000;

/** What echoes say of deliveries: by an echo a message surely was sent. */
export interface EchoResolutions {
  readonly resolutions: readonly Resolution[];
  /** Echoes with a delivery id, whether the ledger has it or not. */
  readonly echoes: number;
}

/**
 * Reads webhook events, one JSON text a line, and settles what they show to be sent: deliveries
 * that are unknown, and any other that the ledger does not have as sent. Throws Stop `invalid` for
 * a line that is no JSON, naming it; then nothing is settled.
 */
export async function resolveByEchoes(
  engine: SqlEngine,
  ledger: Sql,
  from: {
    readonly lines: AsyncIterable<string>;
    readonly name: string;
    readonly pageId: string;
  },
): Promise<EchoResolutions> {
  const messageIds = new Map<DeliveryId, string | null>();
  let number = 0;
  for await (const line of from.lines) {
    number++;
    if (line.trim() === "") continue;
    for (const { deliveryId, messageId } of echoesIn(parse(line, from.name, number), from.pageId)) {
      messageIds.set(deliveryId, messageId ?? messageIds.get(deliveryId) ?? null);
    }
  }
  return {
    resolutions: await sentByEchoes(engine, ledger, messageIds),
    echoes: messageIds.size,
  };
}

/** What deliveries' messages, whose echoes came, settle. */
export async function sentByEchoes(
  engine: SqlEngine,
  ledger: Sql,
  messageIds: ReadonlyMap<DeliveryId, string | null>,
): Promise<readonly Resolution[]> {
  const open = await notSent(engine, ledger, [...messageIds.keys()]);
  return open.map((deliveryId) => ({
    deliveryId,
    as: "sent" as const,
    messageId: messageIds.get(deliveryId) ?? null,
    by: "webhook" as const,
    note: null,
  }));
}

/** Those of the ids that the ledger has, and not as sent. */
async function notSent(engine: SqlEngine, ledger: Sql, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE open_deliveries AS
    SELECT delivery_id FROM (${ledger}) WHERE status <> 'sent'`);
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
    const asked = ids.slice(start, start + IDS_PER_QUERY);
    const rows = await engine.rows(sql`SELECT delivery_id FROM open_deliveries
      WHERE list_contains(${asked}::VARCHAR[], delivery_id) ORDER BY delivery_id`);
    found.push(...rows.map((row) => String(row["delivery_id"])));
  }
  await engine.run(raw("DROP TABLE open_deliveries"));
  return found;
}

function parse(line: string, name: string, number: number) {
  try {
    return JSON.parse(line);
  } catch {
    throw new Stop(
      "invalid",
      `${name}:${number} is no JSON. Give webhook events one a line, each as Meta sent it. ` +
        "Nothing was settled.",
    );
  }
}
