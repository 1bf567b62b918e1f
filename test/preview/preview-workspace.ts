import { person, SMALL_WORKSPACE, smallWorkspace } from "../cli/posthorn.ts";

/** A campaign in which every kind of value, limit and lack can be seen. */
const PARCEL = `description: Tells that the parcel has left
status: active
segment: everyone
send: { on: order_shipped }
purpose: transaction
message:
  text: "Hi {{first_name}}, parcel {{event.order_id}} left on {{event.left_at}}."
  quick_replies:
    - { content_type: text, title: "Thanks {{first_name}}", payload: THANKS }
locales:
  de: { text: "Hallo {{first_name}}, Paket {{event.order_id}} ist unterwegs." }
variants:
  a: { weight: 50 }
  b:
    weight: 50
    message:
      text: null
      quick_replies: null
      attachment:
        type: template
        payload:
          template_type: generic
          elements:
            - title: "{{first_name}}, it left"
              subtitle: "{{#city}}To {{city}}{{/city}}"
              buttons:
                - type: web_url
                  title: Track it
                  url: "https://shop.example/?o={{event.order_id}}"
            - title: More from {{shop}}
              subtitle: Mugs
    locales: { de: {} }
fallbacks: { first_name: there }
tests:
  - name: nobody without an order
    user: { first_name: Bo }
    event: { event: order_shipped, at: 2026-12-01T08:00:00Z }
    at: 2026-12-01T09:00:00Z
    expect: { outcome: missing_value }
  - name: tells Ana
    user: { first_name: Ana, timezone: America/New_York }
    event:
      event: order_shipped
      at: 2026-12-01T08:00:00Z
      order_id: A17
      left_at: 2026-12-01T07:00:00Z
    at: 2026-12-01T09:00:00Z
    expect: { outcome: send }
`;

export const LONG_NAME = "Maximiliane Theodora Adelheid";

const USERS = [
  person(1, { first_name: "Ana", city: "Köln", timezone: "Asia/Tokyo", locale: "de_AT" }),
  person(2, { first_name: LONG_NAME, locale: "en_US" }),
  person(3, { first_name: null, ps_id: null }),
  person(4, { first_name: "🎉🎉🎉🎉" }),
];

const EVENTS = [
  { event_id: "e1", user_id: "u1", order_id: "OLD", at: "2026-11-01T08:00:00Z" },
  { event_id: "e2", user_id: "u1", order_id: "NEW-1", at: "2026-12-01T08:00:00Z" },
  { event_id: "e3", user_id: "u3", order_id: "NEW-22", at: "2026-12-01T08:00:00Z" },
].map((one) => ({ ...one, event: "order_shipped", left_at: "2026-12-01T07:00:00Z" }));
const OTHER = { ...EVENTS[1], event_id: "e4", event: "order_placed", order_id: "FAR-TOO-LONG" };

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

const MAIN = SMALL_WORKSPACE.replace(
  /attributes: .*/,
  `timezone: timezone
  locale: locale
  attributes: { first_name: string, city: string, country: string }
events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
  properties: { order_id: string, left_at: timestamp }
vars: { shop: Acme }`,
);

export function previewWorkspace(over: Readonly<Record<string, string>> = {}): string {
  return smallWorkspace({
    "posthorn.yaml": MAIN,
    "campaigns/parcel.yaml": PARCEL,
    "data/users.ndjson": lines(USERS),
    "data/events.ndjson": lines([...EVENTS, OTHER]),
    ...over,
  });
}
