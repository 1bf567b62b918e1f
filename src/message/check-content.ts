import type { Finding } from "../diag/diagnostic.ts";
import { nearestName } from "../diag/nearest.ts";
import type { Content, MessagingType, Purpose } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";
import type { Variables } from "../model/workspace.ts";
import { checkFallbacks } from "./check-fallbacks.ts";
import { checkLocales } from "./check-locales.ts";
import { checkMessage, texts } from "./check-message.ts";
import { checkTemplate, type TemplateScope } from "./check-template.ts";
import {
  allLayers,
  type Combination,
  combinations,
  type Layer,
  mergeLayers,
  placeIn,
  writes,
} from "./layers.ts";
import { isLackOf, nullFindings } from "./null-findings.ts";

/** What a message's rules depend on beside the message. */
export interface ContentContext {
  readonly messaging: MessagingType;
  readonly purpose: Purpose;
  /** Attributes and constants by name, properties of the event as `event.x`. */
  readonly variables: Variables;
  /** Whether an event sets the campaign off. */
  readonly isEventCampaign: boolean;
}

/**
 * Everything wrong with a campaign's message that can be known without a person, for every variant
 * in every locale. Paths lead from the campaign's document; each cause is reported once, at the
 * message or patch that brings it in.
 */
export function checkContent(content: Content, context: ContentContext): readonly Finding[] {
  const parts = checkParts(content, context);
  const nulls = nullFindings(content.message, ["message"]);
  const whole = combinations(content)
    .flatMap((combination) => checkCombination(combination, context))
    .filter((finding) => !nulls.some((empty) => isLackOf(finding, empty)));
  const findings = distinct([...nulls, ...parts, ...whole]);
  if (findings.every(({ severity }) => severity === "warning")) soundContents.add(content);
  return findings;
}

const soundContents = new WeakSet<Content>();

/** Whether `checkContent` was asked about this very content and found no error. */
export function wasFoundSound(content: Content): boolean {
  return soundContents.has(content);
}

/** What is wrong with the content whatever it is sent as; compiling relies on this part. */
export function checkParts(content: Content, scope: TemplateScope): readonly Finding[] {
  return [
    ...allLayers(content).flatMap((layer) => checkLayer(layer, scope)),
    ...checkFallbacks(content.fallbacks, scope),
    ...checkLocales(content),
  ];
}

function checkLayer(layer: Layer, scope: TemplateScope): readonly Finding[] {
  const findings = texts(layer.patch, layer.path).flatMap(({ path, text }) =>
    checkTemplate(text, path, scope),
  );
  if (!Object.hasOwn(layer.patch, "metadata")) return findings;
  const detail = "message.metadata carries the delivery id. Remove it.";
  const path = [...layer.path, "metadata"];
  const reserved: Finding = {
    code: "MESSAGE_METADATA",
    path,
    atKey: true,
    summary: "Reserved key",
    detail,
  };
  return [...findings, reserved];
}

function checkCombination(
  { layers }: Combination,
  { messaging, purpose }: ContentContext,
): readonly Finding[] {
  const stages = layers.map((_, depth) => {
    const { metadata: _reserved, ...message } = mergeLayers(layers.slice(0, depth + 1));
    const lacking = checkMessaging(message, messaging, purpose);
    // A message that is empty lacks its template too, and that says what to write.
    const own = checkMessage(message).filter(
      ({ code, path }) => code !== "MESSAGE_EMPTY" || path.length > 0 || lacking.length === 0,
    );
    return [...own, ...lacking];
  });
  return (stages.at(-1) ?? []).flatMap((finding) => {
    const layer = layers[causeOf(finding, layers, stages)];
    return layer === undefined ? [] : [{ ...finding, path: placeIn(layer, finding.path) }];
  });
}

/** The lowest layer with the fault from there on; a patch that writes the place again owns it. */
function causeOf(
  finding: Finding,
  layers: readonly Layer[],
  stages: readonly (readonly Finding[])[],
): number {
  for (let depth = layers.length - 1; depth > 0; depth--) {
    const patch = layers[depth]?.patch ?? {};
    const isInherited = stages[depth - 1]?.some((other) => keyOf(other) === keyOf(finding));
    if (isInherited !== true || writes(patch, finding.path)) return depth;
  }
  return 0;
}

/** messenger-platform.md section 2.4: templates go out as UTILITY, and nothing else does. */
function checkMessaging(
  message: JsonObject,
  messaging: MessagingType,
  purpose: Purpose,
): readonly Finding[] {
  const hasTemplate = Object.hasOwn(message, "template");
  if (messaging === "UTILITY" && !hasTemplate) {
    // A misspelt one is told as an unknown key.
    if (Object.keys(message).some((key) => nearestName(key, ["template"]))) return [];
    const remedy =
      purpose === "promotion"
        ? "Promotion goes out as messaging: UPDATE."
        : "Add it, or use UPDATE.";
    const detail = `messaging: UTILITY sends a message.template, and there is none. ${remedy}`;
    return [{ code: "MESSAGE_TEMPLATE_MISSING", path: [], summary: "Template missing", detail }];
  }
  if (messaging === "UTILITY" || !hasTemplate) return [];
  const detail = `Only messaging: UTILITY sends message.template; this campaign is ${messaging}.`;
  const summary = "Template cannot be sent";
  return [{ code: "MESSAGE_TEMPLATE_REFUSED", path: ["template"], atKey: true, summary, detail }];
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}

function keyOf({ code, path, detail }: Finding): string {
  return JSON.stringify([code, path, detail]);
}
