import { isRecord } from "./call.ts";
import type { Refusal } from "./refusal.ts";
import type { SendCall } from "./send-call.ts";
import type { World } from "./world.ts";

/** A UTILITY message must name an approved template and fill each of its placeholders. */
export function checkTemplate(send: SendCall, { templates }: World): Refusal | undefined {
  const named = send.message["template"];
  if (named === undefined) return undefined;
  const language = isRecord(named) && isRecord(named["language"]) ? named["language"] : {};
  if (
    !isRecord(named) ||
    typeof named["name"] !== "string" ||
    typeof language["code"] !== "string"
  ) {
    return refuse("Param message[template] needs name and language[code]");
  }
  const title = `${named["name"]} (${language["code"]})`;
  const template = templates.find(named["name"], language["code"]);
  if (template === "assumed") return undefined;
  if (template === undefined) return refuse(`Template ${title} does not exist`);
  if (template.status !== "APPROVED") return refuse(`Template ${title} is ${template.status}`);
  const wanted = placeholderCount(template.components);
  const given = textParameterCount(named["components"]);
  if (wanted === given) return undefined;
  return refuse(`Template ${title} takes ${wanted} parameters, ${given} were given`);
}

/** How many different `{{…}}` stand in the texts of header and body. */
function placeholderCount(components: readonly unknown[]): number {
  return components
    .map((part) => (isRecord(part) && typeof part["text"] === "string" ? part["text"] : ""))
    .map((text) => new Set(text.match(/\{\{[^}]*\}\}/g)).size)
    .reduce((sum, count) => sum + count, 0);
}

/** How many parameters a send gives to header and body; buttons are counted by nobody. */
function textParameterCount(components: unknown): number {
  const parts: readonly unknown[] = Array.isArray(components) ? components : [];
  return parts
    .filter(isRecord)
    .filter(({ type }) => /^(header|body)$/i.test(String(type)))
    .map(({ parameters }) => (Array.isArray(parameters) ? parameters.length : 0))
    .reduce((sum, count) => sum + count, 0);
}

/** The code is not known from public sources (messenger-platform.md section 12). */
function refuse(message: string): Refusal {
  return { code: 100, message };
}
