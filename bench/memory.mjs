// Whether memory grows with the number of deliveries: `posthorn apply` to 1, 10,000, … people.
//
//   npm run build && node bench/memory.mjs [--most 1000000]
//
// Told is the most memory the process ever had up to its last request; with one person that is what
// an apply takes that has nothing to do.

import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureSender, ROOT, startServer } from "./measure-sends.mjs";
import { NOW, writeSendWorkspace } from "./send-workspace.mjs";

const { values: flags } = parseArgs({ options: { most: { type: "string", default: "1000000" } } });
const folder = join(tmpdir(), `posthorn-memory-${process.pid}`);
const running = await startServer(0);
const args = [join(ROOT, "dist/main.js"), "apply", "-C", folder, "--now", NOW, "--quiet"];
let idleMb;
for (const people of [1, 10_000, 100_000, 1_000_000].filter((count) => count <= flags.most)) {
  await writeSendWorkspace({ folder, people, url: running.url, rate: "unlimited" });
  const { peakMb, wallMs } = await measureSender(running, args, people);
  idleMb ??= peakMb;
  const above = Math.round(peakMb - idleMb);
  console.log(
    `${people} deliveries: ${Math.round(peakMb)} MB, ${above} above idle, ${Math.round(wallMs)} ms`,
  );
}
running.server.disconnect();
rmSync(folder, { recursive: true, force: true });
