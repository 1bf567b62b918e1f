// Takes facts in, one after the other, until it is killed, and prints the number of each once it is
// acknowledged. Arguments: `log` and its folder, or `users` and its file; the number to begin with.
import { writeSync } from "node:fs";
import { openInboundLog } from "../../dist/adapters/inbound-log/open-inbound-log.js";
import { openUsersJson } from "../../dist/adapters/users-json/open-users-json.js";

const [, , kind, path, first] = process.argv;
const users = { id: "user_id", psid: "ps_id", consent: { column: "opt_in" } };

const store =
  kind === "log"
    ? openInboundLog({
        folder: path,
        workspace: "acme",
        pageId: "422500000000001",
        newName: () => first.padStart(8, "0"),
      })
    : openUsersJson(path, { users, people: { join: [] } });

for (let n = Number(first); ; n++) {
  const text = "x".repeat(2_000);
  const fact = { key: `m_${n}`, kind: "message", psid: String(7e15 + n), at: 1, opens: true };
  await store.append([{ ...fact, consent: true, text }]);
  writeSync(1, `${n}\n`);
}
