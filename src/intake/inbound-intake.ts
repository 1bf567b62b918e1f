import type { Workspace } from "../model/workspace.ts";
import { type Ingested, ingest } from "../people/ingest.ts";
import type { InboundStore } from "../ports/inbound-store.ts";

/** What bodies from the queue are called where one cannot be read. */
const NAME = "webhook";

/** Takes webhook bodies into the store of a workspace. */
export class InboundIntake {
  readonly #workspace: Workspace;
  readonly #open: () => Promise<InboundStore>;
  #store: InboundStore | undefined;

  constructor(workspace: Workspace, open: () => Promise<InboundStore>) {
    this.#workspace = workspace;
    this.#open = open;
  }

  /** Throws Stop and PortError as the store does. */
  async open(): Promise<InboundStore> {
    this.#store ??= await this.#open();
    return this.#store;
  }

  /**
   * Once it resolves all that could be read is durable. The same bodies may come again. Rejects
   * with PortError or Stop; then they have to.
   */
  async take(bodies: readonly string[]): Promise<Ingested> {
    const store = await this.open();
    const { page, people: rules } = this.#workspace;
    try {
      return await ingest(
        { lines: linesOf(bodies), name: NAME },
        { pageId: page.id, rules, store },
      );
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

async function* linesOf(bodies: readonly string[]): AsyncGenerator<string> {
  yield* bodies;
}
