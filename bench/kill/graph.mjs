// A Graph API in a process of its own: what truly reached whom stays in its log, whoever is killed.
// Usage: node bench/kill/graph.mjs PAGE_ID LOG_FILE
import { startSandbox } from "../../dist/sandbox/start-sandbox.js";

const [pageId, logFile] = process.argv.slice(2);
const { url } = await startSandbox({ pageId, logFile });
process.stdout.write(`${url}\n`);
