import type { Block } from "./case-table.ts";

const GONE = [undefined, null];
const NUMBERS = [-1, 0, 0.1, 99.99, 100, 100.01, 1e21, 5e-324];
const COUNTS = [-5, 0, 1, 9, 10, 11];

/** On both sides of 2^53, where a DOUBLE stops telling neighbours apart, and of 64 bits. */
const HUGE = [
  9007199254740990n,
  9007199254740991n,
  9007199254740992n,
  9007199254740993n,
  9223372036854775807n,
  -9223372036854775808n,
];

export const NUMBER_BLOCKS: readonly Block[] = [
  {
    name: "numbers",
    type: "number",
    values: [...GONE, ...NUMBERS],
    cases: [
      { test: 100, fits: [100] },
      { test: { eq: 0 }, fits: [0] },
      { test: { eq: 0.1 }, fits: [0.1] },
      { test: { eq: 1e21 }, fits: [1e21] },
      { test: { ne: 100 }, fits: [-1, 0, 0.1, 99.99, 100.01, 1e21, 5e-324] },
      { test: { in: [-1, 99.99, 7] }, fits: [-1, 99.99] },
      { test: { not_in: [-1, 0, 1e21] }, fits: [0.1, 99.99, 100, 100.01, 5e-324] },
      { test: { lt: 100 }, fits: [-1, 0, 0.1, 99.99, 5e-324] },
      { test: { lte: 100 }, fits: [-1, 0, 0.1, 99.99, 100, 5e-324] },
      { test: { gt: 100 }, fits: [100.01, 1e21] },
      { test: { gte: 100 }, fits: [100, 100.01, 1e21] },
      { test: { gt: 0 }, fits: [0.1, 99.99, 100, 100.01, 1e21, 5e-324] },
      { test: { between: [0, 100] }, fits: [0, 0.1, 99.99, 100, 5e-324] },
      { test: { between: [100, 100] }, fits: [100] },
      { test: { gte: 0.1, lt: 100.01 }, fits: [0.1, 99.99, 100] },
      { test: { exists: true }, fits: NUMBERS },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: NUMBERS },
      { test: { has_value: false }, fits: GONE },
      { not: true, test: { gte: 0.1 }, fits: [...GONE, -1, 0, 5e-324] },
      { not: true, test: { ne: 100 }, fits: [...GONE, 100] },
      { not: true, test: { not_in: [0] }, fits: [...GONE, 0] },
    ],
  },
  {
    name: "integers",
    type: "integer",
    values: [...GONE, ...COUNTS],
    cases: [
      { test: 10, fits: [10] },
      { test: { eq: 10 }, fits: [10] },
      { test: { eq: 10.5 }, fits: [] },
      { test: { ne: 10 }, fits: [-5, 0, 1, 9, 11] },
      { test: { ne: 10.5 }, fits: COUNTS },
      { test: { in: [0, 1, 2] }, fits: [0, 1] },
      { test: { in: [0, 9.5] }, fits: [0] },
      { test: { not_in: [0, 1, 2.5] }, fits: [-5, 9, 10, 11] },
      { test: { lt: 10 }, fits: [-5, 0, 1, 9] },
      { test: { lt: 9.5 }, fits: [-5, 0, 1, 9] },
      { test: { lte: 10 }, fits: [-5, 0, 1, 9, 10] },
      { test: { gt: 9.5 }, fits: [10, 11] },
      { test: { gt: 10 }, fits: [11] },
      { test: { gte: 10 }, fits: [10, 11] },
      { test: { between: [1, 10] }, fits: [1, 9, 10] },
      { test: { exists: true }, fits: COUNTS },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: COUNTS },
      { test: { has_value: false }, fits: GONE },
      { not: true, test: { lt: 10 }, fits: [...GONE, 10, 11] },
    ],
  },
  {
    name: "integers beyond 2^53",
    type: "integer",
    values: HUGE,
    cases: [
      { test: { eq: 9007199254740991 }, fits: [9007199254740991n] },
      { test: { gt: 9007199254740991 }, fits: HUGE.slice(2, 5) },
      { test: { lte: 9007199254740991 }, fits: [...HUGE.slice(0, 2), HUGE[5]] },
      { test: { in: [9007199254740990, 9007199254740991] }, fits: HUGE.slice(0, 2) },
      { test: { lt: 0 }, fits: [-9223372036854775808n] },
      { test: { exists: true }, fits: HUGE },
    ],
  },
  {
    name: "booleans",
    type: "boolean",
    values: [...GONE, true, false],
    cases: [
      { test: true, fits: [true] },
      { test: false, fits: [false] },
      { test: { eq: true }, fits: [true] },
      { test: { eq: false }, fits: [false] },
      { not: true, test: { eq: true }, fits: [...GONE, false] },
      { not: true, test: { eq: false }, fits: [...GONE, true] },
      { test: { exists: true }, fits: [true, false] },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: [true, false] },
      { test: { has_value: false }, fits: GONE },
    ],
  },
];
