import { createHash } from "node:crypto";

const FIRST_SLOTS = 4096;

/** A delivery that reached its person more than once. */
export interface Repeat {
  readonly deliveryId: string;
  readonly times: number;
}

/**
 * How often each delivery reached its person, for any number of them: 8 bytes a delivery at half
 * load, whatever else is forgotten. A delivery stands as 64 bits of its id's hash; that two of a
 * million are taken for one has a chance of 1 in 37 million.
 */
export class DeliveryCounts {
  /** Open addressing: two words a slot, both 0 when it is free. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #filled = 0;
  readonly #repeats = new Map<string, number>();

  add(deliveryId: string): void {
    if (this.#insert(...hashOf(deliveryId))) return;
    this.#repeats.set(deliveryId, (this.#repeats.get(deliveryId) ?? 1) + 1);
  }

  /** How many different deliveries there were. */
  get size(): number {
    return this.#filled;
  }

  get repeats(): readonly Repeat[] {
    return [...this.#repeats].map(([deliveryId, times]) => ({ deliveryId, times }));
  }

  /** Whether it was not there yet. */
  #insert(high: number, low: number): boolean {
    if (2 * this.#filled >= this.#slots.length / 2) this.#grow();
    const place = findSlot(this.#slots, high, low);
    if (this.#slots[place] === high && this.#slots[place + 1] === low) return false;
    this.#slots[place] = high;
    this.#slots[place + 1] = low;
    this.#filled += 1;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    const larger = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]];
      if (high === 0 && low === 0) continue;
      const place = findSlot(larger, high, low);
      larger[place] = high;
      larger[place + 1] = low;
    }
    this.#slots = larger;
  }
}

/** The slot that holds this hash, or the free one where it belongs. */
function findSlot(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length / 2 - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const [one, two] = [slots[2 * slot], slots[2 * slot + 1]];
    if ((one === high && two === low) || (one === 0 && two === 0)) return 2 * slot;
  }
}

/** Never 0 and 0, which mark a free slot. */
function hashOf(text: string): [number, number] {
  const digest = createHash("sha256").update(text).digest();
  return [(digest.readUInt32BE(0) | 1) >>> 0, digest.readUInt32BE(4)];
}
