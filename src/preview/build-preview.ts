import { texts } from "../message/check-message.ts";
import { namesIn } from "../message/check-template.ts";
import { combinations, mergeLayers } from "../message/layers.ts";
import { parseTemplate } from "../message/parse-template.ts";
import type { JsonObject } from "../model/json.ts";
import type { Preview } from "../model/preview.ts";
import type { PreviewPerson, PreviewScope } from "./preview-person.ts";
import { sightOf, type Version } from "./sight-of.ts";

/** Which versions are looked at; absent: all of them. */
export interface ChosenVersions {
  readonly variant?: string | undefined;
  /** As people have it: de_AT also chooses the text for de. */
  readonly locale?: string | undefined;
}

/** A campaign's message, every version (or the chosen ones) as everybody would see it. */
export function buildPreview(
  scope: PreviewScope,
  people: readonly PreviewPerson[],
  chosen: ChosenVersions,
): Preview {
  const { campaign, workspace } = scope;
  const { file, line } = campaign.at;
  return {
    format: "posthorn.preview/1",
    workspace: workspace.id,
    campaign: campaign.id,
    description: campaign.description,
    source: { file, line },
    versions: versionsOf(scope, chosen).map((version) => ({
      variant: version.variant,
      locale: version.locale,
      sights: lookers(version, people, scope).map((person) => sightOf(version, person, scope)),
    })),
  };
}

/** Where a version uses nothing of people, one of those who are nobody real stands for all. */
function lookers(
  { names }: Version,
  people: readonly PreviewPerson[],
  { attributes }: PreviewScope,
): readonly PreviewPerson[] {
  const [first, ...others] = people.filter(({ own }) => own === null);
  const usesSome = attributes.some(({ name }) => names.includes(name));
  if (usesSome || first === undefined || others.length === 0) return people;
  const everybody = { ...first, name: "everybody: this text uses nothing of the person" };
  return [...people.filter(({ own }) => own !== null), everybody];
}

function versionsOf(
  { campaign, content }: PreviewScope,
  { variant, locale }: ChosenVersions,
): Version[] {
  const all = combinations(campaign.content).map((one): Version => {
    const names = namesOf(mergeLayers(one.layers));
    return { variant: one.variant, locale: one.locale, names };
  });
  return all.filter((one) => {
    if (variant !== undefined && one.variant !== variant) return false;
    return locale === undefined || one.locale === content.localeFor(one.variant, locale);
  });
}

/** In the order in which the message uses them. */
function namesOf(message: JsonObject): string[] {
  const names = texts(message).flatMap(({ text }) => {
    const parsed = parseTemplate(text);
    return parsed.kind === "template" ? [...namesIn(parsed.tokens)] : [];
  });
  return [...new Set(names)];
}
