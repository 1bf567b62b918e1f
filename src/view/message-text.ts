import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { escapeLine } from "./escape.ts";

/** A message as one readable line: its text, then what can be tapped in brackets. */
export function messageText(message: JsonObject): string {
  const taps = titlesOf(message).map((title) => `[${title}]`);
  return escapeLine([mainText(message), ...taps].join(" ")).trim();
}

function mainText(message: JsonObject): string {
  if (typeof message["text"] === "string") return message["text"];
  const template = message["template"];
  if (isJsonObject(template)) {
    const words = leaves(template["components"] ?? null).join(" ");
    return `template ${String(template["name"])}: ${words}`;
  }
  const attachment = message["attachment"];
  if (!isJsonObject(attachment)) return JSON.stringify(message);
  const payload = attachment["payload"];
  if (!isJsonObject(payload)) return String(attachment["type"]);
  const kind = String(payload["template_type"] ?? attachment["type"]);
  const words = ["text", "title", "subtitle", "url"].flatMap((key) => findAll(payload, key));
  return `${kind}: ${words.join(" – ")}`;
}

function titlesOf(message: JsonObject): string[] {
  const replies = message["quick_replies"];
  const buttons = ["buttons"].flatMap((key) => listsNamed(message, key));
  return [replies ?? [], ...buttons].flatMap((list) => findAll(list, "title"));
}

function listsNamed(value: JsonValue, key: string): JsonValue[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => listsNamed(one, key));
  if (!isJsonObject(value)) return [];
  const own = value[key];
  return [
    ...(Array.isArray(own) ? [own] : []),
    ...Object.values(value).flatMap((one) => listsNamed(one, key)),
  ];
}

/** The texts under a key, buttons' own left to their brackets. */
function findAll(value: JsonValue, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => findAll(one, key));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    if (name === key && typeof part === "string") return [part];
    return name === "buttons" ? [] : findAll(part, key);
  });
}

function leaves(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (isJsonObject(value)) return leaves(value["text"] ?? value["parameters"] ?? "");
  return value === "" || value === null ? [] : [String(value)];
}
