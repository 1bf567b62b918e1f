/** What the sandbox says to a faulty call, in full sentences. */
export class Refused extends Error {}

type Params = Readonly<Record<string, string | number | undefined>>;

/** Asks the sandbox; what is undefined is left out. */
export async function ask<Answer>(path: string, params: Params = {}): Promise<Answer> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return answerOf(await fetch(`/sandbox/${path}?${query}`));
}

/** Changes something in the sandbox. Throws Refused with the reasons. */
export async function tell(path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  await answerOf(await fetch(`/sandbox/${path}`, init));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Refused((answer.problems ?? ["The sandbox refused this."]).join(" "));
}
