// Writes data/users.json and data/events.ndjson of the example workspace: 500 people who do not
// exist, as they stand at NOW. The seed is fixed, so every run writes the same bytes.
//
//   node scripts/make-example-data.mjs [FOLDER]      default: data/ of the workspace

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CITIES, FIRST_NAMES, ODD_USERS, SURNAMES, TIMES } from "./example-people.mjs";

const NOW = Date.parse("2026-12-01T09:30:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const USER_COUNT = 500;

/** Mulberry32: small, good enough for made-up people, the same on every machine. */
function seededChance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const chance = seededChance(20261201);
const maybe = (share) => chance() < share;
const between = (from, to) => from + Math.floor(chance() * (to - from + 1));
const pick = (list) => list[between(0, list.length - 1)];
const pickSome = (list, share) => list.filter(() => maybe(share));
const iso = (instant) => new Date(instant).toISOString().replace(".000Z", "Z");
const agoAt = (fromMs, toMs) => NOW - between(fromMs / MINUTE, toMs / MINUTE) * MINUTE;

/** When the person last wrote: most within a day, as for a shop whose chat is in use. */
function drawLastInbound() {
  const die = chance();
  if (die < 0.62) return iso(agoAt(5 * MINUTE, 22 * HOUR));
  if (die < 0.72) return iso(agoAt(22.5 * HOUR, 26 * HOUR));
  if (die < 0.95) return iso(agoAt(2 * DAY, 200 * DAY));
  return null;
}

/** An appointment in shop hours, Berlin time, between today and a week ahead. */
function drawAppointment() {
  if (!maybe(0.22)) return {};
  const time = pick(TIMES);
  const day = maybe(0.6) ? 2 : between(1, 8);
  const date = `2026-12-${String(day).padStart(2, "0")}`;
  return {
    appointment_at: iso(Date.parse(`${date}T${time}:00+01:00`)),
    appointment_time: maybe(0.93) ? time : null,
    appointment_shop: maybe(0.9) ? pick(["Berlin", "Leipzig"]) : null,
  };
}

function drawPurchases() {
  const orders = maybe(0.75) ? between(1, 6) : 0;
  if (orders === 0) return { orders, ltv: maybe(0.5) ? 0 : null };
  const ltv = Math.round(orders * (20 + chance() * 90) * 100) / 100;
  return { orders, ltv, last_order_at: iso(drawOrderTime()) };
}

/** Two in five ordered in the last days: their parcels leave about now. */
function drawOrderTime() {
  return maybe(0.4) ? agoAt(33 * HOUR, 5 * DAY) : agoAt(5 * DAY, 240 * DAY);
}

function drawUser(index) {
  const number = String(index + 1).padStart(4, "0");
  const id = `u-${number}`;
  const place = pick(CITIES);
  const firstName = pick(FIRST_NAMES);
  return {
    user_id: id,
    ps_id: maybe(0.93) ? `710000000000${number}` : null,
    first_name: maybe(0.93) ? firstName : pick([null, ""]),
    last_name: maybe(0.9) ? pick(SURNAMES) : null,
    email: maybe(0.8) ? `${id}@example.com` : null,
    birthday: maybe(0.6) ? drawBirthday() : null,
    country: place.country,
    city: maybe(0.9) ? place.city : null,
    locale: maybe(0.9) ? pick(place.locales) : null,
    timezone: maybe(0.88) ? place.timezone : null,
    account_status: pick(["active", "active", "active", "Active", null, null, "closed"]),
    newsletter: maybe(0.72) ? true : pick([false, null]),
    messenger_opt_in: maybe(0.9) ? true : pick([false, null]),
    last_inbound_at: drawLastInbound(),
    bike: maybe(0.8)
      ? pick(["Brompton", "Gazelle", "Riese & Müller", "Surly", "cargo bike"])
      : null,
    rides: maybe(0.8) ? pickSome(["commute", "touring", "gravel", "shopping"], 0.35) : null,
    tags: maybe(0.7) ? pickSome(["vip", "club", "unsubscribed", "complaint"], 0.07) : null,
    ...drawPurchases(),
    ...drawAppointment(),
  };
}

function drawBirthday() {
  const month = String(between(1, 12)).padStart(2, "0");
  return `${between(1949, 2007)}-${month}-${String(between(1, 28)).padStart(2, "0")}`;
}

/** Appends an event; ids count up in the order of drawing, as a shop's log would. */
function record(events, event) {
  events.push({ event_id: `e-${String(events.length + 1).padStart(5, "0")}`, ...event });
}

function recordOrders(events, user) {
  if (user.last_order_at === undefined) return;
  const isRecent = NOW - Date.parse(user.last_order_at) < 5 * DAY;
  if (!isRecent && maybe(0.6)) return; // bought at the counter, without an account
  const placed = {
    user_id: user.user_id,
    event: "order_placed",
    at: user.last_order_at,
    order_id: `SL-${between(10_000, 99_999)}`,
    amount: Math.round((15 + chance() * 180) * 100) / 100,
    category: pick(["lights", "tyres", "bags", "locks", "bells"]),
  };
  record(events, placed);
  if (!isRecent || maybe(0.15)) return;
  record(events, {
    user_id: user.user_id,
    event: "order_shipped",
    // Some left minutes ago and are not due yet, some the day before yesterday and are late.
    at: iso(agoAt(2 * MINUTE, 32 * HOUR)),
    order_id: placed.order_id,
    amount: placed.amount,
    carrier: pick(["DHL", "DHL", "GLS", "Post", "pickup"]),
  });
}

function recordConversations(events, user) {
  const { user_id } = user;
  if (maybe(0.17)) {
    const asked = agoAt(30 * MINUTE, 60 * HOUR);
    const guide = maybe(0.85) ? "winter-care" : "puncture-repair";
    record(events, { user_id, event: "guide_requested", at: iso(asked), guide });
    if (maybe(0.15)) {
      const opened = Math.min(asked + between(1, 90) * MINUTE, NOW);
      record(events, { user_id, event: "guide_opened", at: iso(opened), guide });
    }
  }
  if (!maybe(0.12)) return;
  record(events, {
    user_id,
    event: "support_case_closed",
    at: iso(agoAt(5 * MINUTE, 16 * HOUR)),
    case_id: `C-${between(1000, 9999)}`,
    solved: maybe(0.85),
  });
}

function recordLooks(events, user) {
  if (!maybe(0.09)) return;
  for (let look = between(1, 3); look > 0; look--) {
    const category = maybe(0.75) ? "lights" : pick(["tyres", "bags"]);
    const at = iso(agoAt(2 * HOUR, 20 * DAY));
    record(events, { user_id: user.user_id, event: "product_viewed", at, category });
  }
}

/** Bought at the counter or deleted since: the shop's log knows them, the user data does not. */
function recordStrangers(events) {
  for (const user_id of ["u-9001", "u-9002", "u-9003"]) {
    const order = { order_id: `SL-${between(10_000, 99_999)}`, amount: 49.9 };
    record(events, { user_id, event: "order_placed", at: iso(NOW - 2 * DAY), ...order });
    record(events, {
      user_id,
      event: "order_shipped",
      at: iso(NOW - 3 * HOUR),
      ...order,
      carrier: "DHL",
    });
  }
}

const drawn = Array.from({ length: USER_COUNT }, (_, index) => drawUser(index));
const users = drawn.map((user, index) => ({ ...user, ...ODD_USERS[index] }));
const events = [];
for (const user of users) {
  recordOrders(events, user);
  recordConversations(events, user);
  recordLooks(events, user);
}
recordStrangers(events);

const folder = process.argv[2] ?? fileURLToPath(new URL("../data", import.meta.url));
const userLines = users.map((user) => `  ${JSON.stringify(user)}`).join(",\n");
writeFileSync(join(folder, "users.json"), `[\n${userLines}\n]\n`);
const eventLines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
writeFileSync(join(folder, "events.ndjson"), eventLines);
