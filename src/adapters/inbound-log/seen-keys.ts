const FIRST_SLOTS = 1 << 12;

/**
 * A set of texts that takes 16 bytes for each: 64-bit hashes in an open table. Among ten million
 * keys two are taken for one with a chance of one in three hundred thousand.
 */
export class SeenKeys {
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Gives whether it was not there before. */
  add(key: string): boolean {
    const [high, low] = hashOf(key);
    if (!this.#put(high, low)) return false;
    this.#size++;
    // Above half of the slots in use, looking for a free one takes longer and longer.
    if (4 * this.#size > this.#slots.length) this.#grow();
    return true;
  }

  #put(high: number, low: number): boolean {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const [there, other] = [slots[2 * at], slots[2 * at + 1]];
      if (there === 0 && other === 0) {
        slots[2 * at] = high;
        slots[2 * at + 1] = low;
        return true;
      }
      if (there === high && other === low) return false;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const [high = 0, low = 0] = [before[at], before[at + 1]];
      if (high !== 0 || low !== 0) this.#put(high, low);
    }
  }
}

/** Two lanes of multiplications with a final mix (the constants are those of murmur hash). */
function hashOf(key: string): readonly [number, number] {
  let [a, b] = [0xdeadbeef ^ key.length, 0x41c6ce57];
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a ^= b >>> 15;
    b ^= a >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  // Nothing hashes to the mark of a free slot.
  return [a >>> 0, b >>> 0 || 1];
}
