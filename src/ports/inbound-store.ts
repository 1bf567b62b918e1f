import type { DeliveryId } from "../model/delivery.ts";
import type { PageFact } from "../model/inbound-fact.ts";
import type { PeopleCounts } from "../model/people-counts.ts";

/** What came of taking facts in. */
export interface Appended {
  /** Those that were not known before, in order. */
  readonly added: readonly PageFact[];
  /** PSIDs that nothing was known of before. */
  readonly newPeople: number;
}

/** Where what people told the page is kept. */
export interface InboundStore {
  /**
   * Takes facts in: once it resolves they survive a power cut. One that comes again changes
   * nothing. Rejects with PortError when they cannot be written; then none of them may be
   * acknowledged. To be called again only when it resolved.
   */
  append(facts: readonly PageFact[]): Promise<Appended>;
  /** The messages that all echoes kept so far tell of, by their deliveries. */
  echoes(): Promise<ReadonlyMap<DeliveryId, string | null>>;
  /** Undefined where only the user data together with it can tell. */
  people(): Promise<PeopleCounts | undefined>;
  close(): Promise<void>;
}
