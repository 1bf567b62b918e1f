// The files of a workspace for `validate`: no two segments or campaigns with the same conditions,
// texts and numbers (though conditions come in a hundred forms), and a test for each, about one
// person whom everything fits.

import { seededChance } from "./user-columns.mjs";

const PERSON = `    user:
      first_name: Ana
      city: Berlin
      country: DE
      newsletter: true
      ltv: 150
      orders: 3
      tags: [vip, cyclist]
      last_order_at: 2026-11-20T10:00:00Z
    events: [ { event: order_placed, at: 2026-11-20T10:00:00Z, amount: 30 } ]
`;

/** Conditions that hold for the person whatever the index is. */
const CONDITIONS = [
  (index) => `country: { in: [DE, AT, "X${index}"] }`,
  () => "newsletter: true",
  (index) => `last_order_at: { in_last: ${20 + (index % 40)}d }`,
  (index) => `any: [ { ltv: { gte: ${index % 150} } }, { tags: { contains: "t${index}" } } ]`,
  (index) => `not: { city: { starts_with: "Q${index}" } }`,
  (index) => `ltv: { between: [1, ${200 + index}] }`,
  (index) => `tags: { contains_any: [vip, "t${index}"] }`,
  () => 'first_name: { matches: "^[A-Z]" }',
  (index) => `orders: { lt: ${4 + index} }`,
  (index) => `{ event: order_placed, in_last: 90d, where: { amount: { gt: ${index % 25} } } }`,
  (index) => `{ event: order_cancelled, count: { eq: 0 }, in_last: ${1 + index}d }`,
  () => "last_order_at: { after: 2026-01-01 }",
];

const SENDS = [
  (index) => `{ at: 2026-12-${pad(1 + (index % 28))}T10:00, timezone: user, late_by: 24h }`,
  (index) => `{ every: "${index % 60} 10 * * MON", timezone: Europe/Berlin }`,
  (index) => `{ on: order_shipped, delay: ${index % 50}m, late_by: 24h }`,
];

const pad = (number) => String(number).padStart(2, "0");
const clock = (index) => `2026-11-2${1 + (index % 8)}T09:${pad(index % 60)}:00Z`;

/** How many forms the conditions come in, each with other values in every segment. */
const FORMS = 100;

/** A segment: two to four of the conditions. */
export function segmentYaml(index) {
  const chance = seededChance(index % FORMS);
  const places = Array.from({ length: 4 }, () => Math.floor(chance() * CONDITIONS.length));
  const conditions = [...new Set(places)].map((at) => `    - ${CONDITIONS[at](index)}`);
  return `description: Readers whom the newsletter number ${index} is for
where:
  all:
${conditions.join("\n")}
tests:
  - name: a buyer of last week is in
${PERSON}    at: ${clock(index)}
    expect: in
`;
}

export function campaignYaml(index, segment) {
  const isEvent = index % SENDS.length === 2;
  const event = `    event: { event: order_shipped, at: ${clock(index)}, amount: 1 }\n`;
  return `description: Thanks the buyers of the last weeks, number ${index}
status: active
segment: ${segment}
send: ${SENDS[index % SENDS.length](index)}
repeat: once
priority: ${index % 10}
purpose: promotion
message:
  text: "Hi {{first_name}}, thank you for riding through {{city}} with {{shop}} (${index})."
  quick_replies:
    - { content_type: text, title: More, payload: "MORE_{{country}}_${index}" }
    - { content_type: text, title: Stop, payload: STOP }
fallbacks: { first_name: there }
tests:
  - name: thanks a buyer by name
${PERSON}${isEvent ? event : ""}    at: 2026-11-2${1 + (index % 8)}T${pad(10 + (index % 10))}:59:00Z
    expect:
      outcome: send
      message:
        text: "Hi Ana, thank you for riding through Berlin with Bench (${index})."
        quick_replies:
          - { content_type: text, title: More, payload: MORE_DE_${index} }
          - { content_type: text, title: Stop, payload: STOP }
`;
}
