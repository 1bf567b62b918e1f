/** The 20 attributes of a generated user, in order, with their types as posthorn.yaml says them. */
export const USER_COLUMNS = {
  user_id: "string",
  ps_id: "string",
  first_name: "string",
  last_name: "string",
  email: "string",
  country: "string",
  city: "string",
  locale: "string",
  timezone: "string",
  device: "string",
  messenger_opt_in: "boolean",
  newsletter: "boolean",
  last_inbound_at: "timestamp",
  last_order_at: "timestamp",
  created_at: "timestamp",
  birthday: "date",
  ltv: "number",
  orders: "integer",
  points: "integer",
  tags: "string[]",
};

/** The moment that generated users and workspaces are made for. */
export const NOW = Date.parse("2026-12-01T09:30:00Z");

/** Mulberry32 over [0, 1): the same numbers on every machine. */
export function seededChance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The id of the nth generated user, from 0. */
export const userId = (index) => `u${String(index + 1).padStart(8, "0")}`;

/** The PSID that goes with it; below 2^53, so a number is exact. */
export const psidOf = (index) => String(7_100_000_000_000_001 + index);
