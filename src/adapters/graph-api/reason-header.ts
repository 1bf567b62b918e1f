import type { Run } from "../../model/delivery.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { SendReason } from "../../ports/message-gateway.ts";

/** Read by the sandbox (`src/sandbox/about.ts`), and sent to nobody else. */
export const REASON_HEADER = "posthorn-about";

export type TellReason = (reason: SendReason) => string;

/** Plain http is taken for this machine alone, so it can be no one but a sandbox. */
export function onlyHere(origin: string, tell: TellReason | undefined): TellReason | undefined {
  return origin.startsWith("http:") ? tell : undefined;
}

/** Why a message is sent, for the inbox of a sandbox: JSON, percent-encoded. */
export function reasonHeader(
  { campaigns }: Workspace,
  { id, commit }: Pick<Run, "id" | "commit">,
): TellReason {
  const known = new Map(campaigns.map((campaign) => [campaign.rootId, campaign]));
  const tell: TellReason = ({ rootId, occurrence, variant }) => {
    const campaign = known.get(rootId);
    const about = {
      campaign: campaign?.id ?? rootId,
      segment: campaign?.segmentId,
      occurrence,
      variant: variant ?? undefined,
      commit: commit ?? undefined,
      run: id,
    };
    return encodeURIComponent(JSON.stringify(about));
  };
  return rememberingLast(tell);
}

/** Most sends have the reason of the one before. */
function rememberingLast(tell: TellReason): TellReason {
  let last: SendReason | undefined;
  let told = "";
  return (reason) => {
    if (last === undefined || !isSame(last, reason)) told = tell(reason);
    last = reason;
    return told;
  };
}

function isSame(a: SendReason, b: SendReason): boolean {
  return a.rootId === b.rootId && a.occurrence === b.occurrence && a.variant === b.variant;
}
