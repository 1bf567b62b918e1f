import type { JsonObject } from "../model/json.ts";
import type { BubblePart, Button, UtilityValue } from "./bubble.ts";
import { objectAt, objectsAt, textAt } from "./fields.ts";

/** The values of a utility template (messenger-platform.md section 2.4). */
export function utilityPart(template: JsonObject): BubblePart {
  const components = objectsAt(template, "components");
  return {
    kind: "utility",
    name: textAt(template, "name"),
    language: textAt(objectAt(template, "language"), "code"),
    header: valuesOf(parametersOf(components, ["header", "title"])),
    body: valuesOf(parametersOf(components, ["body"])),
    buttons: parametersOf(components, ["buttons"]).map(buttonOf),
  };
}

function parametersOf(
  components: readonly JsonObject[],
  types: readonly string[],
): readonly JsonObject[] {
  return components
    .filter((component) => types.includes(textAt(component, "type").toLowerCase()))
    .flatMap((component) => objectsAt(component, "parameters"));
}

function valuesOf(parameters: readonly JsonObject[]): readonly UtilityValue[] {
  return parameters.map((parameter, place) => ({
    name: textAt(parameter, "parameter_name") || String(place + 1),
    text: textAt(parameter, "text"),
  }));
}

/** What a button is called stands in the template; only what it carries is known. */
function buttonOf(parameter: JsonObject, place: number): Button {
  const isUrl = textAt(parameter, "type").toLowerCase() === "url";
  return {
    title: `Button ${place + 1}`,
    action: isUrl ? "url" : "postback",
    value: textAt(parameter, isUrl ? "url" : "payload"),
  };
}
