import { DefectError } from "../diag/errors.ts";
import type { Campaign } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { identifier, raw, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { Forgotten } from "../ports/state-store.ts";
import type { UserData } from "../ports/user-data.ts";
import { countAttempts } from "./attempts.ts";
import { type Candidates, personalVariables } from "./candidates-sql.ts";
import { explainPerson, type PersonBefore } from "./explain-person.ts";
import { writeForgotten } from "./forgotten-people.ts";
import { type Funnel, FunnelBuilder } from "./funnel.ts";
import { isReopenedSql, refusalsSql } from "./history-sql.ts";
import { type Inspection, inspect, type Subject } from "./inspect.ts";
import { judgedLedgerSql, type LedgerScope } from "./judged-ledger-sql.ts";
import { type JudgedIn, messageRowsSql } from "./message-rows.ts";
import { withOwnIds, writePeopleKeys } from "./own-ids.ts";
import { Pool } from "./pool.ts";
import { type Judged, prepareCandidates } from "./prepare-candidates.ts";
import { type Recipient, readRecipients, type Stretch } from "./recipients.ts";
import { readUnknown, type UnknownDeliveries } from "./unknown-deliveries.ts";

/** A campaign's funnel, and the people in it. */
export interface Selection {
  readonly funnel: Funnel;
  /** When the first of the eligible was due. */
  readonly dueAt: Instant | null;
  /** How many of the eligible each occurrence has. To be asked before the next one is judged. */
  occurrences(): Promise<ReadonlyMap<OccurrenceId, number>>;
  /** The eligible people. To be read before the next campaign is judged. */
  recipients(stretch?: Stretch): AsyncGenerator<readonly Recipient[]>;
}

interface OpenAudience {
  readonly workspace: Workspace;
  readonly users: UserData;
  /** A SELECT that gives the ledger; see ledger/fold-sql.ts. */
  readonly ledger: Sql;
  /** The key of a state that holds people as keyed hashes; null: it holds their ids. */
  readonly peopleKey: string | null;
  /** Who is never sent to again; absent: nobody. */
  readonly forgotten?: Forgotten | null;
  /** What will be asked of the ledger; absent: anything. */
  readonly scope?: LedgerScope;
  readonly now: Instant;
}

/**
 * Judges campaigns against the users, the events and the ledger, all as of `now`. Campaigns are to
 * be judged in the order they are sent, because sends of earlier ones count for caps of later ones.
 */
export class Audience {
  readonly #opened: Omit<OpenAudience, "ledger">;

  private constructor(opened: Omit<OpenAudience, "ledger">) {
    this.#opened = opened;
  }

  static async open(of: OpenAudience): Promise<Audience> {
    const { users, workspace, peopleKey } = of;
    if (peopleKey !== null) await writePeopleKeys(users.engine, workspace.users, peopleKey);
    await writeForgotten(users.engine, workspace.users, of.forgotten ?? null);
    const audience = new Audience(of);
    await audience.readLedger(of.ledger);
    return audience;
  }

  /** The same users, events and ledger for another workspace; what was planned is forgotten. */
  async beside(workspace: Workspace): Promise<Audience> {
    await this.#forgetPlanned();
    return new Audience({ ...this.#opened, workspace });
  }

  /** Takes the ledger as it is now; what was only planned so far is forgotten. */
  async readLedger(ledger: Sql): Promise<void> {
    const { scope, now } = this.#opened;
    const judged = judgedLedgerSql(this.#own(ledger), scope, now);
    await this.#engine.run(sql`CREATE OR REPLACE TEMP TABLE ledger AS ${judged}`);
    await this.#engine.run(sql`CREATE OR REPLACE TEMP TABLE refusals AS ${refusalsSql()}`);
    await this.#forgetPlanned();
  }

  #own(ledger: Sql): Sql {
    return this.#opened.peopleKey === null ? ledger : withOwnIds(ledger);
  }

  async #forgetPlanned(): Promise<void> {
    await this.#engine.run(raw("CREATE OR REPLACE TEMP TABLE planned (user_id VARCHAR)"));
  }

  /** The occurrences of a campaign with deliveries that are due again. */
  async reopened(campaign: Campaign): Promise<ReadonlySet<OccurrenceId>> {
    const rows = await this.#engine.rows(sql`SELECT DISTINCT occurrence FROM ledger
      WHERE campaign = ${campaign.rootId} AND ${isReopenedSql(campaign)}`);
    return new Set(rows.map((row) => String(row["occurrence"])));
  }

  /** Deliveries of all campaigns whose outcome nobody knows. */
  async unresolvedCount(): Promise<number> {
    const [row] = await this.#engine.rows(
      raw("SELECT count(*) AS deliveries FROM ledger WHERE status = 'unknown'"),
    );
    return Number(row?.["deliveries"] ?? 0);
  }

  /** What the whole ledger says of deliveries whose outcome nobody knows. */
  unknown(ledger: Sql): Promise<UnknownDeliveries> {
    return readUnknown(this.#engine, this.#own(ledger));
  }

  /** What was tried of these occurrences; see `countAttempts`. */
  attempts(campaign: Campaign, scopes: readonly OccurrenceId[]) {
    return countAttempts(this.#engine, campaign, scopes);
  }

  /** Counts who gets the campaign and why the others do not. */
  async judge(judged: Judged): Promise<Funnel> {
    const candidates = await this.#prepare(judged);
    return (await this.#count(candidates, "query")).build();
  }

  /** As `judge`, and keeps who is eligible: to be sent to, and `forCaps` of later campaigns. */
  async select(judged: Judged, forCaps = true): Promise<Selection> {
    const candidates = await this.#prepare(judged);
    const pool = await Pool.fill(this.#engine, candidates);
    const first = await this.#count(candidates, "pool");
    await pool.refuse(first.refused);
    const changed = await pool.judgeRivals();
    const builder = changed ? await this.#count(candidates, "pool") : first;
    if (forCaps && judged.campaign.frequencyCap.counts) await pool.countAsPlanned();
    return {
      funnel: builder.build(),
      dueAt: await pool.firstDueAt(),
      occurrences: () => pool.occurrences(),
      recipients: (stretch) => readRecipients(this.#engine, candidates, stretch),
    };
  }

  /** Keeps the user ids of the eligible in a table of their own. */
  async keepEligible(judged: Judged, table: Sql): Promise<void> {
    await this.select(judged, false);
    await this.#engine.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT DISTINCT user_id FROM pool WHERE reason IS NULL`);
  }

  /** The user with a PSID. */
  async userIdOf(psid: string): Promise<string | undefined> {
    const { id, psid: column } = this.#opened.workspace.users;
    const [row] = await this.#engine.rows(sql`SELECT ${identifier(id)} AS user_id FROM users
      WHERE ${identifier(column)} = ${psid}`);
    return row === undefined ? undefined : String(row["user_id"]);
  }

  /** Judges one person as `judge` would; undefined when there is no such user or event. */
  async inspect(judged: Judged, subject: Subject): Promise<Inspection | undefined> {
    return inspect(this.#engine, await this.#prepare(judged), subject);
  }

  /** Judges one person as `select` would, and tells everything that was looked at. */
  async explain(judged: Judged, subject: Subject): Promise<PersonBefore> {
    await this.select(judged, false);
    return explainPerson(this.#engine, await this.#prepare(judged), subject);
  }

  get #engine(): SqlEngine {
    return this.#opened.users.engine;
  }

  #prepare(judged: Judged): Promise<Candidates> {
    this.#refuseUnread(judged.campaign);
    return prepareCandidates(judged, this.#opened.workspace, this.#opened);
  }

  /** Without a campaign's history everybody would get it again. */
  #refuseUnread({ id, rootId }: Campaign): void {
    const { scope } = this.#opened;
    if (scope === undefined || scope.rootIds.has(rootId)) return;
    throw new DefectError(`The ledger was not read for the campaign ${id}`);
  }

  async #count(candidates: Candidates, where: JudgedIn): Promise<FunnelBuilder> {
    const builder = new FunnelBuilder(
      candidates.content,
      personalVariables(candidates).map(({ attribute }) => attribute),
      this.#opened.workspace.vars,
    );
    const rows = await messageRowsSql(this.#engine, candidates, where);
    for await (const batch of this.#engine.stream(rows)) builder.add(batch);
    return builder;
  }
}
