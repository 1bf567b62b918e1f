import { Stop } from "../diag/errors.ts";
import type { StateDocument } from "../ports/state-store.ts";

/** Whom a state must belong to. */
export interface Owner {
  readonly pageId: string;
  /** Absent where nothing is sent. */
  readonly target?: StateDocument["target"];
}

/** Throws Stop `state` for a state of another page, or of sends to somewhere else. */
export function refuseOtherOwner(
  document: StateDocument | undefined,
  { pageId, target }: Owner,
  /** What the state is called, such as `The state in data/state`. */
  state: string,
): void {
  if (document === undefined) return;
  if (document.pageId !== pageId) {
    throw new Stop(
      "state",
      `${state} belongs to the page ${document.pageId}, not ${pageId}. ` +
        "Nothing was changed or sent. Name another one in `state:`.",
    );
  }
  if (target === undefined || document.target === target) return;
  const owner = document.target === "meta" ? "Meta" : "a sandbox";
  throw new Stop(
    "state",
    `${state} belongs to sends to ${owner}. Nothing was changed or sent. ` +
      "Name another one for this Graph URL, or use `apply --sandbox`.",
  );
}
