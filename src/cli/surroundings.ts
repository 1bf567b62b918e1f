import type { Run } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import type { StateLocation, Workspace } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import type { ConversationLog } from "../ports/conversation-log.ts";
import type { ConversationPages } from "../ports/conversation-pages.ts";
import type { EventQueue } from "../ports/event-queue.ts";
import type { GraphAnswer, GraphReader, UserLogin } from "../ports/graph-reader.ts";
import type { InboundStore } from "../ports/inbound-store.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { ProgressBar } from "../ports/progress-bar.ts";
import type { PullPlace } from "../ports/pull-place.ts";
import type { SqlEngine, TestEngine } from "../ports/sql-engine.ts";
import type { ForgetPerson, StateStore } from "../ports/state-store.ts";
import type { NeededColumns, UserData } from "../ports/user-data.ts";
import type { Answering, WebhookServer } from "../ports/webhook-server.ts";
import type { WorkspaceFiles } from "../ports/workspace-files.ts";

/** What commands print to. Results go to `out`, progress and diagnostics to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether whoever reads `out` has gone, as `head` does. */
  readonly outIsGone: () => boolean;
  /** Columns of the terminal, or 80 where there is none. */
  readonly width: number;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

/** Where sends go, and with which secrets. */
export interface Target {
  readonly kind: "meta" | "sandbox";
  readonly url: string;
  readonly token: string;
  readonly appSecret: string | undefined;
}

/** Where questions go, and with which secrets. */
export type Asking = Omit<Target, "kind">;

export interface SandboxSettings {
  readonly workspace: Workspace;
  /** 0: any free port. */
  readonly port: number;
  /** As `--faults` takes it. */
  readonly faults: string | undefined;
  readonly clock: Clock;
  /** Where webhook events go; undefined: nowhere. */
  readonly webhook?: WebhookSettings | undefined;
}

export interface WebhookSettings {
  /** Each event is posted here. */
  readonly url: string | undefined;
  /** Each event is appended here as a line. */
  readonly logFile: string | undefined;
  /** By which they are signed. */
  readonly appSecret: string;
}

/** A local Graph API that an apply can send to. */
export interface LocalGraph {
  readonly url: string;
  /** How many messages truly reached somebody. */
  readonly deliveredCount: number;
  close(): Promise<void>;
}

/** A pull request, and the right to write to it. */
export interface PullRequest {
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

/** What came of forgetting somebody in what people told. */
export interface ForgottenTold {
  /** Facts of the log that are gone. */
  readonly facts: number;
  /** Segments of the log that name them and that somebody writes to. */
  readonly busy: number;
  /** Rows of a users.json that lost PSID, last message and consent. */
  readonly emptied: number;
  /** Anonymous rows that are gone. */
  readonly removed: number;
}

/** The files of a commit in a folder of their own, to be removed when done. */
interface CommitFiles {
  /** Full id. */
  readonly commit: string;
  readonly folder: string;
  remove(): Promise<void>;
}

/** What commands need from outside of the program; `wiring.ts` makes it from the adapters. */
export interface Surroundings {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** A bar on stderr, which has to be a terminal. */
  progressBar(): Promise<ProgressBar>;
  /** Aborts on SIGINT and SIGTERM; the reason is the signal's name. */
  interruption(): AbortSignal;
  /** From 0 to 1. */
  random(): number;
  /** A new id for a run, never given before. */
  newRunId(): string;
  /** A clock that starts at `from`, or tells the real time. */
  clock(from: Instant | undefined): Promise<Clock>;
  workspaceFiles(folder: string): Promise<WorkspaceFiles>;
  openUserData(workspace: Workspace, needed: NeededColumns): Promise<UserData>;
  /** Tells what the user files hold now from before; undefined while they are being written. */
  userStamp(workspace: Workspace): Promise<string | undefined>;
  /** Starts an engine for `tests:` in a thread of its own; statements wait until it is loaded. */
  engineStarter(): Promise<() => TestEngine>;
  /** An engine without users and events. */
  openEngine(): Promise<SqlEngine>;
  openState(workspace: Workspace, at: StateLocation, clock: Clock): Promise<StateStore>;
  /** Where what people tell the page is kept. Throws Stop `invalid` where nothing says where. */
  openInbound(workspace: Workspace): Promise<InboundStore>;
  /** Takes a person out of what people told: of the log, or of a users.json that it fills. */
  forgetTold(workspace: Workspace, person: ForgetPerson): Promise<ForgottenTold>;
  removeFolder(path: string): Promise<void>;
  /** A sandbox is told of the run and its campaigns, where there is a run. */
  openGateway(workspace: Workspace, target: Target, run?: Run): Promise<MessageGateway>;
  openGraphReader(workspace: Workspace, asking: Asking): Promise<GraphReader>;
  /** Exchanges a person's token for one that lives longer. */
  exchangeUserToken(workspace: Workspace, url: string, login: UserLogin): Promise<GraphAnswer>;
  /** Throws Stop `usage` for faults that cannot be read. */
  startSandbox(settings: SandboxSettings): Promise<LocalGraph>;
  /** A workspace's files as another commit has them. Throws Stop `usage`. */
  commitFiles(root: string, revision: string): Promise<CommitFiles>;
  git(folder: string): Promise<{ readonly head: string | null; readonly dirty: boolean }>;
  /** The text of a file that a flag names. Throws Stop `usage` when it cannot be read. */
  readText(path: string): Promise<string>;
  /** The lines of a file, or of standard input for `-`. Throws Stop `usage`. */
  readLines(path: string): AsyncIterable<string>;
  /** What Meta keeps of the page's conversations. */
  openConversationLog(workspace: Workspace, target: Target, clock: Clock): Promise<ConversationLog>;
  /** All of them, page by page, to learn who wrote when. */
  openConversationPages(
    workspace: Workspace,
    target: Target,
    clock: Clock,
  ): Promise<ConversationPages>;
  /** Where it is remembered how far conversations were read, in a file of the workspace. */
  pullPlace(workspace: Workspace, file: string): Promise<PullPlace>;
  /** Writes a file of the workspace anew; what links to it and who may read it stay. */
  rewriteFile(path: string, text: string): Promise<void>;
  /** Webhook bodies that wait in a folder of the workspace. Throws PortError. */
  openEventQueue(workspace: Workspace, folder: string): Promise<EventQueue>;
  /** Listens for Meta's webhooks. Throws PortError where the port cannot be had. */
  startWebhookServer(
    at: { readonly host: string; readonly port: number },
    answering: Answering,
  ): Promise<WebhookServer>;
  /** Writes a file as a whole or not at all. */
  writeText(path: string, text: string): Promise<void>;
  /**
   * Writes a new file that its owner alone can read. Throws Stop `usage` where there is one, or
   * where it would lie in the folder `outside`, which is committed.
   */
  writeSecret(path: string, text: string, outside: string): Promise<void>;
  appendText(path: string, text: string): Promise<void>;
  /** Makes a folder a workspace; files that are there are kept. Paths are the workspace's. */
  writeTemplate(
    folder: string,
  ): Promise<{ readonly written: readonly string[]; readonly kept: readonly string[] }>;
  /** Writes or changes the one comment that begins with the first line of `body`. */
  writeComment(to: PullRequest, body: string): Promise<string>;
}
