import type { CompiledContent, RenderValues } from "../message/compile-content.ts";
import type { Attribute } from "../model/attribute.ts";
import type { Reason } from "../model/delivery.ts";
import type { JsonObject } from "../model/json.ts";
import type { Batch, Cell } from "../ports/sql-engine.ts";

/** Who gets a campaign's message and why the others do not: matched = eligible + all of leftOut. */
export interface Funnel {
  readonly matched: number;
  readonly eligible: number;
  readonly leftOut: Readonly<Partial<Record<Reason, number>>>;
  readonly samples: readonly Sample[];
}

/** One message of each variant and locale that somebody would get, sensitive values masked. */
export interface Sample {
  readonly variant: string | null;
  readonly locale: string | null;
  readonly people: number;
  readonly message: JsonObject;
}

/** People who get the same message but for their ids: the cells of variant, locale, zone, v0, …. */
export interface Refused {
  readonly reason: Reason;
  readonly cells: readonly Cell[];
}

/** What stands in plans for a value that they must not show. */
export const MASK = "•••";

interface SampleDraft {
  readonly variant: string | null;
  readonly locale: string | null;
  readonly zone: string;
  people: number;
  readonly cells: Cell[];
}

/**
 * Builds a funnel from rows (reason, people, variant, locale, zone, v0, …), each of which stands
 * for `people` candidates with one verdict and one message. The last two rules are judged here.
 */
export class FunnelBuilder {
  /** The messages that cannot be sent, with the rule that says so. */
  readonly refused: Refused[] = [];
  readonly #content: CompiledContent;
  readonly #variables: readonly Attribute[];
  readonly #constants: RenderValues;
  readonly #leftOut = new Map<Reason, number>();
  readonly #drafts = new Map<string, SampleDraft>();
  #eligible = 0;

  /** `variables` in the order of v0, v1, …; `constants` are the workspace's `vars:`. */
  constructor(content: CompiledContent, variables: readonly Attribute[], constants: RenderValues) {
    this.#content = content;
    this.#variables = variables;
    this.#constants = constants;
  }

  add(batch: Batch): void {
    const [reasons = [], people = [], ...cells] = batch.columns;
    for (let row = 0; row < batch.rowCount; row++) {
      const count = Number(people[row]);
      const reason = reasons[row] as Reason | null;
      if (reason !== null) this.#leaveOut(reason, count);
      else
        this.#judgeMessage(
          cells.map((column) => column[row] ?? null),
          count,
        );
    }
  }

  build(): Funnel {
    const leftOut = Object.fromEntries(this.#leftOut);
    const leftOutCount = [...this.#leftOut.values()].reduce((sum, count) => sum + count, 0);
    const samples = [...this.#drafts.values()].map((draft) => this.#sample(draft));
    return {
      matched: this.#eligible + leftOutCount,
      eligible: this.#eligible,
      leftOut,
      samples: samples.sort(bySample),
    };
  }

  #leaveOut(reason: Reason, people: number): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + people);
  }

  #judgeMessage(cells: readonly Cell[], people: number): void {
    const [variant, locale, zone, ...values] = cells as [string | null, string | null, string];
    const rendered = this.#content.render({ variant, locale, zone, values: this.#values(values) });
    if (rendered.kind === "message") {
      this.#eligible += people;
      this.#addToDraft({ variant, locale, zone, values }, people);
      return;
    }
    const reason = rendered.kind === "missing" ? "missing_value" : "invalid_message";
    this.#leaveOut(reason, people);
    this.refused.push({ reason, cells });
  }

  #values(cells: readonly Cell[]): RenderValues {
    const values: Record<string, Cell> = { ...this.#constants };
    for (const [index, { name }] of this.#variables.entries()) values[name] = cells[index] ?? null;
    return values;
  }

  /** Rows come in any order; the least value of each variable makes the sample the same always. */
  #addToDraft(
    person: {
      readonly variant: string | null;
      readonly locale: string | null;
      readonly zone: string;
      readonly values: readonly Cell[];
    },
    people: number,
  ): void {
    const { variant, zone } = person;
    const locale = this.#content.localeFor(variant, person.locale);
    const key = `${variant ?? ""}\0${locale ?? ""}`;
    const draft = this.#drafts.get(key);
    if (draft === undefined) {
      const cells = person.values.map((cell, index) => this.#masked(cell, index));
      this.#drafts.set(key, { variant, locale, zone, people, cells });
      return;
    }
    draft.people += people;
    for (const [index, cell] of person.values.entries()) {
      draft.cells[index] = least(draft.cells[index] ?? null, this.#masked(cell, index));
    }
  }

  #masked(cell: Cell, index: number): Cell {
    const isShown = cell === null || cell === "" || this.#variables[index]?.sensitive === false;
    return isShown ? cell : MASK;
  }

  #sample({ variant, locale, zone, people, cells }: SampleDraft): Sample {
    const values = this.#values(cells);
    const rendered = this.#content.render({ variant, locale, zone, values });
    const message = rendered.kind === "message" ? rendered.message : {};
    return { variant, locale, people, message };
  }
}

/** The lesser of two values of one type; a missing or empty one only where there is no other. */
function least(a: Cell, b: Cell): Cell {
  if (a === null || a === "") return b;
  if (b === null || b === "") return a;
  return b < a ? b : a;
}

function bySample(a: Sample, b: Sample): number {
  const key = (sample: Sample) => `${sample.variant ?? ""}\0${sample.locale ?? ""}`;
  return key(a) < key(b) ? -1 : 1;
}
