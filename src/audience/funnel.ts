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
  zone: string;
  people: number;
  readonly cells: Cell[];
}

/** The columns before those of the variables: variant, locale, zone. */
const FIRST_VALUE = 3;

/**
 * Builds a funnel from rows (reason, people, variant, locale, zone, v0, …), each of which stands
 * for `people` candidates with one verdict and one message. The last two rules are judged here.
 */
export class FunnelBuilder {
  readonly #content: CompiledContent;
  readonly #variables: readonly Attribute[];
  readonly #constants: RenderValues;
  /** The values of the row that is being judged; one object for all, since there are many rows. */
  readonly #values: Record<string, Cell>;
  readonly #leftOut = new Map<Reason, number>();
  readonly #refused = new Map<string, Refused>();
  readonly #drafts = new Map<string, SampleDraft>();
  readonly #writtenLocales = new Map<string, string | null>();
  #eligible = 0;

  /** `variables` in the order of v0, v1, …; `constants` are the workspace's `vars:`. */
  constructor(content: CompiledContent, variables: readonly Attribute[], constants: RenderValues) {
    this.#content = content;
    this.#variables = variables;
    this.#constants = constants;
    this.#values = this.#valuesOf([]);
  }

  /** The messages that cannot be sent, each once, with the rule that says so. */
  get refused(): Refused[] {
    return [...this.#refused.values()];
  }

  add({ rowCount, columns: [reasons = [], people = [], ...cells] }: Batch): void {
    for (let row = 0; row < rowCount; row++) {
      const count = Number(people[row]);
      const reason = reasons[row] as Reason | null;
      if (reason === null) this.#judgeMessage(cells, row, count);
      else this.#leaveOut(reason, count);
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

  #judgeMessage(columns: Batch["columns"], row: number, people: number): void {
    const variant = (columns[0]?.[row] ?? null) as string | null;
    const locale = (columns[1]?.[row] ?? null) as string | null;
    const zone = columns[2]?.[row] as string;
    const values = this.#values;
    for (let index = 0; index < this.#variables.length; index++) {
      const { name } = this.#variables[index] as Attribute;
      values[name] = columns[FIRST_VALUE + index]?.[row] ?? null;
    }
    const rendered = this.#content.render({ variant, locale, zone, values });
    if (rendered.kind === "message") {
      this.#eligible += people;
      this.#addToDraft({ variant, locale, zone }, people);
      return;
    }
    const reason = rendered.kind === "missing" ? "missing_value" : "invalid_message";
    this.#leaveOut(reason, people);
    const cells = columns.map((column) => column[row] ?? null);
    this.#refused.set(JSON.stringify(cells), { reason, cells });
  }

  #valuesOf(cells: readonly Cell[]): Record<string, Cell> {
    const own = this.#variables.map(({ name }, index) => [name, cells[index] ?? null] as const);
    return Object.fromEntries([...Object.entries(this.#constants), ...own]);
  }

  /** Rows come in any order; the least value of each variable makes the sample the same always. */
  #addToDraft(
    of: {
      readonly variant: string | null;
      readonly locale: string | null;
      readonly zone: string;
    },
    people: number,
  ): void {
    const draft = this.#draftOf(of);
    draft.people += people;
    if (of.zone < draft.zone) draft.zone = of.zone;
    for (let index = 0; index < this.#variables.length; index++) {
      const { name, sensitive } = this.#variables[index] as Attribute;
      const cell = this.#values[name] ?? null;
      if (isBare(cell)) continue;
      const least = draft.cells[index] ?? null;
      if (sensitive) draft.cells[index] = MASK;
      else if (least === null || cell < least) draft.cells[index] = cell;
    }
  }

  #draftOf(of: {
    readonly variant: string | null;
    readonly locale: string | null;
    readonly zone: string;
  }): SampleDraft {
    const { variant, zone } = of;
    const locale = this.#writtenLocale(variant, of.locale);
    const key = `${variant ?? ""}\0${locale ?? ""}`;
    const found = this.#drafts.get(key);
    if (found !== undefined) return found;
    const draft = { variant, locale, zone, people: 0, cells: [] };
    this.#drafts.set(key, draft);
    return draft;
  }

  /** People have few locales, and each is looked up at every one of them. */
  #writtenLocale(variant: string | null, locale: string | null): string | null {
    if (locale === null) return null;
    const key = `${variant ?? ""}\0${locale}`;
    const known = this.#writtenLocales.get(key);
    if (known !== undefined) return known;
    const written = this.#content.localeFor(variant, locale);
    this.#writtenLocales.set(key, written);
    return written;
  }

  #sample({ variant, locale, zone, people, cells }: SampleDraft): Sample {
    const values = this.#valuesOf(cells);
    const rendered = this.#content.render({ variant, locale, zone, values });
    const message = rendered.kind === "message" ? rendered.message : {};
    return { variant, locale, people, message };
  }
}

/** A missing or empty value stands in a sample only where there is no other. */
function isBare(cell: Cell): cell is null | "" {
  return cell === null || cell === "";
}

function bySample(a: Sample, b: Sample): number {
  const key = (sample: Sample) => `${sample.variant ?? ""}\0${sample.locale ?? ""}`;
  return key(a) < key(b) ? -1 : 1;
}
