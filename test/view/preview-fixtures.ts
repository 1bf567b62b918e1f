import { metersOf } from "../../src/message/meters.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Preview, Sight } from "../../src/model/preview.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";

export function sight(message: JsonObject, over: Partial<Sight> = {}): Sight {
  return {
    person: "user u1",
    isOwn: false,
    outcome: "message",
    because: [],
    message,
    values: [],
    meters: metersOf(message),
    ...over,
  };
}

export function previewWith(...sights: readonly Sight[]): Preview {
  return {
    format: "posthorn.preview/1",
    workspace: "acme",
    campaign: "order/shipped",
    description: "Tells the buyer that the parcel has left",
    source: { file: "campaigns/order/shipped.yaml", line: 2 },
    versions: [{ variant: "a", locale: null, sights }],
  };
}

const LONG = "Maximiliane Theodora Adelheid Friederike Wilhelmine Charlotte Antonia";
const reply = (title: string) => ({ content_type: "text", title, payload: "THANKS" });

/** A preview in which everything can be seen that one can hold. */
export const BUSY: Preview = {
  ...previewWith(),
  versions: [
    {
      variant: "a",
      locale: null,
      sights: [
        sight(
          { text: "Hi Ana, parcel A17 is on its way.", quick_replies: [reply("Thanks Ana")] },
          {
            person: "the person of the test “greets by name”",
            values: [
              { name: "first_name", value: "Ana", from: "person" },
              { name: "event.order_id", value: "A17", from: "made_up" },
            ],
          },
        ),
        sight(
          { text: `Hi ${LONG}.`, quick_replies: [reply(`Thanks ${LONG}`), reply("No")] },
          {
            person: "the longest values in the data",
            outcome: "invalid_message",
            because: ["message.quick_replies[0].title is 76 characters, limit is 20."],
            values: [{ name: "first_name", value: LONG, from: "person" }],
          },
        ),
        sight(
          { text: "Hi there, parcel  is on its way." },
          {
            person: "somebody of whom nothing is known",
            outcome: "missing_value",
            because: ["event.order_id is missing, and has no fallback."],
            values: [
              { name: "first_name", value: "there", from: "fallback" },
              { name: "event.order_id", value: null, from: "nothing" },
            ],
          },
        ),
      ],
    },
    {
      variant: "b",
      locale: "de",
      sights: [
        sight(FULL_MESSAGES.generic, { isOwn: true }),
        sight({ text: "🎉".repeat(300) }, { person: "emoji up to the limit" }),
      ],
    },
  ],
};
