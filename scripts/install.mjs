// Installs the locked packages unless they are there already; `npm test` and `npm run demo` start
// with it, so that each of them is the one command a fresh clone needs.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changedAt("node_modules/.package-lock.json") < changedAt("package-lock.json")) {
  const shell = process.platform === "win32"; // npm is a .cmd file there
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { stdio: "inherit", shell });
}
