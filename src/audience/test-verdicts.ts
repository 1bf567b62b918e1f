import type { Rendered } from "../message/compile-content.ts";
import { raw, type Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell } from "../ports/sql-engine.ts";
import { type Candidates, candidatesSql, personalVariables } from "./candidates-sql.ts";
import { compiledContent } from "./compiled-content.ts";
import { valueColumns } from "./row-values.ts";
import { type CampaignCase, withKeys } from "./test-case.ts";

/** Asks for the verdicts of campaigns' tests as a plan does, and renders what comes back. */
export class TestVerdicts {
  readonly #workspace: Workspace;
  readonly #own: Workspace;
  readonly #carried = valueColumns();
  /** What the messages use, of campaigns that events set off (true) and of others. */
  readonly #used = new Map([true, false].map((isEvent) => [isEvent, new Set<string>()]));

  constructor(workspace: Workspace, cases: readonly CampaignCase[]) {
    this.#workspace = workspace;
    this.#own = withKeys(workspace);
    for (const { campaign } of cases) {
      const { variables } = compiledContent(campaign, workspace);
      for (const name of variables) this.#used.get(campaign.send.kind === "on")?.add(name);
    }
  }

  /** Gives the verdict of the test's user, in the segment or not: conditions are asked apart. */
  question(one: CampaignCase): Sql {
    return candidatesSql(this.#candidates(one));
  }

  /** The message of the test's user by the columns that the question gave. */
  render(one: CampaignCase, row: Readonly<Record<string, Cell>>): Rendered {
    const variables = personalVariables(this.#candidates(one));
    const own = variables.map(({ attribute }, index) => [attribute.name, row[`v${index}`] ?? null]);
    const [variant, locale] = [row["variant"], row["locale"]] as (string | null)[];
    return compiledContent(one.campaign, this.#workspace).render({
      variant: variant ?? null,
      locale: locale ?? null,
      zone: one.subject.zone,
      values: { ...this.#workspace.vars, ...(Object.fromEntries(own) as Record<string, Cell>) },
    });
  }

  /** With the variables of other campaigns too: so fewer texts differ. */
  #candidates({ campaign, test, isTrigger }: CampaignCase): Candidates {
    const content = compiledContent(campaign, this.#workspace);
    const variables = this.#used.get(isTrigger !== null) ?? content.variables;
    return {
      workspace: this.#own,
      campaign,
      now: test.now,
      asIfDue: false,
      content: { ...content, variables },
      isMatched: raw("true"),
      isTrigger: isTrigger === null ? null : raw("true"),
      rowOwn: { personId: this.#workspace.users.id, carried: this.#carried },
    };
  }
}
