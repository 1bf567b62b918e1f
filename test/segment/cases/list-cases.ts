import type { Block } from "./case-table.ts";

const GONE = [undefined, null];
const EMPTY: readonly string[] = [];
const VIP = ["vip"];
const BOTH = ["vip", "new"];
const UPPER = ["VIP"];
const BLANK = [""];
const TWICE = ["new", "new"];
const ODD = ['a"b', "c,d", "[e]", "👍", "it's", "f\ng"];

export const LIST_BLOCKS: readonly Block[] = [
  {
    name: "lists",
    type: "string[]",
    values: [...GONE, EMPTY, VIP, BOTH, UPPER, BLANK, TWICE, ODD],
    cases: [
      { test: { contains: "vip" }, fits: [VIP, BOTH] },
      { test: { contains: "" }, fits: [BLANK] },
      { test: { contains: "👍" }, fits: [ODD] },
      { test: { contains: 'a"b' }, fits: [ODD] },
      { test: { contains: "it's" }, fits: [ODD] },
      { test: { contains: "e" }, fits: [] },
      { test: { contains_any: ["VIP", "new"] }, fits: [BOTH, UPPER, TWICE] },
      { test: { contains_any: ["none"] }, fits: [] },
      { test: { contains_all: ["vip", "new"] }, fits: [BOTH] },
      { test: { contains_all: ["new", "new"] }, fits: [BOTH, TWICE] },
      { test: { contains_all: ["c,d", "[e]", "f\ng"] }, fits: [ODD] },
      { test: { is_empty: true }, fits: [EMPTY] },
      { test: { is_empty: false }, fits: [VIP, BOTH, UPPER, BLANK, TWICE, ODD] },
      { test: { exists: true }, fits: [EMPTY, VIP, BOTH, UPPER, BLANK, TWICE, ODD] },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: [VIP, BOTH, UPPER, BLANK, TWICE, ODD] },
      { test: { has_value: false }, fits: [...GONE, EMPTY] },
      { not: true, test: { contains: "vip" }, fits: [...GONE, EMPTY, UPPER, BLANK, TWICE, ODD] },
      {
        not: true,
        test: { contains_any: ["vip"] },
        fits: [...GONE, EMPTY, UPPER, BLANK, TWICE, ODD],
      },
      {
        not: true,
        test: { contains_all: ["vip"] },
        fits: [...GONE, EMPTY, UPPER, BLANK, TWICE, ODD],
      },
      { not: true, test: { is_empty: false }, fits: [...GONE, EMPTY] },
    ],
  },
];
