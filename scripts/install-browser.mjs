// `npm test` drives a browser. Where there is none and this is Debian or Ubuntu as root, as in a
// bare container, it is installed; anywhere else the tests of the inbox page say what is missing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findBrowser } from "./find-browser.mjs";

if (findBrowser() === undefined && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { stdio: "inherit", env }).status === 0;
  console.log("No Chromium or Chrome is installed; installing Debian's chromium for the tests.");
  if (apt("update")) apt("install", "-y", "--no-install-recommends", "chromium");
}
