import type { JsonObject } from "../model/json.ts";
import type { Button, QuickReply } from "./bubble.ts";
import { objectsAt, textAt } from "./fields.ts";
import { imageAt } from "./file-of.ts";

type Action = Button["action"];

/** By Meta's button type: what it does, where its value stands, what Messenger itself calls it. */
const TYPES: Readonly<Record<string, readonly [Action, string, string]>> = {
  web_url: ["url", "url", "Open"],
  postback: ["postback", "payload", ""],
  phone_number: ["call", "payload", "Call"],
  account_link: ["log_in", "url", "Log In"],
  account_unlink: ["log_out", "", "Log Out"],
  game_play: ["play", "payload", "Play"],
};

export function buttonsOf(owner: JsonObject): readonly Button[] {
  return objectsAt(owner, "buttons").map(buttonOf);
}

export function buttonOf(written: JsonObject): Button {
  const type = textAt(written, "type");
  const [action, key, title] = TYPES[type] ?? ["postback", "payload", type];
  return { title: textAt(written, "title") || title, action, value: textAt(written, key) };
}

/** Messenger fills in the person's own number or address, so these have no title of their own. */
const OWN_TITLES: Readonly<Record<string, string>> = {
  user_phone_number: "Your phone number",
  user_email: "Your email address",
};

export function quickRepliesOf(message: JsonObject): readonly QuickReply[] {
  return objectsAt(message, "quick_replies").map((written) => {
    const type = textAt(written, "content_type");
    return {
      type: type === "user_phone_number" || type === "user_email" ? type : "text",
      title: textAt(written, "title") || (OWN_TITLES[type] ?? ""),
      payload: textAt(written, "payload"),
      image: imageAt(written, "image_url"),
    };
  });
}
