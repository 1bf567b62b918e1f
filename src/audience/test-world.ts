import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell, TestEngine } from "../ports/sql-engine.ts";
import { NOBODY_FORGOTTEN } from "./forgotten-people.ts";
import { refusalsSql } from "./history-sql.ts";
import { jsonTableSql } from "./json-table.ts";
import { Shapes, VALUE_COLUMNS, valueColumns } from "./row-values.ts";
import type { TestCase } from "./test-case.ts";
import { subjectColumns, TEST_EVENT, TEST_KEY } from "./test-subject.ts";

/** What is asked about one test; its relations hold that test's rows alone. */
export interface Question {
  readonly key: string;
  /** A condition over `u` or `e`, or a whole SELECT. */
  readonly asked: Sql;
}

type Row = Readonly<Record<string, Cell>>;

/** How many different conditions one statement holds; planning many subqueries at once is slow. */
const CONDITIONS_PER_STATEMENT = 20;

const LEDGER = {
  campaign: "VARCHAR",
  occurrence: "VARCHAR",
  user_id: "VARCHAR",
  psid: "VARCHAR",
  status: "VARCHAR",
  error_class: "VARCHAR",
  revision: "VARCHAR",
  claimed_at: "TIMESTAMP",
  settled_at: "TIMESTAMP",
  counts: "BOOLEAN",
};

const MOMENTS = {
  zone: "VARCHAR",
  occurrence: "VARCHAR",
  due_at: "TIMESTAMP",
  send_at: "TIMESTAMP",
  late_at: "TIMESTAMP",
  closed: "BOOLEAN",
  quiet_now: "BOOLEAN",
};

const QUIET = { zone: "VARCHAR", from_at: "TIMESTAMP", to_at: "TIMESTAMP" };

/**
 * The users, events and ledgers of all tests in one session, each test's apart by its key. Nothing
 * is waited for before all is asked, in the order in which the engine is to do it.
 */
export class TestWorld {
  readonly #engine: TestEngine;
  readonly #eventId: Sql;
  readonly #made: Promise<void>[] = [];

  constructor(engine: TestEngine, cases: readonly TestCase[], workspace: Workspace) {
    this.#engine = engine;
    this.#eventId = identifier(workspace.events?.id ?? TEST_KEY);
    const { users, events } = subjectColumns(workspace);
    const subjects = cases.map(({ subject }) => subject);
    const tables = {
      users_given: { columns: users, rows: subjects.map(({ user }) => user) },
      events_given: { columns: events, rows: subjects.flatMap((one) => one.events) },
      ledger_given: { columns: LEDGER, rows: cases.flatMap(({ ledger }) => ledger) },
      moments_given: { columns: MOMENTS, rows: cases.flatMap(({ moments }) => moments) },
      quiet: { columns: QUIET, rows: cases.flatMap(({ quiet }) => quiet) },
    };
    for (const [name, table] of Object.entries(tables)) this.#make(jsonTableSql(name, table));
  }

  /** Rejects where a relation could not be made. */
  async made(): Promise<void> {
    await Promise.all(this.#made);
  }

  /** The tests whose question, a condition over the test's user `u`, holds. */
  matched(questions: readonly Question[]): Promise<ReadonlySet<string>> {
    return this.#holding(questions, sql`SELECT u.${KEY} FROM users u WHERE`);
  }

  /** The tests whose question, a condition over the event `e` that sets it off, holds. */
  triggered(questions: readonly Question[]): Promise<ReadonlySet<string>> {
    return this.#holding(
      questions,
      sql`SELECT e.${KEY} FROM events e WHERE e.${this.#eventId} = ${TEST_EVENT} AND`,
    );
  }

  /** The row of each test's question, a SELECT that gives one for its user and its event. */
  async rows(questions: readonly Question[]): Promise<ReadonlyMap<string, Row>> {
    const shapes = this.#ask(questions);
    this.#pass("ledger", sql`g.user_id`, raw("ledger_given g"));
    this.#pass("moments", sql`g.zone`, raw("moments_given g"));
    const trigger = sql`(FROM events_given WHERE ${this.#eventId} = ${TEST_EVENT}) g`;
    this.#pass("events", sql`g.${KEY}`, trigger);
    this.#make(raw("CREATE OR REPLACE TEMP TABLE users AS FROM users_given"));
    this.#make(sql`CREATE OR REPLACE TEMP TABLE refusals AS ${refusalsSql()}`);
    this.#make(NOBODY_FORGOTTEN);
    this.#make(raw("CREATE OR REPLACE TEMP TABLE planned (user_id VARCHAR)"));
    const asked = shapes.statements().map(({ shape, statement }) =>
      this.#engine.rows(sql`FROM (${statement}) WHERE user_id IN (
        SELECT ${KEY} FROM asked WHERE "posthorn:shape" = ${shape})`),
    );
    const rows = (await Promise.all(asked)).flat();
    return new Map(rows.map((row) => [String(row["user_id"]), row]));
  }

  async #holding(questions: readonly Question[], select: Sql): Promise<ReadonlySet<string>> {
    if (questions.length === 0) return new Set();
    const conditions = this.#ask(questions).statements();
    this.#pass("users", sql`g.${KEY}`, raw("users_given g"));
    this.#pass("events", sql`g.${KEY}`, raw("events_given g"));
    const asked: ReturnType<TestEngine["rows"]>[] = [];
    for (let start = 0; start < conditions.length; start += CONDITIONS_PER_STATEMENT) {
      const cases = conditions
        .slice(start, start + CONDITIONS_PER_STATEMENT)
        .map(({ shape, statement }) => sql`WHEN ${raw(String(shape))} THEN ${statement}`);
      asked.push(
        this.#engine.rows(sql`${select} CASE "posthorn:shape" ${join(cases, " ")} ELSE false END`),
      );
    }
    const rows = (await Promise.all(asked)).flat();
    return new Set(rows.map((row) => String(row[TEST_KEY])));
  }

  #ask(questions: readonly Question[]): Shapes {
    const shapes = new Shapes();
    const rows = questions.map(({ key, asked }) => ({ [TEST_KEY]: key, ...shapes.add(asked) }));
    const columns = { [TEST_KEY]: "VARCHAR", ...VALUE_COLUMNS };
    this.#make(jsonTableSql("asked", { columns, rows }));
    return shapes;
  }

  /** Makes a relation of the rows of those tests that are asked about, with the values asked by. */
  #pass(name: string, key: Sql, given: Sql): void {
    this.#make(sql`CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS
      SELECT g.*, ${valueColumns()} FROM ${given} JOIN asked a ON a.${KEY} = ${key}`);
  }

  #make(statement: Sql): void {
    this.#made.push(this.#engine.run(statement));
  }
}

const KEY = identifier(TEST_KEY);
