import { expect, test } from "vitest";
import { raw } from "../../src/model/sql.ts";
import { LAYOUTS } from "../adapters/duckdb/source-files.ts";
import { fact, openJoined, P, user } from "./joined-world.ts";

const single = LAYOUTS.filter(({ fileCount }) => fileCount === 1);

test.each(single)("one person of a $name is who they are among all", async (layout) => {
  const world = {
    layout,
    users: [user(1, { ps_id: P(1) }), user(2), user(3)],
    // The first of two who say to be u2 is; P(1) is u1's by the data.
    facts: [
      fact(P(2), 3, { kind: "referral", ref: "u-code2" }),
      fact(P(3), 5, { kind: "referral", ref: "u-code2" }),
      fact(P(1), 6),
    ],
  };
  const seen = new Map<string, unknown>();
  const ids = ["u1", "u2", "u3", `messenger:${P(3)}`, "u4"];
  const whole = await openJoined(world);
  const all = await whole.engine.rows(raw("SELECT user_id, ps_id FROM users"));
  whole.engine.close();
  for (const id of ids) {
    const { engine, userCount } = await openJoined({ ...world, onlyUser: id });
    const rows = await engine.rows(raw("SELECT user_id, ps_id FROM users"));
    engine.close();
    expect(userCount).toBe(rows.length);
    expect(rows).toEqual(all.filter((row) => row["user_id"] === id));
    seen.set(id, rows[0]?.["ps_id"]);
  }
  expect([...seen.values()]).toEqual([P(1), P(2), null, P(3), undefined]);
});
