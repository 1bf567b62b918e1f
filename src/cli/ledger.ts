import { EXIT } from "../diag/errors.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import type { LedgerRow } from "../model/delivery.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { Batch, SqlEngine } from "../ports/sql-engine.ts";
import {
  LEDGER_COLUMNS,
  type LedgerCount,
  showLedger,
  showLedgerCsv,
  showLedgerCsvHeader,
  showLedgerNdjson,
} from "../view/ledger-rows.ts";
import { openLedger } from "./open-audience.ts";
import type { Call } from "./options.ts";
import { workspaceOf } from "./workspace-of.ts";

/** Sends and failures by campaign. */
export async function ledgerShow(call: Call): Promise<number> {
  return withLedger(call, async (engine, relation) => {
    const rows = await engine.rows(sql`SELECT campaign, status, error_class, error_code,
      count(*) AS deliveries FROM (${relation}) GROUP BY ALL ORDER BY ALL`);
    const counts = rows as unknown as LedgerCount[];
    const isJson = call.options.format === "json";
    const text = isJson ? `${JSON.stringify(counts, null, 2)}\n` : showLedger(counts);
    call.surroundings.terminal.out(text);
  });
}

/** One row a delivery, in the order they were claimed. */
export async function ledgerExport(call: Call): Promise<number> {
  return withLedger(call, async (engine, relation) => {
    const isCsv = call.options.format === "csv";
    const { out } = call.surroundings.terminal;
    if (isCsv) out(showLedgerCsvHeader());
    const show = isCsv ? showLedgerCsv : showLedgerNdjson;
    const rows = engine.stream(sql`SELECT ${COLUMNS} FROM (${relation})
      ORDER BY claimed_at, delivery_id`);
    for await (const batch of rows) out(rowsOf(batch).map(show).join(""));
  });
}

const INSTANT = "'%Y-%m-%dT%H:%M:%S.%gZ'";
const COLUMNS = raw(
  LEDGER_COLUMNS.map((column) =>
    column.endsWith("_at") ? `strftime(${column}, ${INSTANT}) AS ${column}` : `"${column}"`,
  ).join(", "),
);

async function withLedger(
  call: Call,
  use: (engine: SqlEngine, relation: Sql) => Promise<void>,
): Promise<number> {
  const { options, surroundings } = call;
  const workspace = await workspaceOf(call);
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const { ledger, liveRun } = await store.read();
  const engine = await surroundings.openEngine();
  try {
    await openLedger(() => use(engine, ledgerRelationSql(ledger, liveRun)));
  } finally {
    engine.close();
  }
  return EXIT.ok;
}

function rowsOf({ rowCount, columns }: Batch): LedgerRow[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const cells = LEDGER_COLUMNS.map((name, index) => [name, columns[index]?.[row] ?? null]);
    return Object.fromEntries(cells) as LedgerRow;
  });
}
