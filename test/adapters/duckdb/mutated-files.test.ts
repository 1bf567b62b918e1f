import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raw } from "../../../src/model/sql.ts";
import type { SqlEngine } from "../../../src/ports/sql-engine.ts";
import type { UserData } from "../../../src/ports/user-data.ts";
import { dataWorkspace, makeFolder, openWhole, userSource } from "./data-workspace.ts";
import { FORMATS, type Row, writeRows } from "./source-files.ts";

const ATTRIBUTES = {
  name: "string",
  ltv: "number",
  orders: "integer",
  vip: "boolean",
  seen_at: "timestamp",
  born: "date",
  tags: "string[]",
} as const;

const rows: readonly Row[] = Array.from({ length: 40 }, (_, n) => ({
  user_id: `u${n}`,
  ps_id: String(7_100_000_000_000_000 + n),
  name: n % 5 === 0 ? null : `Zebra "${n}", né`,
  ltv: n / 4,
  orders: n,
  vip: n % 2 === 0,
  seen_at: `2026-11-${String(1 + (n % 28)).padStart(2, "0")}T10:00:00Z`,
  born: "1990-02-28",
  tags: n % 3 === 0 ? [] : ["vip", "a,b"],
}));

/** A change of some bytes, or an end that comes too soon. */
type Mutation = (bytes: Uint8Array) => Uint8Array;

const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('"{}[],:\n\r0-e\\ u#')));
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, byte).map(
    ([at, value]): Mutation =>
      (bytes) => {
        const changed = Buffer.from(bytes);
        changed[Math.floor(at * bytes.length)] = value;
        return changed;
      },
  ),
  fc.tuple(position, byte).map(
    ([at, value]): Mutation =>
      (bytes) => {
        const middle = Math.floor(at * bytes.length);
        return Buffer.concat([bytes.subarray(0, middle), Buffer.of(value), bytes.subarray(middle)]);
      },
  ),
  fc.tuple(position, fc.nat(40)).map(
    ([at, count]): Mutation =>
      (bytes) => {
        const middle = Math.floor(at * bytes.length);
        return Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + count)]);
      },
  ),
  position.map(
    (at): Mutation =>
      (bytes) =>
        bytes.subarray(0, Math.floor(at * bytes.length)),
  ),
);

async function lateFault(engine: SqlEngine, faultOf: UserData["faultOf"]): Promise<unknown> {
  try {
    await engine.rows(raw("SELECT * FROM users"));
    return undefined;
  } catch (fault) {
    return faultOf(fault) ?? fault;
  }
}

describe("a data file with some bytes changed is read or told as a diagnostic:", () => {
  test.for(FORMATS)(".%s", async (format) => {
    const folder = makeFolder();
    const path = join(folder.path, `users.${format}`);
    const columns = { user_id: "string", ps_id: "string", ...ATTRIBUTES } as const;
    await writeRows(path, format, { columns, rows });
    const whole = readFileSync(path);
    const declared = { pattern: `users.${format}`, format, attributes: ATTRIBUTES };
    const workspace = dataWorkspace(folder.path, userSource(declared));
    let told = 0;
    const property = fc.asyncProperty(
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (all) => {
        writeFileSync(
          path,
          all.reduce((bytes: Uint8Array, change) => change(bytes), whole),
        );
        const { engine, diagnostics, faultOf } = await openWhole(workspace);
        try {
          const isSound = diagnostics.every(({ severity }) => severity !== "error");
          // Parquet is read where it lies, so that rot may be met only now.
          const late = isSound ? await lateFault(engine, faultOf) : undefined;
          if (!isSound || late !== undefined) told++;
          if (late !== undefined) expect(late).toMatchObject({ code: "DATA_UNREADABLE" });
          expect(JSON.stringify([diagnostics, late])).not.toMatch(/Zebra|71000|1990/);
        } finally {
          engine.close();
        }
      },
    );
    try {
      await fc.assert(property, { numRuns: 150 });
    } finally {
      folder.remove();
    }
    expect(told).toBeGreaterThan(30);
  });
});
