import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { World } from "./world.ts";

/** `GET /<page>/message_templates`, all or those of one `name`. */
export function listTemplates({ params }: Call, { templates }: World): Answer {
  const { name } = params;
  return jsonReply({ data: templates.list(typeof name === "string" ? name : undefined) });
}

/** `POST /<page>/message_templates`: approved at once (messenger-platform.md section 2.5). */
export function createTemplate({ params }: Call, { templates }: World): Answer {
  const { name, language, components } = params;
  if (typeof name !== "string" || !/^[a-z0-9_]+$/.test(name) || typeof language !== "string") {
    return refuse("name (of a-z, 0-9 and _) and language are required");
  }
  if (!Array.isArray(components)) return refuse("components must be an array");
  if (templates.list(name).some((one) => one.language === language)) {
    return refuse(`Template ${name} (${language}) exists already`);
  }
  const { id, status } = templates.create({ name, language, components });
  return jsonReply({ id, status, category: "UTILITY" });
}

/** `DELETE /<page>/message_templates` by `name` or `hsm_id`. */
export function deleteTemplate({ params }: Call, { templates }: World): Answer {
  const { name, hsm_id: id } = params;
  if (typeof id === "string" && templates.remove({ id })) return jsonReply({ success: true });
  if (typeof name === "string" && templates.remove({ name })) return jsonReply({ success: true });
  return refuse("No such template");
}

function refuse(message: string): Answer {
  return refusalReply({ code: 100, message });
}
