import type { Instant } from "../model/instant.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { QuietStretch } from "../schedule/quiet-hours.ts";
import { isQuiet, type QuietHours } from "../schedule/quiet-hours.ts";
import type { ZoneMoment } from "../schedule/zone-moment.ts";
import { timestampSql, timestampText } from "./history-sql.ts";

/** Puts the judged occurrence of each zone into the relation `moments`. */
export async function writeMoments(
  engine: SqlEngine,
  moments: readonly ZoneMoment[],
  at: { readonly now: Instant; readonly quietHours: QuietHours | undefined },
): Promise<void> {
  const rows = moments.map((moment) => {
    const row = momentRow(moment, at);
    return sql`(${row.zone}, ${row.occurrence}, CAST(${row.due_at} AS TIMESTAMP),
      CAST(${row.send_at} AS TIMESTAMP), CAST(${row.late_at} AS TIMESTAMP), ${row.closed},
      ${row.quiet_now})`;
  });
  await writeTable(engine, rows, {
    create: raw(`CREATE OR REPLACE TEMP TABLE moments (zone VARCHAR, occurrence VARCHAR,
      due_at TIMESTAMP, send_at TIMESTAMP, late_at TIMESTAMP, closed BOOLEAN, quiet_now BOOLEAN)`),
    insert: raw("INSERT INTO moments VALUES "),
  });
}

/** A row of the relation `moments`, its instants as the text of a TIMESTAMP. */
export function momentRow(
  { zone, occurrence, closed, ...moment }: ZoneMoment,
  at: { readonly now: Instant; readonly quietHours: QuietHours | undefined },
) {
  return {
    zone,
    occurrence,
    due_at: timestampText(moment.dueAt),
    send_at: timestampText(moment.sendAt),
    late_at: timestampText(moment.lateAt),
    closed,
    quiet_now: at.quietHours !== undefined && isQuiet(at.now, zone, at.quietHours),
  };
}

/** Puts the quiet stretches into the relation `quiet`. */
export async function writeQuiet(
  engine: SqlEngine,
  stretches: readonly QuietStretch[],
): Promise<void> {
  const rows = stretches.map(
    ({ zone, from, to }) => sql`(${zone}, ${timestampSql(from)}, ${timestampSql(to)})`,
  );
  await writeTable(engine, rows, {
    create: raw(
      "CREATE OR REPLACE TEMP TABLE quiet (zone VARCHAR, from_at TIMESTAMP, to_at TIMESTAMP)",
    ),
    insert: raw("INSERT INTO quiet VALUES "),
  });
}

async function writeTable(
  engine: SqlEngine,
  rows: readonly Sql[],
  table: { readonly create: Sql; readonly insert: Sql },
): Promise<void> {
  await engine.run(table.create);
  if (rows.length > 0) await engine.run(sql`${table.insert}${join(rows, ", ")}`);
}
