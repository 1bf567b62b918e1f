import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { posthornHere } from "./in-process.ts";
import { SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const TOKEN = "EAAB-secret-token-of-the-test";

async function applyTo(url: string, over: Record<string, string> = {}) {
  const env = { POSTHORN_GRAPH_URL: url, MESSENGER_PAGE_TOKEN: TOKEN };
  return posthornHere(["apply", "--allow-local-state"], { cwd: smallWorkspace(over), env });
}

describe("POSTHORN_GRAPH_URL", () => {
  test.each([
    "http://graph.example",
    "http://127.evil.example",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://user@127.0.0.1",
    "http://192.168.0.1:8080",
    "ftp://127.0.0.1",
    "nonsense",
  ])("%s is refused before anything is opened", async (url) => {
    const ran = await applyTo(url);
    expect(ran).toMatchObject({ exit: 64, out: "" });
    expect(ran.err).toContain("must be an https URL, or http on this machine. Nothing was sent.");
    expect(ran.err).not.toContain(TOKEN);
  });
});

test("an unlimited rate is refused where the environment leads to Meta after all", async () => {
  const unlimited = SMALL_WORKSPACE.replace("users:", "  rate: unlimited\nusers:");
  const yaml = `${unlimited}graph: { url: "http://127.0.0.1:1" }\n`;
  const ran = await applyTo("https://graph.facebook.com", { "posthorn.yaml": yaml });
  expect(ran).toMatchObject({ exit: 64, out: "" });
  expect(ran.err).toContain("page.rate is unlimited, which is not for Meta.");
});

test("a version that Meta no longer has is told once, in the report", async () => {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const yaml = `${SMALL_WORKSPACE}graph: { version: v21.0 }\n`;
  const cwd = smallWorkspace({ "posthorn.yaml": yaml });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: TOKEN };
  const args = ["apply", "--now", "2026-12-01T09:30:00Z", "--format", "json"];
  const ran = await posthornHere(args, { cwd, env });
  expect(ran.exit).toBe(0);
  const warnings = JSON.parse(ran.out).warnings.filter(
    ({ code }: { code: string }) => code === "GRAPH_VERSION",
  );
  expect(warnings).toHaveLength(1);
  expect(warnings[0].detail).toContain("graph.version is v21.0, and v22.0 answered");
});
