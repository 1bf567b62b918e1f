import { expect, it, onTestFinished } from "vitest";
import {
  onlyHere,
  REASON_HEADER,
  reasonHeader,
} from "../../../src/adapters/graph-api/reason-header.ts";
import type { Workspace } from "../../../src/model/workspace.ts";
import { parseAbout } from "../../../src/sandbox/about.ts";
import { BODY, gatewayTo, startLoopback } from "./loopback.ts";

const REASON = { rootId: "order/dispatched", occurrence: "event-17", variant: null };
const CAMPAIGN = { id: "order/shipped", rootId: "order/dispatched", segmentId: "käufer" };
const WORKSPACE = { campaigns: [CAMPAIGN] } as unknown as Workspace;

it("tells a sandbox campaign, segment, occurrence, commit and run, in a form it can read", () => {
  const header = reasonHeader(WORKSPACE, { id: "run-1", commit: "19de00e" })(REASON);
  expect(header).toMatch(/^[\x21-\x7e]+$/);
  expect(parseAbout(header)).toEqual({
    campaign: "order/shipped",
    segment: "käufer",
    occurrence: "event-17",
    commit: "19de00e",
    run: "run-1",
  });
});

it("travels with a send that has a reason, and with no other", async () => {
  const loopback = await startLoopback((_, response) => response.end("{}"));
  const gateway = gatewayTo(loopback.url, { tellReason: ({ occurrence }) => occurrence });
  onTestFinished(() => loopback.close());
  await gateway.send(BODY, REASON);
  await gateway.send(BODY);
  await gateway.close();
  const headers = loopback.requests.map(({ request }) => request.headers[REASON_HEADER]);
  expect(headers).toEqual(["event-17", undefined]);
});

it.each([
  ["https://graph.facebook.com", undefined],
  ["https://graph.example", undefined],
  ["http://127.0.0.1:4025", "told"],
])("at %s gives %s", (origin, told) => {
  expect(onlyHere(origin, () => "told")?.(REASON)).toBe(told);
});
