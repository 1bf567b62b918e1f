import { EXIT } from "../diag/errors.ts";
import { rangesOf } from "../ledger/id-ranges.ts";
import { isoSql } from "../ledger/read-summary.ts";
import type { LedgerRow } from "../model/delivery.ts";
import { identifier, join, sql } from "../model/sql.ts";
import type { Batch } from "../ports/sql-engine.ts";
import {
  LEDGER_COLUMNS,
  showLedgerCsv,
  showLedgerCsvHeader,
  showLedgerNdjson,
} from "../view/ledger-rows.ts";
import type { Call } from "./options.ts";
import { withLedger } from "./with-ledger.ts";

/** One row a delivery, in the order of their ids. */
export async function ledgerExport(call: Call): Promise<number> {
  await withLedger(call, async ({ engine, files, part }) => {
    const isCsv = call.options.format === "csv";
    const { out, outIsGone } = call.surroundings.terminal;
    if (isCsv) out(showLedgerCsvHeader());
    const show = isCsv ? showLedgerCsv : showLedgerNdjson;
    for (const range of await rangesOf(engine, files)) {
      const query = sql`SELECT ${COLUMNS} FROM (${part(range)}) ORDER BY delivery_id`;
      for await (const batch of engine.stream(query)) {
        if (outIsGone()) return;
        out(rowsOf(batch).map(show).join(""));
      }
    }
  });
  return EXIT.ok;
}

const COLUMNS = join(
  LEDGER_COLUMNS.map((column) =>
    column.endsWith("_at") ? sql`${isoSql(column)} AS ${identifier(column)}` : identifier(column),
  ),
  ", ",
);

function rowsOf({ rowCount, columns }: Batch): LedgerRow[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const cells = LEDGER_COLUMNS.map((name, index) => [name, columns[index]?.[row] ?? null]);
    return Object.fromEntries(cells) as LedgerRow;
  });
}
