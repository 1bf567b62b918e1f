import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findFiles } from "../../../src/adapters/duckdb/find-files.ts";
import { raw } from "../../../src/model/sql.ts";
import { posthorn, SMALL_WORKSPACE, smallWorkspace, temporaryFolder } from "../../cli/posthorn.ts";
import { dataWorkspace, openWhole, userSource } from "./data-workspace.ts";

const AT = { file: "posthorn.yaml", line: 9, column: 3 };

function write(root: string, path: string, text = '{"user_id":"u1"}\n'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function found(root: string, pattern: string, fromEnv = false) {
  const { paths, diagnostics } = findFiles({ pattern, format: "ndjson", fromEnv, at: AT }, root);
  return diagnostics.length > 0 ? diagnostics : paths.map((path) => path.slice(root.length + 1));
}

describe("files of a source", () => {
  test("a glob gives its files in order, without folders and dot files", () => {
    const root = temporaryFolder();
    for (const path of ["data/b.ndjson", "data/a.ndjson", "data/.c.ndjson", "data/d.ndjson/x"]) {
      write(root, path);
    }
    expect(found(root, "data/*.ndjson")).toEqual(["data/a.ndjson", "data/b.ndjson"]);
    expect(found(root, "data/[ab].ndjson")).toEqual(["data/a.ndjson", "data/b.ndjson"]);
    expect(found(root, "**/{a,x}*")).toEqual(["data/a.ndjson", "data/d.ndjson/x"]);
  });

  test("none is an error at the place that names the source", () => {
    const root = temporaryFolder();
    write(root, "data/folder.ndjson/x");
    const missing = [{ code: "DATA_FILE_MISSING", severity: "error", at: AT }];
    for (const pattern of ["data/users.ndjson", "data/*.csv", "data/folder.ndjson"]) {
      expect(found(root, pattern)).toMatchObject(missing);
    }
  });

  test("a file that is called like a glob is that file", () => {
    const root = temporaryFolder();
    for (const path of ["u[1].ndjson", "u1.ndjson", "w*.ndjson", "wx.ndjson"]) write(root, path);
    expect(found(root, "u[1].ndjson")).toEqual(["u[1].ndjson"]);
    expect(found(root, "w*.ndjson")).toEqual(["w*.ndjson"]);
  });

  test("a link inside counts, one that leads out is an error, but not from the environment", () => {
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()];
    write(root, "data/real.ndjson");
    write(elsewhere, "outside.ndjson");
    symlinkSync(join(root, "data/real.ndjson"), join(root, "data/link.ndjson"));
    expect(found(root, "data/l*.ndjson")).toEqual(["data/link.ndjson"]);
    symlinkSync(join(elsewhere, "outside.ndjson"), join(root, "data/leak.ndjson"));
    const outside = [{ code: "PATH_OUTSIDE", severity: "error", at: AT }];
    expect(found(root, "data/*.ndjson")).toMatchObject(outside);
    expect(found(root, "data/leak.ndjson")).toMatchObject(outside);
    expect(found(root, "data/leak.ndjson", true)).toEqual(["data/leak.ndjson"]);
    symlinkSync(join(root, "nowhere"), join(root, "data/broken.ndjson"));
    expect(found(root, "data/b*.ndjson")).toMatchObject([{ code: "DATA_FILE_MISSING" }]);
  });

  test("a folder behind a link is not entered", () => {
    const root = temporaryFolder();
    write(root, "data/real.ndjson");
    symlinkSync(root, join(root, "data/circle"));
    expect(found(root, "**/*.ndjson")).toEqual(["data/real.ndjson"]);
  });
});

describe("paths with every kind of letter", () => {
  const NAMES = [
    "it's",
    'a"b',
    "a b",
    "[x]",
    "(y)",
    "{z}",
    "w*?",
    "!n",
    "+p",
    "#h",
    "ä👍",
    "$1",
    "%s",
  ];
  test.for(NAMES)("a workspace in a folder called %s", async (name) => {
    const root = join(temporaryFolder(), name, ".hidden");
    write(root, `data/${name}.ndjson`, '{"user_id":"u1","ps_id":"7100000000000001"}\n');
    write(root, "data/other.ndjson", '{"user_id":"u2","ps_id":"7100000000000002"}\n');
    for (const [pattern, count] of [
      [`data/${name}.ndjson`, 1],
      ["data/*.ndjson", 2],
    ] as const) {
      const users = userSource({ pattern, format: "ndjson", attributes: {} });
      const { engine, diagnostics } = await openWhole(dataWorkspace(root, users));
      expect(diagnostics).toEqual([]);
      const rows = await engine.rows(raw("SELECT count(*) AS n FROM users"));
      expect(rows).toEqual([{ n: count }]);
      engine.close();
    }
  });

  test("plan and apply work there too", async () => {
    const outer = join(temporaryFolder(), "it's [a] {b} *");
    const small = smallWorkspace();
    const { cpSync } = await import("node:fs");
    cpSync(small, outer, { recursive: true });
    const planned = await posthorn(["plan"], { cwd: outer });
    expect(planned).toMatchObject({ exit: 0, err: "" });
    const first = await posthorn(["apply", "--sandbox", "--quiet"], { cwd: outer });
    expect(first).toMatchObject({ exit: 0 });
    expect(first.out).toMatch(/3/);
    const again = await posthorn(["apply", "--sandbox", "--format", "json"], { cwd: outer });
    expect(again.exit).toBe(0);
    expect(JSON.parse(again.out).totals.sent).toBe(0);
  });
});

test("a source from the environment may lie elsewhere", async () => {
  const elsewhere = temporaryFolder();
  const cwd = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("data/users.ndjson", "${USERS}"),
  });
  write(elsewhere, "users.ndjson", '{"user_id":"u1","ps_id":"7100000000000001","opt_in":true}\n');
  const env = { USERS: join(elsewhere, "users.ndjson") };
  const ran = await posthorn(["plan", "--format", "json"], { cwd, env });
  expect(ran).toMatchObject({ exit: 0, err: "" });
  expect(JSON.parse(ran.out).snapshot.campaigns[0].matched).toBe(1);
});
