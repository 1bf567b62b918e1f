import type { Campaign } from "../model/campaign.ts";
import type { Workspace } from "../model/workspace.ts";
import type { NeededColumns } from "../ports/user-data.ts";
import { columnsOf } from "../segment/columns-of.ts";
import { compiledContent } from "./compiled-content.ts";

/** The columns that the rules, the conditions and the messages of the campaigns look at. */
export function neededColumns(workspace: Workspace): NeededColumns {
  const users = new Set(specialColumns(workspace));
  const events = new Set<string>();
  for (const campaign of workspace.campaigns) addColumns(campaign, workspace, { users, events });
  return { users, events };
}

/** The columns with a meaning of their own, and those by which PSIDs are joined to users. */
export function specialColumns({ users, people }: Pick<Workspace, "users" | "people">): string[] {
  const { id, psid, lastInbound, consentAt, timezone, locale, inbound } = users;
  const consent = users.consent === "assumed" ? undefined : users.consent.column;
  const columns = [id, psid, lastInbound, consent, timezone, locale];
  if (inbound !== undefined) columns.push(consentAt, ...people.join.map((one) => one.attribute));
  return columns.filter((column) => column !== undefined);
}

function addColumns(
  campaign: Campaign,
  workspace: Workspace,
  to: { readonly users: Set<string>; readonly events: Set<string> },
): void {
  const { segments, users } = workspace;
  const where = columnsOf(campaign.where, segments);
  for (const name of where.users) to.users.add(name);
  for (const name of where.events) to.events.add(name);
  if (campaign.send.kind === "on" && campaign.send.where !== undefined) {
    for (const name of columnsOf(campaign.send.where, segments).users) to.events.add(name);
  }
  for (const name of compiledContent(campaign, workspace).variables) {
    if (name.startsWith("event.")) to.events.add(name.slice("event.".length));
    else if (users.attributes.has(name)) to.users.add(name);
  }
}
