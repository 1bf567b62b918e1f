/** Bodies that can be taken in together. */
export interface QueueBatch {
  /** Each as Meta sent it, without line breaks; what a crash has torn may be among them. */
  readonly bodies: readonly string[];
  /** The segment they were read from, and where the next body of it begins, in bytes. */
  readonly segment: string;
  readonly end: number;
}

/** Webhook bodies that are on disk, in the order they came, until they have been taken in. */
export interface EventQueue {
  /**
   * Resolves once the body outlives a power cut; everything that waits shares one wait for the
   * disk. The bytes belong to the queue from then on. Rejects with PortError, and then keeps
   * nothing of it as far as the disk obeys.
   */
  append(body: Buffer): Promise<void>;
  /** Some hundred of the oldest bodies that were not taken in; undefined: there are none. */
  next(): QueueBatch | undefined;
  /**
   * Remembers that a batch was taken in: on disk within a second or when nothing more waits. After
   * a crash before that the same batch comes again. Throws PortError.
   */
  taken(batch: QueueBatch): void;
  /** Bytes that were not taken in yet. */
  waitingBytes(): number;
  /** Whatever was appended has been written or rejected by then. */
  close(): Promise<void>;
}
