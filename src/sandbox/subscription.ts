import { APP_ID } from "./account.ts";
import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { World } from "./world.ts";

/** `GET /<page>/subscribed_apps` (messenger-platform.md section 7). */
export function listSubscribed(_call: Call, { account }: World): Answer {
  const { subscribedFields: fields } = account;
  const app = { category: "Business", name: "Sandbox", id: APP_ID, subscribed_fields: fields };
  return jsonReply({ data: fields === null ? [] : [app] });
}

/** `POST /<page>/subscribed_apps`: replaces the fields. */
export function subscribe({ params }: Call, world: World): Answer {
  const { subscribed_fields: written } = params;
  const fields = Array.isArray(written) ? written.map(String) : String(written ?? "").split(",");
  if (fields.every((field) => field === "")) {
    return refusalReply({ code: 100, message: "The parameter subscribed_fields is required." });
  }
  world.account = { ...world.account, subscribedFields: fields };
  return jsonReply({ success: true });
}

/** `DELETE /<page>/subscribed_apps`. */
export function unsubscribe(_call: Call, world: World): Answer {
  world.account = { ...world.account, subscribedFields: null };
  return jsonReply({ success: true });
}
