// Puts the files of the inbox page that are no programs beside its built programs.
import { copyFileSync, readdirSync } from "node:fs";

const [from, to] = ["src/sandbox/page", "dist/sandbox/page"];

for (const name of readdirSync(from).filter((name) => !name.endsWith(".ts"))) {
  copyFileSync(`${from}/${name}`, `${to}/${name}`);
}
