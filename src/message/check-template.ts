import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean } from "../diag/nearest.ts";
import type { JsonPath } from "../model/json.ts";
import type { Variables } from "../model/workspace.ts";
import { parseTemplate, type Token } from "./parse-template.ts";

/** What a template may name. */
export interface TemplateScope {
  readonly variables: Variables;
  readonly isEventCampaign: boolean;
}

/** What is wrong with the template `text` at `path`, whatever stands around it. */
export function checkTemplate(
  text: string,
  path: JsonPath,
  scope: TemplateScope,
): readonly Finding[] {
  const parsed = parseTemplate(text);
  if (parsed.kind === "fault") {
    const { summary, detail } = parsed;
    return [{ code: "MESSAGE_TEMPLATE", path, summary, detail }];
  }
  const names = namesIn(parsed.tokens);
  if (strayDot(parsed.tokens, scope.variables)) names.add("");
  return [...names].flatMap((name) => checkName(name, path, scope));
}

/** What is wrong with a variable's name that stands at `path`. */
export function checkName(name: string, path: JsonPath, scope: TemplateScope): readonly Finding[] {
  const isEvent = name === "event" || name.startsWith("event.");
  if (isEvent && !scope.isEventCampaign) {
    const detail = `"${name}" is known only where an event sets off the campaign (send.on).`;
    return [{ code: "MESSAGE_EVENT", path, summary: "No event to take it from", detail }];
  }
  if (scope.variables.has(name) || scope.variables.isUnsure?.(name)) return [];
  return [
    { code: "MESSAGE_VARIABLE", path, summary: "Unknown variable", detail: why(name, scope) },
  ];
}

/** Every name that a template uses, `.` aside. */
export function namesIn(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "text") continue;
    if (token.name !== ".") names.add(token.name);
    if (token.kind === "section") for (const name of namesIn(token.tokens)) names.add(name);
  }
  return names;
}

function why(name: string, { variables }: TemplateScope): string {
  if (name === "")
    return (
      "A tag names nothing. Write a name, as in {{first_name}}; " +
      "{{.}} is the value of the section around it."
    );
  const near = variables.has(`event.${name}`)
    ? ` Did you mean "event.${name}"?`
    : didYouMean(name, variables.keys());
  const remedy = near === "" ? " Declare it in posthorn.yaml under users, events or vars." : near;
  return `No attribute, event property or constant is called "${name}".${remedy}`;
}

/** Whether `{{.}}` stands where there is no value around it: a boolean's section gives none. */
function strayDot(tokens: readonly Token[], variables: Variables): boolean {
  return tokens.some((token) => {
    if (token.kind === "text") return false;
    if (token.name === ".") return true;
    if (token.kind === "print") return false;
    const gives = !token.inverted && variables.get(token.name)?.type !== "boolean";
    return !gives && strayDot(token.tokens, variables);
  });
}
