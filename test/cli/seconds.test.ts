import { describe, expect, test } from "vitest";
import { posthornHere } from "./in-process.ts";
import { person, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const PEOPLE = Array.from({ length: 45 }, (_, n) => JSON.stringify(person(n))).join("\n");
const NOW = "2026-12-01T09:30:00Z";
const AUDIO = '{ attachment: { type: audio, payload: { url: "https://acme.example/a.mp3" } } }';

/** How long a plan says that its one campaign takes; `rate: 20/s` unless another. */
async function secondsOf(message: string, rate = "20/s"): Promise<number> {
  const folder = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("page:\n", `page:\n  rate: ${rate}\n`),
    "campaigns/hello.yaml": `status: active
segment: everyone
send: { at: now }
purpose: promotion
${message}
`,
    "data/users.ndjson": PEOPLE,
  });
  const { out, err, exit } = await posthornHere(["plan", "--format", "json", "--now", NOW], {
    cwd: folder,
  });
  expect(exit, err).toBe(0);
  const [planned] = JSON.parse(out).snapshot.campaigns;
  expect(planned.eligible).toBe(45);
  return planned.seconds;
}

describe("the seconds of a plan", () => {
  test("are those of the page's rate, rounded up", async () => {
    expect(await secondsOf("message: { text: Hi }")).toBe(3);
  });

  test("are longer for audio, which Meta takes ten of in a second", async () => {
    expect(await secondsOf(`message: ${AUDIO}`)).toBe(5);
    expect(await secondsOf(`message: ${AUDIO}`, "5/s")).toBe(9);
  });

  test("count for audio only the people whose variant it is", async () => {
    const instead = AUDIO.replace("{ ", "{ text: null, ");
    const variants = (audio: number) => `message: { text: Hi }
variants: { a: { weight: ${100 - audio} }, b: { weight: ${audio}, message: ${instead} } }`;
    expect(await secondsOf(variants(1))).toBe(3);
    expect(await secondsOf(variants(99))).toBe(5);
  });
});
