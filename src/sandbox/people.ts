import { DAY_MS, type Instant } from "../model/instant.ts";

/** What the sandbox's Page knows of one person. What is absent stands in the sender's favour. */
export interface Person {
  /** False: no such person on this Page. */
  readonly exists?: boolean;
  /** Blocked the Page, deleted the chat or deactivated: Meta never says which. */
  readonly blocked?: boolean;
  /** When they last wrote; `null`: never. Absent: just now, whenever that is asked. */
  readonly lastInboundAt?: Instant | null;
  /** Another app owns the conversation. */
  readonly ownedByOtherApp?: boolean;
}

/** The people of the sandbox's Page by PSID. */
export class People {
  readonly #byPsid = new Map<string, Person>();
  readonly #strict: boolean;

  /** `strict`: only people who were named exist; otherwise everyone does, with an open window. */
  constructor(strict: boolean, people: Readonly<Record<string, Person>>) {
    this.#strict = strict;
    this.put(people);
  }

  /** Whoever writes to the Page exists, is not blocked, and opens the window. */
  wrote(psid: string, at: Instant): void {
    this.#byPsid.set(psid, { ...this.find(psid), exists: true, blocked: false, lastInboundAt: at });
  }

  /** Adds people, or replaces what was known of them. */
  put(people: Readonly<Record<string, Person>>): void {
    for (const [psid, person] of Object.entries(people)) this.#byPsid.set(psid, person);
  }

  find(psid: string): Person {
    return this.#byPsid.get(psid) ?? { exists: !this.#strict };
  }

  isNamed(psid: string): boolean {
    return this.#byPsid.has(psid);
  }

  /** PSIDs of those who were named and exist. */
  known(): readonly string[] {
    const known: string[] = [];
    for (const [psid, person] of this.#byPsid) if (person.exists !== false) known.push(psid);
    return known;
  }
}

/** The standard window, and the one of a human agent (messenger-platform.md section 2). */
export const WINDOW_MS = DAY_MS;
export const AGENT_WINDOW_MS = 7 * DAY_MS;

/** Open for so long after the person last wrote, the last moment included. */
export function isWindowOpen(person: Person, now: Instant, windowMs = WINDOW_MS): boolean {
  if (person.lastInboundAt === undefined) return true;
  return person.lastInboundAt !== null && now - person.lastInboundAt <= windowMs;
}
