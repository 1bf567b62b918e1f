import type { Instant } from "../../model/instant.ts";
import type { FaultPlan } from "../fault-plan.ts";
import { EventLog } from "./event-log.ts";
import { EventPoster } from "./event-poster.ts";
import { EventStream } from "./event-stream.ts";
import type { PostedCounts } from "./posted-counts.ts";

/** Where webhook events go. */
export interface WebhookOptions {
  /** Every event is posted here, signed; absent: to nobody. */
  readonly url?: string;
  /** The app's secret, by which they are signed. */
  readonly appSecret: string;
  /** Every body is also appended here, one a line. */
  readonly logFile?: string;
}

/** The Page's webhook: tell it what happens, and it posts that. */
export interface Events {
  readonly stream: EventStream;
  readonly url: string | undefined;
  readonly counts: PostedCounts;
  close(): void;
}

export function openEvents(
  { url, appSecret, logFile }: WebhookOptions,
  of: { readonly pageId: string; readonly now: () => Instant; readonly faults: FaultPlan },
): Events {
  const log = logFile === undefined ? undefined : new EventLog(logFile);
  const poster = new EventPoster({ pageId: of.pageId, url, appSecret, log, now: of.now });
  const stream = new EventStream({ ...of, post: (outgoing) => poster.post(outgoing) });
  return {
    stream,
    url,
    get counts() {
      return poster.counts;
    },
    close: () => {
      stream.close();
      poster.close();
      log?.close();
    },
  };
}
