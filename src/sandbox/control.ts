import { accountProblems } from "./account.ts";
import { type Answer, jsonReply, reply } from "./answer.ts";
import { type Call, isRecord } from "./call.ts";
import { deliveredOf } from "./delivered.ts";
import { INBOX_CALLS, refuse } from "./inbox/inbox-calls.ts";
import { parseFaults } from "./parse-faults.ts";
import type { Person } from "./people.ts";
import { setFaults, type World } from "./world.ts";

/**
 * What is asked of the sandbox itself rather than of the Graph API, without a token:
 * `GET /sandbox/messages[?psid=…]` → `{ count, repeats, messages }`, of which `count` and
 * `repeats` speak of all that were ever delivered;
 * `POST /sandbox/faults` with `{ "faults": "429:2%" }`; `POST /sandbox/people` with
 * `{ "<psid>": { "blocked": true } }`; `POST /sandbox/page` with parts of an `Account`. Faulty
 * bodies are answered with 400 and the reasons.
 */
export function control(call: Call, world: World): Answer {
  const asked = `${call.method} ${call.path.slice(1).join("/")}`;
  const endpoint = Object.hasOwn(CALLS, asked) ? CALLS[asked] : undefined;
  if (endpoint === undefined) return reply(404, "text/plain", "The sandbox has no such page");
  return endpoint(call, world);
}

const CALLS: Readonly<Record<string, (call: Call, world: World) => Answer>> = {
  "GET messages": showMessages,
  "POST faults": postFaults,
  "POST people": postPeople,
  "POST page": postPage,
  ...INBOX_CALLS,
};

function showMessages({ params }: Call, world: World): Answer {
  const { psid } = params;
  const all = deliveredOf(world);
  const messages = psid === undefined ? all : all.filter((one) => one.psid === psid);
  return jsonReply({ count: world.outbox.count, repeats: world.outbox.repeats, messages });
}

function postFaults({ params }: Call, world: World): Answer {
  const { faults } = params;
  if (typeof faults !== "string") return refuse('Send { "faults": "NAME:2%" }.');
  const parsed = parseFaults(faults);
  if (parsed.plan === undefined) return refuse(...parsed.problems);
  setFaults(world, parsed.plan, faults);
  return jsonReply({ success: true });
}

function postPeople({ params }: Call, world: World): Answer {
  const entries = Object.entries(params);
  const problems = entries.flatMap(([psid, person]) => personProblems(psid, person));
  if (problems.length > 0) return refuse(...problems);
  world.people.put(params as Readonly<Record<string, Person>>);
  return jsonReply({ success: true });
}

function postPage({ params }: Call, world: World): Answer {
  const problems = accountProblems(params);
  if (problems.length > 0) return refuse(...problems);
  world.account = { ...world.account, ...params };
  return jsonReply({ success: true });
}

function personProblems(psid: string, person: unknown): readonly string[] {
  if (!isRecord(person)) return [`${psid} must be an object.`];
  return Object.entries(person).flatMap(([key, value]) => {
    const fits = PERSON_KEYS[key];
    if (fits === undefined) return [`${psid} has an unknown key "${key}".`];
    return fits(value) ? [] : [`${psid}.${key} has a value that does not fit.`];
  });
}

const isBoolean = (value: unknown): boolean => typeof value === "boolean";

const PERSON_KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  exists: isBoolean,
  blocked: isBoolean,
  ownedByOtherApp: isBoolean,
  lastInboundAt: (value) => value === null || Number.isFinite(value),
};
