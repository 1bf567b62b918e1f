import { expect, test } from "vitest";
import { shapeCheck } from "../../src/config/check-shape.ts";
import { CAMPAIGN_SCHEMA } from "../../src/model/generated/campaign-schema.ts";

const check = shapeCheck(CAMPAIGN_SCHEMA);
test("try", () => {
  for (const send of [{}, { att: "now" }, { at: "now", on: "x" }, { at: 5 }, 5, { on: "x", late_by: "1 day", "<<": 1 }, {every: "x", late_by: 4}]) console.log(JSON.stringify(send), check({ status: "active", send, purpose: "transaction", message: {} } as never));
  console.log(check({ status: "activ", repeat: {aftr: "7d"}, was: 5, rollout: {waves: [1, "rst", 0]}, variants: { "1": {weight: -1}}, frequency_cap: {obey: "yes"}, where: 5, message: 5, persona: 123456, acknowledge: [{limit: true}], holdout: "5", priority: "1", max_recipients: 0, tests: []  } as never));
  expect(1).toBe(1);
});
