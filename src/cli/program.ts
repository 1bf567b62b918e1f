import { Command, CommanderError } from "commander";
import { EXIT } from "../diag/errors.ts";
import { type Call, type Format, parseGlobalOptions, type RawGlobalOptions } from "./options.ts";
import type { Surroundings } from "./surroundings.ts";

/** Runs one command line (without `node` and script) and gives its exit code. */
export async function runProgram(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  try {
    return await new Program(surroundings).run(args);
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    // Help ends with 0; all else that commander refuses is usage.
    return fault.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** The command line as commander sees it. Each verb's module is loaded when the verb runs. */
class Program {
  readonly #surroundings: Surroundings;
  readonly #root: Command;
  #exit: number = EXIT.ok;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#root = rootCommand(surroundings);
    this.#addReading();
    this.#addSending();
    this.#addLedger();
    this.#addDoctor();
    this.#addPeople();
  }

  async run(args: readonly string[]): Promise<number> {
    await this.#root.parseAsync([...args], { from: "user" });
    return this.#exit;
  }

  #addReading(): void {
    this.#verb("validate", "check every file and run its tests; no network, no token")
      .argument("[file...]", "run the tests of these files, and of what uses them, alone")
      .option("--update", "write the messages that tests get into their files")
      .action(
        this.#run(["text", "json", "github"], async () => (await import("./validate.ts")).validate),
      );
    this.#verb("plan", "show who would get which message and why; writes nothing")
      .option("--base <commit>", "show what changed since then, such as origin/main")
      .option("--horizon <duration>", "show what lies ahead, such as 14d")
      .option("--out <file>", "also write the plan document to a file")
      .option("--only <id...>", "judge these campaigns alone")
      .option("--detailed-exitcode", "exit 2 when something would be sent")
      .action(
        this.#run(
          ["text", "json", "markdown", "html"],
          async () => (await import("./plan.ts")).plan,
        ),
      );
    this.#verb("explain", "why one person gets a campaign's message or does not")
      .argument("<campaign>", "the campaign's id")
      .requiredOption("--user <id>", "the person, by the user id of the user data")
      .option("--event <id>", "for `on:` campaigns: this event rather than the latest")
      .action(this.#run(["text", "json"], async () => (await import("./explain.ts")).explain));
    this.#verb("preview", "show a campaign's message as people would see it, and Meta's limits")
      .argument("<campaign>", "the campaign's id")
      .option("--as <user>", "as this user of the user data; may be given again", listed)
      .option("--worst", "as the worst cases: longest values, missing ones, right-to-left, emoji")
      .option("--variant <name>", "this variant alone")
      .option("--locale <locale>", "what people of this locale get")
      .option("--event <id>", "with --as, for `on:` campaigns: the event that sets it off")
      .option("--html", "as one HTML file; the same as --format html")
      .action(
        this.#run(["text", "html", "json"], async () => (await import("./preview.ts")).preview),
      );
    this.#verb("show", "render a saved plan or report")
      .argument("<file>", "what `plan --out` or `apply --format json` wrote")
      .option("--comment", "in GitHub Actions: as the one comment of this pull request")
      .action(
        this.#run(
          ["text", "json", "markdown", "html"],
          async () => (await import("./show.ts")).show,
        ),
      );
    this.#verb("init", "make this folder a workspace with an example and workflows").action(
      this.#run(["text"], async () => (await import("./init.ts")).init),
    );
  }

  #addSending(): void {
    this.#verb("apply", "send what is due; goes on where the last one stopped")
      .argument("[plan]", "send no more than this plan, which `plan --out` wrote, lets pass")
      .option("--expect <digest>", "send only if this is still the intent that was approved")
      .option("--only <id...>", "send these campaigns alone")
      .option("--sandbox", "send to a local sandbox, with a state of its own")
      .option("--fresh", "with --sandbox: empty that state first")
      .option("--lock-timeout <duration>", "wait this long for another apply to end, such as 10m")
      .option("--max-runtime <duration>", "stop cleanly after this long, such as 50m")
      .option("--allow-local-state", "send to Meta although CI=true would lose the state folder")
      .action(
        this.#run(
          ["text", "json", "markdown", "html"],
          async () => (await import("./apply.ts")).apply,
        ),
      );
    this.#verb("halt", "keep every apply from sending, also one that runs, until it is lifted")
      .option("--because <text>", "why; reports say it")
      .option("--lift", "let applies send again")
      .action(this.#run(["text"], async () => (await import("./halt.ts")).halt));
    this.#verb("test-send", "send one message to a declared tester")
      .argument("<campaign>", "the campaign's id")
      .requiredOption("--to <tester>", "a name from page.testers")
      .option("--as <user>", "render it as this user would get it")
      .option("--variant <name>", "this variant rather than the user's own")
      .option("--locale <locale>", "this locale rather than the user's own")
      .option("--event <id>", "for `on:` campaigns: the event that sets it off")
      .option("--dry-run", "print the request instead of sending it; needs no token")
      .action(this.#run(["text", "json"], async () => (await import("./test-send.ts")).testSend));
    this.#verb("sandbox", "run a local Graph API with an inbox page; it sends nothing")
      .option("--port <number>", "the port to listen on; any free one by default")
      .option("--faults <plan>", "what goes wrong, such as 429:2%,hang_after:1%")
      .option("--webhook <url>", "post signed webhook events there")
      .option("--webhook-log <file>", "append webhook events there, one a line")
      .action(this.#run(["text"], async () => (await import("./sandbox.ts")).sandbox));
  }

  #addLedger(): void {
    const ledger = this.#root.command("ledger").description("what was sent");
    this.#verb("show", "what was sent, by campaign and occurrence, and what went wrong", ledger)
      .option("--campaign <id...>", "these campaigns alone")
      .option("--occurrence <id>", "this occurrence alone")
      .option("--status <status...>", "one by one: failed, unknown, released, claimed, sent")
      .option("--user <id>", "every delivery to this person")
      .action(
        this.#run(["text", "json"], async () => (await import("./ledger-show.ts")).ledgerShow),
      );
    this.#verb("stats", "what was sent, failed and is unknown, day by day", ledger)
      .option("--campaign <id...>", "these campaigns alone")
      .option("--days <number>", "so many days up to today; 14 by default")
      .option("--since <date>", "from this day on, such as 2026-11-01")
      .action(
        this.#run(
          ["text", "json", "html"],
          async () => (await import("./ledger-stats.ts")).ledgerStats,
        ),
      );
    this.#verb("resolve", "settle outcomes that nobody knows", ledger)
      .argument("[id]", "one delivery, by its id or the first 8 digits or more of it")
      .option("--webhooks <file>", "by echoes among webhook events, one a line; - for stdin")
      .option("--conversations", "by the page's conversations; needs the token")
      .option("--as <outcome>", "by your word: sent or not_sent")
      .option("--note <text>", "with --as: how you know")
      .action(
        this.#run(
          ["text", "json"],
          async () => (await import("./ledger-resolve.ts")).ledgerResolve,
        ),
      );
    this.#verb("export", "one row a delivery", ledger).action(
      this.#run(["ndjson", "csv"], async () => (await import("./ledger-export.ts")).ledgerExport),
    );
  }

  #addDoctor(): void {
    const doctor = this.#verb("doctor", "check page, token, data and state; sends nothing").action(
      this.#run(["text", "json"], async () => (await import("./doctor.ts")).doctor),
    );
    this.#verb("token", "get the page's long-lived token from your own", doctor)
      .option("--out <file>", "write it to a new file, or into a pipe with -; it is never shown")
      .action(this.#run(["text"], async () => (await import("./doctor-token.ts")).doctorToken));
  }

  #addPeople(): void {
    this.#verb("webhook", "take in what Meta tells of the page; runs until it is ended")
      .requiredOption("--port <number>", "the port to listen on")
      .option("--host <address>", "the address to listen on", "127.0.0.1")
      .action(this.#run(["text"], async () => (await import("./webhook.ts")).webhook));
    const users = this.#root.command("users").description("who can be written to");
    this.#verb("ingest", "take in what people told the page: webhook events, one a line", users)
      .argument("<file>", "webhook bodies or single events as NDJSON; - for stdin")
      .action(
        this.#run(["text", "json"], async () => (await import("./users-ingest.ts")).usersIngest),
      );
    this.#verb(
      "pull",
      "learn from Meta's conversations who wrote, and when; needs the token",
      users,
    ).action(this.#run(["text", "json"], async () => (await import("./users-pull.ts")).usersPull));
    this.#verb("forget", "remove a person everywhere, and never send to them again", users)
      .argument("<id>", "the person's user id")
      .action(
        this.#run(["text", "json"], async () => (await import("./users-forget.ts")).usersForget),
      );
  }

  #verb(name: string, description: string, parent = this.#root): Command {
    return addGlobalOptions(parent.command(name).description(description));
  }

  /** The typed flags are those that the verb declares above. */
  #run<Flags>(
    formats: readonly [Format, ...Format[]],
    load: () => Promise<(call: Call<Flags>) => Promise<number>>,
  ): (...args: unknown[]) => Promise<void> {
    return async (...given) => {
      const command = given.at(-1) as Command;
      const options = parseGlobalOptions(globalFlags(command), formats);
      const verb = await load();
      this.#exit = await verb({
        args: command.args,
        flags: command.opts() as Flags,
        options,
        surroundings: this.#surroundings,
      });
    };
  }
}

function listed(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function rootCommand({ version, terminal }: Surroundings): Command {
  const root = new Command("posthorn")
    .description("Facebook Messenger campaigns from git")
    .version(version, "-V, --version")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showSuggestionAfterError();
  return addGlobalOptions(root);
}

/** Every verb takes them before its name and after it. */
function addGlobalOptions(command: Command): Command {
  return command
    .option("-C <folder>", "the workspace's folder; this one by default")
    .option("--format <format>", "the form of the output")
    .option("--now <instant>", "judge as if it were this instant, such as 2026-12-01T09:30:00Z")
    .option("--quiet", "no progress")
    .option("--no-color", "no colour");
}

/** What was typed after the verb wins over what was typed before it. */
function globalFlags(command: Command): RawGlobalOptions {
  const chain = [command];
  for (let at = command.parent; at !== null; at = at.parent) chain.unshift(at);
  const flags = chain.map((one) => one.opts() as RawGlobalOptions);
  const color = flags.every((one) => one.color !== false);
  return { ...Object.assign({}, ...flags), color };
}
