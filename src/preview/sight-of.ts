import type { Draft, RenderValues } from "../message/compile-content.ts";
import { hasValue } from "../message/compile-template.ts";
import { metersOf } from "../message/meters.ts";
import { showInstant, showValue } from "../message/show-value.ts";
import { ownValue } from "../model/own-value.ts";
import type { Sight, SightValue } from "../model/preview.ts";
import type { PreviewPerson, PreviewScope } from "./preview-person.ts";

/** One of the messages that people can get, with the names of the values that it uses. */
export interface Version {
  readonly variant: string | null;
  readonly locale: string | null;
  readonly names: readonly string[];
}

/** No text can be longer, whatever the limit. */
const LONGEST = 2000;
/** How long texts grow where nothing limits them. */
const UNLIMITED = 40;

/** A version as one person would see it. */
export function sightOf(version: Version, person: PreviewPerson, scope: PreviewScope): Sight {
  const { campaign } = scope;
  const values = valuesIn(version, person, scope);
  const draft = draftOf(version, values, { person, scope });
  const isLeftOut = draft.missing.length > 0 && campaign.content.onMissing === "skip";
  const isInvalid = !isLeftOut && draft.findings.length > 0;
  return {
    person: person.name,
    isOwn: person.own?.variant === version.variant && person.own.locale === version.locale,
    outcome: isLeftOut ? "missing_value" : isInvalid ? "invalid_message" : "message",
    because: isLeftOut
      ? draft.missing.map((name) => `${name} is missing, and has no fallback.`)
      : draft.findings.map(({ detail }) => detail),
    message: draft.message,
    values: version.names.flatMap((name) => sightValues(name, values, { person, scope })),
    meters: metersOf(draft.message),
  };
}

interface Looked {
  readonly person: PreviewPerson;
  readonly scope: PreviewScope;
}

function draftOf({ variant, locale }: Version, values: RenderValues, { person, scope }: Looked) {
  const { content, workspace } = scope;
  const { zone } = person;
  return content.draft({ variant, locale, zone, values: { ...workspace.vars, ...values } });
}

/** Values that grow are as long as they can be without breaking a limit. */
function valuesIn(version: Version, person: PreviewPerson, scope: PreviewScope): RenderValues {
  const { grown } = person;
  if (grown === undefined) return person.values;
  const fits = (length: number) => isSound(draftOf(version, grown(length), { person, scope }));
  if (fits(LONGEST)) return grown(UNLIMITED);
  let [low, high] = [2, LONGEST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return grown(low);
}

function isSound({ findings }: Draft): boolean {
  return findings.length === 0;
}

/** None for a constant of `vars:`, which is the same for everybody. */
function sightValues(name: string, values: RenderValues, looked: Looked): SightValue[] {
  const { person, scope } = looked;
  const attribute = scope.attributes.find((one) => one.name === name);
  if (attribute === undefined) return [];
  const value = ownValue(values, name);
  if (value !== undefined && hasValue(value)) {
    const isInstant = attribute.type === "timestamp" && typeof value === "number";
    const shown = isInstant ? showInstant(value, person.zone) : showValue(value);
    return [{ name, value: shown, from: person.madeUp.has(name) ? "made_up" : "person" }];
  }
  const fallback = ownValue(scope.campaign.content.fallbacks, name);
  if (fallback === undefined) return [{ name, value: null, from: "nothing" }];
  return [{ name, value: showValue(fallback as string), from: "fallback" }];
}
