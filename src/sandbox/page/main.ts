import type { Change, ConversationList, Summary } from "../inbox/shapes.ts";
import { ask } from "./ask.ts";
import { ConversationListView } from "./conversation-list.ts";
import { byId } from "./dom.ts";
import { FaultDialog } from "./fault-dialog.ts";
import { ThreadView } from "./thread-view.ts";
import { countText } from "./words.ts";

/** The list is asked for anew at most so often, however fast messages arrive. */
const REFRESH_EVERY_MS = 250;
const SEARCH_AFTER_MS = 150;

const search = byId("search", HTMLInputElement);
const campaign = byId("campaign", HTMLSelectElement);
const outcome = byId("outcome", HTMLSelectElement);
const panes = byId("panes", HTMLElement);

const thread = new ThreadView();
const list = new ConversationListView(byId("list", HTMLElement), {
  load: (from, count) =>
    ask<ConversationList>("conversations", {
      search: search.value.trim(),
      campaign: campaign.value,
      outcome: outcome.value,
      from,
      count,
    }),
  choose: (psid) => void choose(psid),
});
const faults = new FaultDialog(() => void refresh());
let summary: Summary | undefined;

async function choose(psid: string): Promise<void> {
  list.mark(psid);
  panes.classList.add("reading");
  await thread.open(psid);
}

function goBack(): void {
  panes.classList.remove("reading");
  thread.close();
  list.mark(undefined);
  byId("list", HTMLElement).focus();
}

async function refresh(): Promise<void> {
  const [fresh] = await Promise.all([ask<Summary>("summary"), list.refresh()]);
  summary = fresh;
  showSummary(fresh);
  showFound();
}

function showFound(): void {
  const isFiltered = search.value.trim() !== "" || campaign.value !== "" || outcome.value !== "";
  const found = countText(list.total, "conversation");
  byId("found", HTMLElement).textContent = isFiltered ? `${found} found` : found;
}

function showSummary({ delivered, repeats, campaigns, ...of }: Summary): void {
  const state = of.isRevoked ? " · token revoked" : of.isRestricted ? " · page restricted" : "";
  const twice = repeats === 0 ? "" : ` · ${countText(repeats, "delivery")} REPEATED`;
  const faulty = of.faults === "" ? "" : ` · faults: ${of.faults}`;
  byId("counts", HTMLElement).textContent =
    `Page ${of.pageId} · ${countText(delivered, "message")} delivered${twice}${state}${faulty}`;
  const known = [...campaign.options].slice(1).map((option) => option.value);
  if (known.join("\n") === campaigns.join("\n")) return;
  const chosen = campaign.value;
  campaign.replaceChildren(
    new Option("All campaigns", ""),
    ...campaigns.map((name) => new Option(name, name)),
  );
  campaign.value = chosen;
}

/** Changes are joined: the first is shown at once, the others together a moment later. */
function live(): void {
  const status = byId("live", HTMLElement);
  const events = new EventSource("/sandbox/stream");
  let isWaiting = false;
  let isStale = false;
  const show = async (): Promise<void> => {
    isStale = true;
    if (isWaiting) return;
    isWaiting = true;
    while (isStale) {
      isStale = false;
      await refresh();
      await new Promise((resolve) => setTimeout(resolve, REFRESH_EVERY_MS));
    }
    isWaiting = false;
  };
  events.onopen = () => {
    status.textContent = "Live";
    void show();
    void thread.refresh();
  };
  events.onerror = () => {
    status.textContent = "Not connected, trying again";
  };
  events.onmessage = ({ data }) => {
    const { psids }: Change = JSON.parse(data);
    const { psid } = thread;
    if (psid !== undefined && (psids === null || psids.includes(psid))) void thread.refresh();
    void show();
  };
}

async function restart(): Promise<void> {
  await list.restart();
  showFound();
}

let typed: ReturnType<typeof setTimeout> | undefined;
search.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(() => void restart(), SEARCH_AFTER_MS);
});
search.form?.addEventListener("submit", (event) => event.preventDefault());
campaign.addEventListener("change", () => void restart());
outcome.addEventListener("change", () => void restart());
byId("back", HTMLElement).addEventListener("click", goBack);
byId("open-faults", HTMLElement).addEventListener("click", () => {
  if (summary !== undefined) faults.open(summary);
});
byId("how", HTMLElement).textContent =
  `POSTHORN_GRAPH_URL=${location.origin} posthorn apply --sandbox`;
live();
