// Loaded into an apply before anything else: kills its own process at one named step, as the power or
// `kill -9` would. KILL_AT: {"call": "linkSync", "path": "lease-", "nth": 1, "when": "before"}.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const at = JSON.parse(process.env.KILL_AT ?? "{}");
const paths = new Map();
let times = 0;

const openSync = fs.openSync;
fs.openSync = (path, ...rest) => {
  const file = openSync(path, ...rest);
  paths.set(file, String(path));
  return file;
};

const real = fs[at.call];
fs[at.call] = (...args) => {
  const named = args.map((arg) => paths.get(arg) ?? String(arg));
  const isIt = named.some((name) => name.includes(at.path)) && ++times === at.nth;
  if (!isIt) return real(...args);
  if (at.when === "before") process.kill(process.pid, "SIGKILL");
  const result = real(...args);
  process.kill(process.pid, "SIGKILL");
  return result;
};
syncBuiltinESMExports();
