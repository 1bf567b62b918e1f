import type { EchoFact, PageFact, PolicyFact } from "../model/inbound-fact.ts";
import type { Workspace } from "../model/workspace.ts";
import { type Ingested, ingest } from "../people/ingest.ts";
import type { InboundStore } from "../ports/inbound-store.ts";

/** What bodies from the queue are called where one cannot be read. */
const NAME = "webhook";

export interface TakenIn {
  readonly counts: Ingested["counts"];
  /** To be acted on. */
  readonly echoes: readonly EchoFact[];
  readonly policies: readonly PolicyFact[];
}

/** Takes webhook bodies into the store of a workspace. */
export class InboundIntake {
  readonly #workspace: Workspace;
  readonly #open: () => Promise<InboundStore>;
  #store: InboundStore | undefined;
  /** Whether a batch was taken in since the store was opened. */
  #isUsed = false;

  constructor(workspace: Workspace, open: () => Promise<InboundStore>) {
    this.#workspace = workspace;
    this.#open = open;
  }

  /** Throws Stop and PortError as the store does. */
  async open(): Promise<InboundStore> {
    if (this.#store === undefined) {
      this.#store = await this.#open();
      this.#isUsed = false;
    }
    return this.#store;
  }

  /**
   * Once it resolves all that could be read is durable. The same bodies may come again. Rejects
   * with PortError or Stop; then they have to. Of the first ones everything is to be acted on,
   * known or not: whoever took them in before may have ended before it could.
   */
  async take(bodies: readonly string[]): Promise<TakenIn> {
    const opened = await this.open();
    const { page, people: rules } = this.#workspace;
    const news: PageFact[] = [];
    const store = listening(opened, (facts, added) => news.push(...(this.#isUsed ? added : facts)));
    try {
      const from = { lines: linesOf(bodies), name: NAME };
      const { counts } = await ingest(from, { pageId: page.id, rules, store });
      this.#isUsed = true;
      return {
        counts,
        echoes: news.filter((fact) => fact.kind === "echo"),
        policies: news.filter((fact) => fact.kind === "policy"),
      };
    } catch (fault) {
      // A store that failed takes for known what it did not write: the next try needs a new one.
      await this.close().catch(() => undefined);
      throw fault;
    }
  }

  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    await store?.close();
  }
}

/** The same store, which also tells what it was given and what of it is new. */
function listening(
  store: InboundStore,
  hear: (facts: readonly PageFact[], added: readonly PageFact[]) => void,
): InboundStore {
  return {
    append: async (facts) => {
      const appended = await store.append(facts);
      hear(facts, appended.added);
      return appended;
    },
    echoes: () => store.echoes(),
    people: () => store.people(),
    close: () => store.close(),
  };
}

async function* linesOf(bodies: readonly string[]): AsyncGenerator<string> {
  yield* bodies;
}
