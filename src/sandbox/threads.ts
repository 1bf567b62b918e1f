import { type Entry, type ReceivedEntry, reachedId, type SentEntry } from "./entry.ts";

type Unnumbered<One> = One extends Entry ? Omit<One, "number"> : never;

/** Called after every change with the person whose conversation changed. */
export type OnChange = (psid: string) => void;

/**
 * The conversations with the newest entries of all; older entries are forgotten. Who was written to
 * is counted by `Outbox` for good.
 */
export class Threads {
  readonly #keep: number;
  readonly #onChange: OnChange;
  /** In order of arrival. */
  #entries: Entry[] = [];
  /** By PSID; the conversation that changed last stands last. */
  readonly #byPsid = new Map<string, Entry[]>();
  #numbered = 0;

  constructor(keep: number, onChange: OnChange) {
    this.#keep = keep;
    this.#onChange = onChange;
  }

  add(entry: Unnumbered<SentEntry> | Unnumbered<ReceivedEntry>): Entry {
    this.#numbered += 1;
    const numbered: Entry = { ...entry, number: this.#numbered };
    const thread = this.#byPsid.get(entry.psid) ?? [];
    const last = thread.at(-1);
    if (last !== undefined && isTriedAgain(last, numbered)) this.#replaceLast(thread, numbered);
    else {
      thread.push(numbered);
      this.#entries.push(numbered);
    }
    this.#byPsid.delete(entry.psid);
    this.#byPsid.set(entry.psid, thread);
    // A quarter more may pile up, so that the cost of forgetting is spread over many entries.
    if (this.#entries.length >= 1.25 * this.#keep) this.#forgetOldest();
    this.#onChange(entry.psid);
    return numbered;
  }

  /** Conversations that still have entries, the one that changed last first. */
  psids(): readonly string[] {
    return [...this.#byPsid.keys()].reverse();
  }

  /** Oldest first; empty when there is no such conversation. */
  of(psid: string): readonly Entry[] {
    return this.#byPsid.get(psid) ?? [];
  }

  /** The entry with this message id; looked for among all, the newest first. */
  findMessage(id: string): Entry | undefined {
    return this.#entries.findLast((entry) =>
      entry.kind === "received" ? entry.messageId === id : reachedId(entry) === id,
    );
  }

  /** The newest entries of all conversations, oldest first. */
  get entries(): readonly Entry[] {
    if (this.#entries.length > this.#keep) this.#forgetOldest();
    return this.#entries;
  }

  /** The same send, refused in the same way, is one entry that counts its tries. */
  #replaceLast(thread: Entry[], entry: Entry): void {
    const last = thread.pop() as SentEntry;
    const merged = { ...(entry as SentEntry), tries: last.tries + 1 };
    thread.push(merged);
    const place = this.#entries.lastIndexOf(last);
    if (place >= 0) this.#entries[place] = merged;
  }

  #forgetOldest(): void {
    const forgotten = this.#entries.splice(0, this.#entries.length - this.#keep);
    const counts = new Map<string, number>();
    for (const { psid } of forgotten) counts.set(psid, (counts.get(psid) ?? 0) + 1);
    for (const [psid, count] of counts) {
      const thread = this.#byPsid.get(psid) ?? [];
      thread.splice(0, count);
      if (thread.length === 0) this.#byPsid.delete(psid);
    }
  }
}

function isTriedAgain(last: Entry, next: Entry): boolean {
  if (last.kind !== "sent" || next.kind !== "sent") return false;
  if (last.deliveryId === null || last.deliveryId !== next.deliveryId) return false;
  const [before, after] = [last.result, next.result];
  if ("messageId" in before || "messageId" in after) return false;
  return before.outcome === after.outcome && before.answer === after.answer;
}
