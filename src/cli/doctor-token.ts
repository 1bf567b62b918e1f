import { EXIT, Stop } from "../diag/errors.ts";
import { longLivedToken, type PageToken, pageTokenOf } from "../doctor/page-token.ts";
import { ownValue } from "../model/own-value.ts";
import type { Workspace } from "../model/workspace.ts";
import type { UserLogin } from "../ports/graph-reader.ts";
import { escapeLine } from "../view/escape.ts";
import { wrap } from "../view/wrap.ts";
import { type Call, usage } from "./options.ts";
import type { Surroundings } from "./surroundings.ts";
import { graphUrlOf } from "./target.ts";
import { settingsOf } from "./workspace-of.ts";

interface TokenFlags {
  readonly out?: string;
}

/**
 * Gets the page's long-lived token from a person's. It goes where `--out` says and nowhere else:
 * printed are the page's name and the token's end.
 */
export async function doctorToken(call: Call<TokenFlags>): Promise<number> {
  const { flags, surroundings } = call;
  const { out } = flags;
  if (out === "-") refuseOpenOutput(surroundings);
  const workspace = await settingsOf(call);
  const login = loginOf(workspace, surroundings.env);
  const found = await walk(workspace, login, surroundings);
  if (out !== undefined && out !== "-") {
    await surroundings.writeSecret(out, found.token, workspace.root);
  }
  const { terminal } = surroundings;
  const lines = [...wordsOf(found, workspace), ...nextWords(out, workspace)];
  // Commands stay on a line of their own, to be copied.
  const isCommand = (line: string) => line.startsWith("  ");
  const shown = lines.flatMap((line) => (isCommand(line) ? line : wrap(line, terminal.width)));
  const text = shown.map(escapeLine);
  (out === "-" ? terminal.err : terminal.out)(`${text.join("\n")}\n`);
  // Without a line feed: some programs would take it for a part of the secret.
  if (out === "-") terminal.out(found.token);
  return EXIT.ok;
}

/** A terminal shows it to whoever looks on, and a CI job keeps its output for good. */
function refuseOpenOutput({ terminal, env }: Surroundings): void {
  if (!terminal.outIsTerminal && env["CI"] !== "true") return;
  throw usage(
    "--out - writes the token into a pipe, such as `| gh secret set NAME`, and not to a terminal " +
      "or into the log of a CI job. Nothing was asked.",
  );
}

function loginOf({ page }: Workspace, env: Surroundings["env"]): UserLogin {
  const secretName = page.appSecret?.env ?? "POSTHORN_APP_SECRET";
  const names = ["POSTHORN_USER_TOKEN", "POSTHORN_APP_ID", secretName] as const;
  const missing = names.filter((name) => !ownValue(env, name));
  if (missing.length > 0) {
    throw new Stop(
      "denied",
      `Not set: ${missing.join(", ")}. POSTHORN_USER_TOKEN is a token of somebody with a role on ` +
        `the page, POSTHORN_APP_ID and ${secretName} are the app's id and secret; docs/doctor.md ` +
        "shows where each is found.",
    );
  }
  const [userToken, appId, appSecret] = names.map((name) => ownValue(env, name) ?? "");
  return { userToken: userToken ?? "", appId: appId ?? "", appSecret: appSecret ?? "" };
}

async function walk(
  workspace: Workspace,
  login: UserLogin,
  surroundings: Surroundings,
): Promise<PageToken> {
  const url = graphUrlOf(workspace, surroundings.env);
  const token = longLivedToken(await surroundings.exchangeUserToken(workspace, url, login));
  const { appId, appSecret } = login;
  const open = (key: string) =>
    surroundings.openGraphReader(workspace, { url, token: key, appSecret });
  const [user, app] = [await open(token), await open(`${appId}|${appSecret}`)];
  try {
    return await pageTokenOf({ user, app }, workspace.page.id);
  } finally {
    await Promise.all([user.close(), app.close()]);
  }
}

function wordsOf({ pageName, expiresAt, tasks }: PageToken, { page }: Workspace): string[] {
  const end =
    expiresAt === undefined
      ? "Meta does not tell when the token expires; `posthorn doctor` looks again."
      : expiresAt === null
        ? "The token does not expire by itself. It ends with the person's role or password."
        : `The token expires on ${new Date(expiresAt).toISOString().slice(0, 10)}.`;
  const may = tasks.includes("MESSAGING")
    ? []
    : ["The person lacks the task MESSAGING on the page: sends with this token will be refused."];
  return [`Page: ${pageName} (${page.id})`, end, ...may];
}

function nextWords(out: string | undefined, { page }: Workspace): string[] {
  const name = page.accessToken.env;
  if (out === "-") return [];
  if (out !== undefined) {
    return [
      `The token stands in ${out}, which only you can read. Store it, and delete the file:`,
      `  gh secret set ${name} --env campaigns < ${out} && rm ${out}`,
    ];
  }
  return [
    "The token was shown to nobody and is not kept. To store it as a secret of the workflows:",
    `  posthorn doctor token --out - | gh secret set ${name} --env campaigns`,
    "Or --out FILE writes it to a new file that only you can read.",
  ];
}
