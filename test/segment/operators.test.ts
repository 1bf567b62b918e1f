import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AttributeType } from "../../src/model/attribute.ts";
import { sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";
import { checkCondition } from "../../src/segment/check-condition.ts";
import { conditionSql } from "../../src/segment/condition-sql.ts";
import { operatorsOf } from "../../src/segment/operators.ts";
import {
  dataWorkspace,
  makeFolder,
  openWhole,
  userSource,
} from "../adapters/duckdb/data-workspace.ts";
import {
  type CellValue,
  LAYOUTS,
  type Layout,
  type Row,
  writeSource,
} from "../adapters/duckdb/source-files.ts";
import { type Block, type Case, NOW, ZONE } from "./cases/case-table.ts";
import { DATE_BLOCKS } from "./cases/date-cases.ts";
import { LIST_BLOCKS } from "./cases/list-cases.ts";
import { MOMENT_BLOCKS } from "./cases/moment-cases.ts";
import { NUMBER_BLOCKS } from "./cases/number-cases.ts";
import { TEXT_BLOCKS } from "./cases/text-cases.ts";

const BLOCKS = [...TEXT_BLOCKS, ...NUMBER_BLOCKS, ...LIST_BLOCKS, ...MOMENT_BLOCKS, ...DATE_BLOCKS];

/** The attribute that holds the values of a type. */
const COLUMNS: Readonly<Record<AttributeType, string>> = {
  string: "word",
  number: "amount",
  integer: "whole",
  boolean: "flag",
  timestamp: "moment",
  date: "day",
  "string[]": "tags",
};
const TYPES = Object.fromEntries(
  Object.entries(COLUMNS).map(([type, name]) => [name, type as AttributeType]),
);

const people: readonly Row[] = BLOCKS.flatMap((block) =>
  block.values.map((value, index) => ({
    user_id: idOf(block, index),
    ps_id: undefined,
    [COLUMNS[block.type]]: value,
  })),
);

function idOf(block: Block, index: number): string {
  return `${block.name} ${index}`;
}

for (const layout of LAYOUTS) describe(`${layout.name}:`, () => holdTable(layout));

function holdTable(layout: Layout): void {
  const folder = makeFolder();
  let workspace: Workspace;
  let users: UserData;
  beforeAll(async () => {
    const columns = { user_id: "string", ps_id: "string", ...TYPES } as const;
    const pattern = await writeSource(folder.path, "users", { layout, columns, rows: people });
    const declared = { pattern, format: layout.format, attributes: TYPES };
    workspace = dataWorkspace(folder.path, userSource(declared));
    users = await openWhole(workspace);
    expect(users.diagnostics).toEqual([]);
  });
  afterAll(() => {
    users?.engine.close();
    folder.remove();
  });

  for (const block of BLOCKS) {
    test.for(block.cases)(`${block.name}: $not $test $now`, async (one) => {
      const rows = await users.engine.rows(sql`SELECT u.user_id AS id FROM users u
        WHERE ${whereOf(block, one, workspace)} ORDER BY 1`);
      const ids = new Set(rows.map((row) => row["id"]));
      const fitting = block.values.filter((_, index) => ids.has(idOf(block, index)));
      expect(fitting).toEqual(one.fits);
    });
  }
}

/** Through the same check and the same SQL as every segment. */
function whereOf(block: Block, { test: written, not, now }: Case, workspace: Workspace) {
  const tested = { [COLUMNS[block.type]]: written };
  const { attributes } = workspace.users;
  const { condition, findings } = checkCondition(not ? { not: tested } : tested, {
    attributes,
    events: undefined,
    segments: new Set(),
    seed: "none",
    timezone: ZONE,
    place: () => ({ file: "segments/s.yaml", line: 1, column: 1 }),
  });
  expect(findings).toEqual([]);
  if (condition === undefined) throw new Error("no condition");
  const holds = conditionSql(condition, {
    now: Date.parse(now ?? NOW),
    timezone: ZONE,
    alias: "u",
    userId: "user_id",
    events: undefined,
    segments: new Map(),
  });
  return sql`${holds} AND starts_with(u.user_id, ${`${block.name} `})`;
}

describe("the table of cases", () => {
  test("names every operator of every type, with and without a value", () => {
    const untested = Object.keys(COLUMNS).flatMap((type) =>
      operatorsOf(type as AttributeType)
        .filter((operator) => !isTested(type as AttributeType, operator))
        .map((operator) => `${type} ${operator}`),
    );
    expect(untested).toEqual([]);
  });

  test("has an operator turned by not: for every type, which then fits the missing", () => {
    const turned = BLOCKS.filter((block) => block.cases.some((one) => one.not && fitsMissing(one)));
    expect(new Set(turned.map(({ type }) => type))).toEqual(new Set(Object.keys(COLUMNS)));
  });
});

function isTested(type: AttributeType, operator: string): boolean {
  return BLOCKS.some(
    (block) =>
      block.type === type &&
      block.values.some((value) => value === undefined || value === null) &&
      block.cases.some((one) => operatorsIn(one).includes(operator)),
  );
}

function operatorsIn({ test: written }: Case): readonly string[] {
  const isMapping = typeof written === "object" && written !== null && !Array.isArray(written);
  return isMapping ? Object.keys(written) : ["eq"];
}

function fitsMissing({ fits }: Case): boolean {
  return fits.some((value: CellValue) => value === undefined || value === null);
}
