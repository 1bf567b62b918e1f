import { setTimeout as sleep } from "node:timers/promises";
import { apply } from "../../src/cli/apply.ts";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import type { Report } from "../../src/model/report.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { MessageGateway } from "../../src/ports/message-gateway.ts";
import type { PersonWriter } from "../../src/ports/state-store.ts";
import { surroundingsOf } from "../../src/wiring.ts";
import { person, SMALL_CAMPAIGN, SMALL_WORKSPACE, smallWorkspace } from "../cli/posthorn.ts";
import { failed, SENT } from "./fakes.ts";

/*
 * A run that takes hours, told by a clock that moves on by half a minute with every message. All of
 * the program is real but for the clock and what Meta answers.
 */

const STEP_MS = 30_000;
export const EVERYBODY = 400;
export const START = "2026-12-01T18:00:00Z"; // 19:00 in Berlin

interface Setting {
  readonly workspace?: string;
  readonly campaign?: string;
  readonly people?: readonly object[];
  readonly files?: Readonly<Record<string, string>>;
  /** Called before each send with its number, from 1. */
  readonly onSend?: (count: number, cwd: string) => void;
  readonly unreachable?: ReadonlySet<string>;
  /** Stands in the way of what is written. */
  readonly writerOver?: (writer: PersonWriter) => PersonWriter;
}

export const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
export const inbound = (at: string) => ({ last_inbound_at: at });

export function everybody(over: (n: number) => object = () => inbound(START)): object[] {
  return Array.from({ length: EVERYBODY }, (_, n) =>
    person(n, { user_id: `u${String(n).padStart(3, "0")}`, ...over(n) }),
  );
}

class StepClock implements Clock {
  ms: number;
  constructor(start: string) {
    this.ms = Date.parse(start);
  }
  now = () => Math.floor(this.ms);
  monotonicMs = () => this.ms;
  sleep = async (ms: number) => {
    this.ms += ms;
  };
}

export function longRun({ onSend = () => {}, unreachable = new Set(), ...setting }: Setting = {}) {
  const cwd = smallWorkspace({
    "posthorn.yaml": setting.workspace ?? SMALL_WORKSPACE,
    "campaigns/hello.yaml": setting.campaign ?? SMALL_CAMPAIGN,
    "data/users.ndjson": lines(setting.people ?? everybody()),
    ...setting.files,
  });
  const reached: string[] = [];
  const run = async (start = START): Promise<Report> => {
    const clock = new StepClock(start);
    let count = 0;
    let line = Promise.resolve();
    const gateway: MessageGateway = {
      send: async (body) => {
        // One after the other, and in some real time too: files are read in real time.
        line = line.then(() => sleep(5));
        await line;
        onSend(++count, cwd);
        clock.ms += STEP_MS;
        const psid = String((body["recipient"] as { id: string }).id);
        if (unreachable.has(psid)) {
          return { outcome: failed("user_unavailable", "person"), usage: null };
        }
        reached.push(psid);
        return { outcome: SENT, usage: null };
      },
      otherVersion: null,
      close: async () => {},
    };
    const out: string[] = [];
    const real = surroundingsOf(process, "0");
    const surroundings: Surroundings = {
      ...real,
      env: { MESSENGER_PAGE_TOKEN: "any", POSTHORN_GRAPH_URL: "http://127.0.0.1:9" },
      terminal: { ...real.terminal, err: () => {}, out: (text) => void out.push(text) },
      interruption: () => new AbortController().signal,
      clock: async () => clock,
      openGateway: async () => gateway,
      openState: async (...of) => {
        const store = await real.openState(...of);
        const over = setting.writerOver ?? ((writer: PersonWriter) => writer);
        return { ...store, open: async (opening) => over(await store.open(opening)) };
      },
    };
    const options = { folder: cwd, format: "json", now: undefined, quiet: true, color: false };
    const call = { args: [], flags: {}, options: { ...options, format: "json" }, surroundings };
    try {
      await apply(call as Parameters<typeof apply>[0]);
    } finally {
      printed = out.join("");
    }
    return JSON.parse(printed);
  };
  let printed = "";
  /** What the last run printed, though it may have ended by a fault. */
  const lastReport = (): Report => JSON.parse(printed);
  return { lastReport, cwd, run, reached };
}

export function sums({ totals }: Report): number {
  const { matched: _matched, ...parts } = totals;
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}
