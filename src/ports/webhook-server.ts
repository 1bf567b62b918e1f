/** What became of the requests so far. */
export interface WebhookCounts {
  /** Answered with 200: their bodies are in the queue. */
  readonly accepted: number;
  /** Without a signature, or with another than the app's. */
  readonly forged: number;
  /** Longer than any body of Meta's. */
  readonly tooLong: number;
  /** Answered with 503, so that Meta comes again: no room on the disk, or too much at once. */
  readonly deferred: number;
  /** Subscriptions that were answered with their challenge. */
  readonly subscribed: number;
  /** Those that had another verify token than ours. */
  readonly unverified: number;
}

/** What answers depend on. */
export interface Answering {
  readonly appSecret: string;
  /** By which Meta proves itself when it subscribes. */
  readonly verifyToken: string;
  /** Resolves once the body is durable; rejects where it is not. */
  readonly append: (body: Buffer) => Promise<void>;
  /** What `/health` tells beside the counts. */
  readonly health: () => Readonly<Record<string, number | string>>;
}

/** Listens for Meta's webhooks. */
export interface WebhookServer {
  readonly port: number;
  readonly counts: WebhookCounts;
  /** Takes no new requests, and answers those it has. */
  close(): Promise<void>;
}
