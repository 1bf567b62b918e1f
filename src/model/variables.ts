import type { Attribute, AttributeType } from "./attribute.ts";
import type { Variables, Workspace } from "./workspace.ts";

/**
 * What the messages of a campaign may name: attributes and constants by their name, and for `on:`
 * campaigns the properties of the event as `event.<name>`.
 */
export function variablesOf(
  from: Pick<Workspace, "users" | "events" | "vars">,
  isEventCampaign: boolean,
): Variables {
  const constants = Object.entries(from.vars).map(([name, value]) => constant(name, value));
  const properties = isEventCampaign ? [...(from.events?.properties.values() ?? [])] : [];
  const eventVariables = properties.map((property) => ({
    ...property,
    name: `event.${property.name}`,
  }));
  const all = [...constants, ...from.users.attributes.values(), ...eventVariables];
  return new Map(all.map((variable) => [variable.name, variable]));
}

function constant(name: string, value: string | number | boolean): Attribute {
  const types: Record<string, AttributeType> = { number: "number", boolean: "boolean" };
  return { name, type: types[typeof value] ?? "string", sensitive: false };
}
