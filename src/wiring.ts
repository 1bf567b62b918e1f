import { randomUUID } from "node:crypto";
import { appendFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { readLines, readText, writeText } from "./adapters/text-files/text-files.ts";
import type {
  Asking,
  LocalGraph,
  SandboxSettings,
  Surroundings,
  Terminal,
} from "./cli/surroundings.ts";
import { Stop } from "./diag/errors.ts";
import type { Workspace } from "./model/workspace.ts";
import { isWritable, writableUsers } from "./people/writable-users.ts";
import type { Compactor } from "./ports/compactor.ts";

/** How many requests may be in flight at once. */
const CONNECTIONS = 128;
/** The same for questions of `doctor`, which are few. */
const QUESTIONS = 4;

/**
 * Connects the commands with the real adapters. Each adapter is loaded when it is first used, since
 * DuckDB and undici take longer to load than `validate` takes to run.
 */
export function surroundingsOf(running: NodeJS.Process, version: string): Surroundings {
  return {
    version,
    env: running.env,
    terminal: terminalOf(running),
    progressBar: async () =>
      (await import("./adapters/terminal/progress-bar.ts")).progressBar(running.stderr),
    interruption: () => interruptionOf(running),
    random: Math.random,
    newRunId: randomUUID,
    clock: async (from) => (await import("./adapters/clock/system-clock.ts")).systemClock(from),
    workspaceFiles: async (folder) =>
      (await import("./adapters/workspace-folder/workspace-folder.ts")).workspaceFolder(folder),
    openUserData: async (workspace, needed) =>
      (await import("./adapters/duckdb/open-user-data.ts")).openUserData(workspace, needed),
    userStamp: async ({ users, root }) =>
      (await import("./adapters/duckdb/file-stamp.ts")).userStamp(users, root),
    engineStarter: async () =>
      (await import("./adapters/duckdb/start-engine-thread.ts")).startEngineThread,
    openEngine: async () => (await import("./adapters/duckdb/duckdb-engine.ts")).openDuckdb(),
    openState: async ({ id, root }, at, clock) => {
      const warn = (text: string) => void running.stderr.write(`${text}\n`);
      if (at.kind === "git") {
        const { openGitState } = await import("./adapters/git/open-git-state.ts");
        const { env } = running;
        const { branch } = at;
        return openGitState({ folder: root, branch, workspace: id, env, clock, compactor, warn });
      }
      const { openFileState } = await import("./adapters/file-state/open-file-state.ts");
      const folder = resolve(root, at.path);
      return openFileState({ folder, workspace: id, clock, compactor, warn });
    },
    openInbound,
    forgetTold,
    removeFolder: (path) => rm(path, { recursive: true, force: true }),
    ...graphCalls,
    startSandbox,
    openEventQueue,
    startWebhookServer,
    pullPlace,
    commitFiles: async (root, revision) =>
      (await import("./adapters/git/commit-files.ts")).readCommitFiles(root, revision),
    git: async (folder) => (await import("./adapters/git/git-head.ts")).readGitHead(folder),
    ...texts,
  };
}

/** Files that flags name, and those that commands write for people. */
const texts = {
  readText,
  readLines,
  rewriteFile: async (path, text) =>
    (await import("./adapters/workspace-folder/rewrite-file.ts")).rewriteFile(path, text),
  writeText,
  writeSecret: async (path, text, outside) => {
    const { writeSecret } = await import("./adapters/workspace-folder/write-secret.ts");
    return writeSecret(path, text, outside);
  },
  appendText: (path, text) => appendFile(path, text),
  writeTemplate: async (folder) =>
    (await import("./adapters/template/write-template.ts")).writeTemplate(resolve(folder)),
  writeComment: async (to, body) =>
    (await import("./adapters/github/pull-request-comment.ts")).writeComment(to, body),
} satisfies Partial<Surroundings>;

/** In a session of its own: that of the plan is closed, or has other tables in memory. */
const compactor: Compactor = async (compaction) => {
  const { openDuckdb } = await import("./adapters/duckdb/duckdb-engine.ts");
  const { compactFiles } = await import("./ledger/compact-files.ts");
  const engine = await openDuckdb();
  try {
    return await compactFiles(engine, compaction);
  } finally {
    engine.close();
  }
};

function terminalOf({ stdout, stderr }: NodeJS.Process): Terminal {
  let outIsGone = false;
  // A reader that goes away must not end an apply in mid-send.
  stdout.on("error", () => {
    outIsGone = true;
  });
  stderr.on("error", () => {});
  return {
    outIsGone: () => outIsGone,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    // A terminal that does not know its size says 0.
    width: stdout.columns || 80,
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
  };
}

/** A clean stop takes less, but for a disk or an engine that hangs. */
const LONGEST_STOP_MS = 6_500;

/** The first signal asks for a clean stop; a second one of the same kind ends the process. */
function interruptionOf(running: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const [signal, exit] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    running.once(signal, () => {
      controller.abort(signal);
      // Whoever sent the signal kills soon. A crash loses nothing, so this loses nothing either.
      setTimeout(() => running.exit(exit), LONGEST_STOP_MS).unref();
    });
  }
  return controller.signal;
}

const openInbound: Surroundings["openInbound"] = async ({ id, root, users, page, people }) => {
  if (users.inbound === undefined) {
    const path = resolve(root, writableUsers(users));
    const { openUsersJson } = await import("./adapters/users-json/open-users-json.ts");
    return openUsersJson(path, { users, people });
  }
  const { openInboundLog } = await import("./adapters/inbound-log/open-inbound-log.ts");
  const folder = resolve(root, users.inbound);
  // Names sort by time, whichever process gives them.
  const newName = () => `${new Date().toISOString().replace(/[-:.]/g, "")}-${randomUUID()}`;
  return openInboundLog({ folder, workspace: id, pageId: page.id, newName });
};

const forgetTold: Surroundings["forgetTold"] = async ({ root, users }, person) => {
  const nothing = { facts: 0, busy: 0, emptied: 0, removed: 0 };
  if (users.inbound !== undefined) {
    const { forgetInbound } = await import("./adapters/inbound-log/forget-people.ts");
    return { ...nothing, ...forgetInbound(resolve(root, users.inbound), person.psids) };
  }
  if (!isWritable(users)) return nothing;
  const { forgetUser } = await import("./adapters/users-json/forget-user.ts");
  const forgotten = await forgetUser(resolve(root, users.files.pattern), users, person);
  return { ...nothing, ...forgotten };
};

/** All that asks Meta, or sends. */
const graphCalls = {
  openGateway: async (workspace, target, run) => {
    const { openGraphGateway } = await import("./adapters/graph-api/graph-gateway.ts");
    const { reasonHeader } = await import("./adapters/graph-api/reason-header.ts");
    const options = graphOptions(workspace, target, CONNECTIONS);
    return openGraphGateway({ ...options, tellReason: run && reasonHeader(workspace, run) });
  },
  openConversationLog: async (workspace, target, clock) => {
    const { openConversationLog } = await import("./adapters/graph-api/conversation-log.ts");
    return openConversationLog(graphOptions(workspace, target, 1), clock);
  },
  openConversationPages: async (workspace, target, clock) => {
    const { openConversationPages } = await import("./adapters/graph-api/conversation-pages.ts");
    return openConversationPages(graphOptions(workspace, target, 1), clock);
  },
  openGraphReader: async (workspace, asking) => {
    const { openGraphReader } = await import("./adapters/graph-api/graph-reader.ts");
    return openGraphReader(graphOptions(workspace, asking, QUESTIONS));
  },
  exchangeUserToken: async (workspace, url, login) => {
    const { exchangeUserToken } = await import("./adapters/graph-api/graph-reader.ts");
    const asking = { url, token: login.userToken, appSecret: login.appSecret };
    return exchangeUserToken(graphOptions(workspace, asking, 1), login);
  },
} satisfies Partial<Surroundings>;

const openEventQueue: Surroundings["openEventQueue"] = async ({ root }, folder) => {
  const { openEventQueue: open } = await import("./adapters/event-queue/open-event-queue.ts");
  return open(resolve(root, folder), Date.now);
};

const pullPlace: Surroundings["pullPlace"] = async ({ root, page }, file) => {
  const { pullPlaceFile } = await import("./adapters/pull-place/pull-place-file.ts");
  return pullPlaceFile(resolve(root, file), page.id);
};

const startWebhookServer: Surroundings["startWebhookServer"] = async (at, answering) => {
  const { startWebhookServer: start } = await import(
    "./adapters/webhook-server/start-webhook-server.ts"
  );
  return start({ ...at, ...answering });
};

async function startSandbox(settings: SandboxSettings): Promise<LocalGraph> {
  const { parseFaults } = await import("./sandbox/parse-faults.ts");
  const { templatesOf } = await import("./sandbox/templates-of.ts");
  const { startSandbox: start } = await import("./sandbox/start-sandbox.ts");
  const parsed = settings.faults === undefined ? undefined : parseFaults(settings.faults);
  if (parsed?.problems !== undefined) throw new Stop("usage", parsed.problems.join("\n"));
  const { page } = settings.workspace;
  const { url, logFile, appSecret = "" } = settings.webhook ?? {};
  const webhook = settings.webhook && {
    appSecret,
    ...(url !== undefined && { url }),
    ...(logFile !== undefined && { logFile }),
  };
  return start({
    pageId: page.id,
    port: settings.port,
    mode: page.mode,
    testers: Object.values(page.testers),
    templates: templatesOf(settings.workspace.campaigns),
    now: () => settings.clock.now(),
    ...(parsed && { faults: parsed.plan, faultText: settings.faults ?? "" }),
    ...(webhook && { webhook }),
  });
}

function graphOptions({ page, graph }: Workspace, target: Asking, connections: number) {
  const { url, token, appSecret } = target;
  const { version, timeoutMs } = graph;
  return { url, version, pageId: page.id, token, appSecret, timeoutMs, connections };
}
