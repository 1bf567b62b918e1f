import { checkContent } from "../../src/message/check-content.ts";
import { type CompiledContent, compileContent } from "../../src/message/compile-content.ts";
import type { RenderValues } from "../../src/message/compile-template.ts";
import type { AttributeType } from "../../src/model/attribute.ts";
import type { Content, MessagingType } from "../../src/model/campaign.ts";
import type { JsonObject, JsonValue } from "../../src/model/json.ts";
import type { Variables } from "../../src/model/workspace.ts";

const TYPES: Readonly<Record<string, AttributeType>> = {
  first_name: "string",
  last_name: "string",
  shop: "string",
  link: "string",
  ltv: "number",
  visits: "integer",
  vip: "boolean",
  birthday: "date",
  last_order_at: "timestamp",
  tags: "string[]",
  "event.order_id": "string",
  "event.amount": "number",
};

export const VARIABLES: Variables = new Map(
  Object.entries(TYPES).map(([name, type]) => [name, { name, type, sensitive: false }]),
);

export interface WrittenContent {
  readonly message: JsonObject;
  readonly locales?: Readonly<Record<string, JsonObject>>;
  readonly variants?: Readonly<
    Record<
      string,
      {
        readonly weight?: number;
        readonly message?: JsonObject;
        readonly locales?: Readonly<Record<string, JsonObject>>;
      }
    >
  >;
  readonly fallbacks?: Readonly<Record<string, JsonValue>>;
  readonly onMissing?: "skip" | "blank";
}

export function contentOf(written: WrittenContent): Content {
  return {
    message: written.message,
    locales: new Map(Object.entries(written.locales ?? {})),
    variants: Object.entries(written.variants ?? {}).map(([name, variant]) => ({
      name,
      weight: variant.weight ?? 1,
      message: variant.message,
      locales: new Map(Object.entries(variant.locales ?? {})),
    })),
    fallbacks: written.fallbacks ?? {},
    onMissing: written.onMissing ?? "skip",
  };
}

/** Findings as `place CODE detail`, for an `on:` campaign unless said otherwise. */
export function faultsOf(
  written: WrittenContent,
  context: { readonly messaging?: MessagingType; readonly isEventCampaign?: boolean } = {},
): readonly string[] {
  const findings = checkContent(contentOf(written), {
    messaging: context.messaging ?? "UPDATE",
    purpose: "transaction",
    variables: VARIABLES,
    isEventCampaign: context.isEventCampaign ?? true,
  });
  return findings.map(({ code, path, detail }) => `${path.join(".")} ${code} ${detail}`);
}

/** The same without the detail. */
export function codesOf(...args: Parameters<typeof faultsOf>): readonly string[] {
  return faultsOf(...args).map((fault) => fault.split(" ").slice(0, 2).join(" "));
}

export function compiled(written: WrittenContent): CompiledContent {
  return compileContent(contentOf(written), VARIABLES);
}

/** What a template gives as a message's text; the missing names in brackets; or a code. */
export function renderText(
  text: string,
  values: RenderValues,
  settings: Omit<WrittenContent, "message"> & { readonly zone?: string } = {},
): string {
  const rendered = compiled({ message: { text }, ...settings }).render({
    variant: null,
    locale: null,
    zone: settings.zone ?? "UTC",
    values,
  });
  if (rendered.kind === "missing") return `[${rendered.variables.join(" ")}]`;
  if (rendered.kind === "invalid") return rendered.findings.map(({ code }) => code).join(" ");
  return String(rendered.message["text"]);
}

export function template(payload: JsonObject): JsonObject {
  return { attachment: { type: "template", payload } };
}

export function generic(element: JsonObject): JsonObject {
  return template({ template_type: "generic", elements: [element] });
}

export function button(entry: JsonObject): JsonObject {
  return template({ template_type: "button", text: "a", buttons: [entry] });
}

export function media(url: string): JsonObject {
  return template({ template_type: "media", elements: [{ media_type: "image", url }] });
}

export function image(url: string): JsonObject {
  return { attachment: { type: "image", payload: { url } } };
}
