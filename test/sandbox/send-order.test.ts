import { describe, expect, test } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import type { Person } from "../../src/sandbox/people.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { ANA, type Answered, call, HandClock, NOW, openSandbox, PAGE, sendBody } from "./graph.ts";
import { proofOf } from "./proof.ts";

/** Something wrong with a call, and what it is refused with when nothing before it is wrong. */
interface Stage {
  readonly name: string;
  readonly answer: RegExp;
  readonly options?: Partial<SandboxOptions>;
  readonly person?: Person;
  readonly body?: Record<string, unknown>;
  readonly token?: string;
  readonly hasProof?: false;
  readonly version?: string;
}

/** In the order of messenger-platform.md section 11, item 3. */
const STAGES: readonly Stage[] = [
  { name: "token", token: "wrong", answer: /^190 .*Invalid OAuth access token/ },
  { name: "proof", hasProof: false, answer: /^100 .*require an appsecret_proof/ },
  { name: "version", version: "v99.0", answer: /^2500 / },
  { name: "rate limit", options: { sendsPerSecond: 1 }, answer: /^613 / },
  {
    name: "message",
    body: { message: { text: "x".repeat(2001) } },
    answer: /^100 .*Length of param message\[text\]/,
  },
  {
    name: "tag",
    body: { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" },
    answer: /^100\/1893061 /,
  },
  { name: "recipient", person: { exists: false }, answer: /^100\/2018001 / },
  { name: "app mode", options: { mode: "development" }, answer: /^200\/2018028 / },
  { name: "restriction", options: { faults: faults("restricted@1") }, answer: /^10\/1893063 / },
  { name: "blocked", person: { blocked: true }, answer: /^551\/1545041 / },
  { name: "thread owner", person: { ownedByOtherApp: true }, answer: /^100\/2018300 / },
  { name: "window", person: { lastInboundAt: NOW - 48 * 3_600_000 }, answer: /^10\/2018278 / },
];

function faults(text: string) {
  const { plan } = parseFaults(text);
  if (plan === undefined) throw new Error(text);
  return plan;
}

/** A call with all of these things wrong. */
async function callWith(wrong: readonly Stage[]): Promise<string> {
  const person = Object.assign({}, ...wrong.map((stage) => stage.person)) as Person;
  const sandbox = await openSandbox({
    token: "right",
    appSecret: "secret",
    now: new HandClock().now,
    people: { [ANA]: person },
    ...Object.assign({}, ...wrong.map((stage) => stage.options)),
  });
  const path = (version: string, proof: string) => `/${version}/${PAGE}/messages${proof}`;
  const proof = `?appsecret_proof=${proofOf("right", "secret")}`;
  const good = { method: "POST", body: JSON.stringify(sendBody()) };
  // The first calls of a second, and the one that a fault strikes.
  for (let n = 0; n < 2; n++)
    await call(sandbox, path("v25.0", proof), { ...good, token: "right" });
  const token = wrong.find((stage) => stage.token)?.token ?? "right";
  const version = wrong.find((stage) => stage.version)?.version ?? "v25.0";
  const hasProof = wrong.every((stage) => stage.hasProof !== false);
  const body = JSON.stringify(Object.assign(sendBody(), ...wrong.map((stage) => stage.body)));
  const answered = await call(
    sandbox,
    path(
      version,
      hasProof ? proof.replace(proofOf("right", "secret"), proofOf(token, "secret")) : "",
    ),
    { method: "POST", body, token },
  );
  return wordsOf(answered);
}

function wordsOf({ json }: Answered): string {
  if (json.error === undefined) return "taken";
  const { code, error_subcode: subcode, message } = json.error;
  return `${code}${subcode === undefined ? "" : `/${subcode}`} ${message}`;
}

describe("of several things that are wrong, the first in Meta's order is the answer", () => {
  test.each(STAGES.map((stage, place) => ({ stage, place })))(
    "$stage.name",
    async ({ stage, place }) => {
      expect(await callWith(STAGES.slice(place))).toMatch(stage.answer);
      expect(await callWith([stage])).toMatch(stage.answer);
    },
  );

  test("nothing", async () => {
    expect(await callWith([])).toBe("taken");
  });
});

describe("a template is looked at last", () => {
  const utility = {
    messaging_type: "UTILITY",
    message: { template: { name: "gone", language: { code: "en" } } },
  };

  test.each<[string, Person, RegExp]>([
    ["behind a person who is blocked", { blocked: true }, /^551/],
    ["behind another app's thread", { ownedByOtherApp: true }, /^100\/2018300/],
    [
      "though no window has to be open",
      { lastInboundAt: null },
      /^100 .*gone \(en\) does not exist/,
    ],
  ])("%s", async (_, person, answer) => {
    const sandbox = await openSandbox({ strict: true, people: { [ANA]: person } });
    const body = JSON.stringify(sendBody(utility));
    const answered = await call(sandbox, `/v25.0/${PAGE}/messages`, { method: "POST", body });
    expect(wordsOf(answered)).toMatch(answer);
  });
});
