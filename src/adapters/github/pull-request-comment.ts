import { PortError } from "../../diag/errors.ts";
import { isJsonObject, type JsonValue, parseJson } from "../../model/json.ts";

/** A pull request, and the right to write to it. */
export interface PullRequest {
  /** `https://api.github.com`, or that of a GitHub Enterprise server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

export type Posted = "created" | "updated" | "unchanged" | "forbidden";

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

const PER_PAGE = 100;
/** Who writes with a workflow's own token, which may not ask who it is. */
const ACTIONS = "github-actions[bot]";

/**
 * Writes the one comment whose first line is the marker that `body` begins with: changes it where
 * it is there, whatever page of the discussion it stands on, and writes nothing when it says that
 * already. `forbidden`: the token may only read, as in pull requests from forks.
 * Throws PortError when GitHub cannot be reached or refuses something else.
 */
export async function writeComment(pull: PullRequest, body: string): Promise<Posted> {
  const marker = body.split("\n", 1)[0] ?? "";
  const own = await findOwn(pull, marker);
  if (own?.body.trim() === body.trim()) return "unchanged";
  const issue = `/repos/${pull.repository}/issues`;
  const answer =
    own === undefined
      ? await call(pull, { method: "POST", path: `${issue}/${pull.number}/comments`, body })
      : await call(pull, { method: "PATCH", path: `${issue}/comments/${own.id}`, body });
  if (answer.status === 403 || answer.status === 404) return "forbidden";
  if (!answer.ok) throw refused(answer.status, "write the comment");
  return own === undefined ? "created" : "updated";
}

/** By marker and author: anybody can write a comment that begins like ours. */
async function findOwn(pull: PullRequest, marker: string): Promise<Comment | undefined> {
  const author = await writerOf(pull);
  const path = `/repos/${pull.repository}/issues/${pull.number}/comments`;
  for (let page = 1; ; page++) {
    const answer = await call(pull, {
      method: "GET",
      path: `${path}?per_page=${PER_PAGE}&page=${page}`,
    });
    if (!answer.ok) throw refused(answer.status, "list the comments");
    const comments = asComments(answer.json);
    const own = comments.find((one) => one.author === author && one.body.startsWith(marker));
    if (own !== undefined || comments.length < PER_PAGE) return own;
  }
}

async function writerOf(pull: PullRequest): Promise<string> {
  const { ok, json } = await call(pull, { method: "GET", path: "/user" });
  const login = ok && isJsonObject(json) ? json["login"] : undefined;
  return typeof login === "string" ? login : ACTIONS;
}

function asComments(json: JsonValue): Comment[] {
  if (!Array.isArray(json)) throw new PortError("GitHub gave no list.", { retryable: true });
  return json.filter(isJsonObject).map(({ id, body, user }) => ({
    id: Number(id),
    body: typeof body === "string" ? body : "",
    author: isJsonObject(user) ? String(user["login"]) : "",
  }));
}

async function call(
  { apiUrl, token }: PullRequest,
  request: { readonly method: string; readonly path: string; readonly body?: string },
): Promise<{ readonly ok: boolean; readonly status: number; readonly json: JsonValue }> {
  const { method, path, body } = request;
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": "posthorn",
    "x-github-api-version": "2022-11-28",
  };
  const payload = body === undefined ? {} : { body: JSON.stringify({ body }) };
  try {
    const answer = await fetch(`${apiUrl}${path}`, { method, headers, ...payload });
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, json: parseJson(text) ?? null };
  } catch {
    // The cause may quote the request, and with it the token.
    throw new PortError("GitHub cannot be reached, so the comment was not written.", {
      retryable: true,
    });
  }
}

function refused(status: number, what: string): PortError {
  const message = `GitHub answered ${status} when asked to ${what}. It needs pull-requests: write.`;
  return new PortError(message, { retryable: false });
}
