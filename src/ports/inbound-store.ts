import type { PageFact } from "../model/inbound-fact.ts";

/** Where what people told the page is kept. */
export interface InboundStore {
  /**
   * Takes facts in: once it resolves they survive a power cut. Gives those that were not known
   * before, in order; one that comes again changes nothing. Rejects with PortError when they cannot
   * be written; then none of them may be acknowledged. To be called again only when it resolved.
   */
  append(facts: readonly PageFact[]): Promise<readonly PageFact[]>;
  close(): Promise<void>;
}
