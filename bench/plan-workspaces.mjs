// Workspaces to plan, over data that is made once and kept in a folder.

import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));

function make(script, args) {
  execFileSync(process.execPath, [join(HERE, script), ...args], { stdio: "inherit" });
}

/** Links a file tree: a workspace's data must lie inside it. */
function link(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) link(source, target);
    else linkSync(source, target);
  }
}

/** `users` and `sends` are counts; `share` of the users match, or `most`. */
export function planWorkspaces({ cache, users, sends, share, unique }) {
  /** Makes what is not there yet, and gives the folder. */
  function cached(name, write) {
    const folder = join(cache, name);
    if (existsSync(folder)) return folder;
    mkdirSync(`${folder}.draft`, { recursive: true });
    write(`${folder}.draft`);
    execFileSync("mv", [`${folder}.draft`, folder]);
    return folder;
  }

  function usersIn(format) {
    const name = `users-${users}-${share}${unique ? "-unique" : ""}-${format}`;
    return cached(name, (out) => {
      const args = ["--count", users, "--share", share, "--format", format, "--out", out];
      make("make-users.mjs", unique ? [...args, "--unique"] : args);
    });
  }

  function ledger() {
    return cached(`ledger-${users}-${sends}`, (out) => {
      mkdirSync(join(out, "data"));
      make("make-ledger.mjs", ["--users", users, "--sends", sends, "--out", out]);
    });
  }

  return {
    /** The folder of a workspace, with the ledger of its sends or before the first one. */
    workspace(format, { withLedger }) {
      const folder = join(cache, `workspace-${format}-${withLedger ? "sent" : "fresh"}`);
      rmSync(folder, { recursive: true, force: true });
      make("make-workspace.mjs", ["plan", "--out", folder, "--format", format]);
      link(usersIn(format), join(folder, "data"));
      if (withLedger) link(join(ledger(), "data"), join(folder, "data"));
      return folder;
    },
  };
}
