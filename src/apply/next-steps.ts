import type { CampaignReport, CutOff, NextStep, Report, ReportedError } from "../model/report.ts";

/** What a run came to, as far as something follows from it. */
interface Ended {
  readonly campaigns: readonly CampaignReport[];
  readonly totals: Report["totals"];
  readonly cutOff: CutOff | null;
  readonly unresolvedBefore: number;
  /** The environment variable that holds the page's token. */
  readonly tokenName: string;
}

/** What to do after a run, the most urgent first. */
export function nextSteps(ended: Ended): NextStep[] {
  return [
    ...accessSteps(ended),
    ...ended.campaigns.flatMap(stopSteps),
    ...unknownSteps(ended),
    ...applySteps(ended),
  ];
}

/** What has to be put right at Meta before anything can be sent. */
function accessSteps({ campaigns, tokenName }: Ended): NextStep[] {
  const errors = campaigns.flatMap((campaign) => campaign.errors);
  const denied = errors.find((error) => error.class === "denied");
  const restricted = errors.find((error) => error.class === "page_restricted");
  return [
    ...(denied === undefined ? [] : [step("access", accessWords(denied, tokenName))]),
    ...(restricted === undefined ? [] : [step("access", restrictedWords(restricted))]),
  ];
}

/** Which permission is missing. Source: messenger-platform.md sections 4 and 9. */
function accessWords({ code, subcode }: ReportedError, tokenName: string): string {
  if (code === 190 || code === 102) {
    return (
      `Meta does not take the token any more. Make a new Page access token and put it into ` +
      `${tokenName}; it needs the permission pages_messaging.`
    );
  }
  if (subcode === 2018028 || subcode === 2018027) {
    return (
      "The app is in development mode, so only people with a role in it can be reached. Ask for " +
      "Advanced Access to pages_messaging and switch the app to live."
    );
  }
  return (
    `Meta refuses the app or its token${code === null ? "" : ` (code ${code})`}. Check that the ` +
    "token is the Page's own, that the app has pages_messaging with Advanced Access, and that " +
    "it is live."
  );
}

function restrictedWords({ code }: ReportedError): string {
  if (code === 10904) {
    return "The Page does not take messages. Switch messaging on in the Page's settings.";
  }
  return (
    "Meta restricts the Page. Do not try again and again: look at Page Quality and the Support " +
    "Inbox, put right what is named there, and apply when the restriction is over."
  );
}

function stopSteps({ id, source, stopped, rollout, untried, errors }: CampaignReport): NextStep[] {
  if (stopped?.scope === "wave") {
    const stops = (rollout?.occurrences ?? []).flatMap((one) => one.stopped ?? []);
    const text =
      `${id} stopped after ${stopped.because}. ${people(untried)} wait. Find out why; to go on ` +
      `all the same, add to ${source.file}:`;
    return [step("stop", text, stops.map(({ accept }) => accept).join("\n"))];
  }
  if (stopped?.scope !== "campaign") return [];
  const isInvalid = errors.some((error) => error.class === "message_invalid");
  const remedy = isInvalid
    ? `Correct ${source.file}; with the new revision all of them are due again.`
    : "Look up what Meta says before the next apply.";
  return [step("stop", `${id} stopped: ${stopped.because}. ${remedy}`)];
}

/** Why they are left alone, and how to find out. */
function unknownSteps({ totals, unresolvedBefore }: Ended): NextStep[] {
  const count = totals.unknown + unresolvedBefore;
  if (count === 0) return [];
  const have = count === 1 ? "1 delivery has" : `${count} deliveries have`;
  const earlier =
    unresolvedBefore === 0
      ? ""
      : totals.unknown === 0
        ? " since an earlier run"
        : `, ${unresolvedBefore} of them since an earlier run`;
  const text =
    `${have} an unknown outcome${earlier}. The message may have arrived, and nobody shall get it ` +
    "twice, so it is not sent again by itself. Find out what became of it:";
  return [step("unknown", text, "posthorn ledger resolve --conversations")];
}

function applySteps({ totals, cutOff, campaigns }: Ended): NextStep[] {
  const held = campaigns
    .filter(({ stopped }) => stopped?.scope === "wave")
    .reduce((sum, { untried }) => sum + untried, 0);
  const due = totals.released + totals.untried - held;
  if (due === 0) return [];
  const text = `${people(due)} ${due === 1 ? "is" : "are"} still due. The next apply goes on there`;
  return cutOff?.by === "halt"
    ? [step("apply", `${text}, once the halt is lifted:`, "posthorn halt --lift")]
    : [step("apply", `${text}:`, "posthorn apply")];
}

function people(count: number): string {
  return count === 1 ? "1 message" : `${count} messages`;
}

function step(kind: NextStep["kind"], text: string, command: string | null = null): NextStep {
  return { kind, text, command };
}
