import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

// Messages come from anywhere, a sandbox's included: what is missing or odd reads as empty.

/** Texts and numbers as text; everything else is empty. */
export function textAt(owner: JsonObject, key: string): string {
  const value = owner[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function objectAt(owner: JsonObject, key: string): JsonObject {
  const value = owner[key];
  return isJsonObject(value) ? value : {};
}

/** The objects of a list; what is none is left out. */
export function objectsAt(owner: JsonObject, key: string): readonly JsonObject[] {
  const value: JsonValue | undefined = owner[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** An address that a tap may open: http or https, as it was written; else null. */
export function webUrlAt(owner: JsonObject, key: string): string | null {
  const text = textAt(owner, key);
  return /^https?:\/\/\S+$/i.test(text) ? text : null;
}
