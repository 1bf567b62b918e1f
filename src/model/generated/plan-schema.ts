// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/plan.schema.json as a value. */
export const PLAN_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/plan.schema.json",
  "title": "Plan",
  "description": "What an apply would do, to how many and why. It holds counts, never people.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "format",
    "intent",
    "snapshot",
    "digests",
    "summary"
  ],
  "properties": {
    "format": {
      "description": "Name and version of this document's form.",
      "const": "posthorn.plan/1",
      "examples": [
        "posthorn.plan/1"
      ]
    },
    "intent": {
      "$ref": "#/definitions/intent",
      "description": "What was written and approved.",
      "examples": [
        {
          "workspace": "acme",
          "consent": {
            "column": "messenger_opt_in",
            "inbound": false
          },
          "campaigns": [],
          "guards": {}
        }
      ]
    },
    "snapshot": {
      "$ref": "#/definitions/snapshot",
      "description": "What data, ledger and clock make of it now.",
      "examples": [
        {
          "now": "2026-12-01T09:30:00Z",
          "git": {
            "head": null,
            "base": null,
            "dirty": false
          },
          "campaigns": [],
          "guards": [],
          "warnings": []
        }
      ]
    },
    "digests": {
      "description": "SHA-256 over the canonical JSON of the two parts.",
      "examples": [
        {
          "intent": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "snapshot": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        }
      ],
      "type": "object",
      "additionalProperties": false,
      "required": [
        "intent",
        "snapshot"
      ],
      "properties": {
        "intent": {
          "$ref": "#/definitions/digest",
          "description": "What `apply --expect` takes."
        },
        "snapshot": {
          "$ref": "#/definitions/digest",
          "description": "Of counts, clock and data."
        }
      }
    },
    "summary": {
      "description": "The plan in four numbers.",
      "examples": [
        {
          "campaigns": 1,
          "recipients": 1204,
          "blocked": 0,
          "warnings": 0
        }
      ],
      "type": "object",
      "additionalProperties": false,
      "required": [
        "campaigns",
        "recipients",
        "blocked",
        "warnings"
      ],
      "properties": {
        "campaigns": {
          "$ref": "#/definitions/count",
          "description": "Campaigns that would send now."
        },
        "recipients": {
          "$ref": "#/definitions/count",
          "description": "Messages they would send."
        },
        "blocked": {
          "$ref": "#/definitions/count",
          "description": "Guards that hold; with a base those that the base does not trip too."
        },
        "warnings": {
          "$ref": "#/definitions/count",
          "description": "Warnings."
        }
      }
    }
  },
  "definitions": {
    "count": {
      "type": "integer",
      "minimum": 0,
      "examples": [
        1204
      ]
    },
    "digest": {
      "type": "string",
      "pattern": "^sha256:[0-9a-f]{64}$",
      "examples": [
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      ]
    },
    "instant": {
      "type": "string",
      "description": "ISO 8601 in UTC.",
      "examples": [
        "2026-12-01T09:30:00Z"
      ]
    },
    "source": {
      "description": "Where in the workspace it is written.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "file",
        "line"
      ],
      "properties": {
        "file": {
          "description": "Path from the workspace's folder.",
          "type": "string",
          "examples": [
            "campaigns/order/shipped.yaml"
          ]
        },
        "line": {
          "description": "Counted from 1.",
          "type": "integer",
          "minimum": 1,
          "examples": [
            1
          ]
        }
      }
    },
    "intent": {
      "description": "What was written and approved. It holds no data and no clock.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "workspace",
        "consent",
        "campaigns",
        "guards"
      ],
      "properties": {
        "workspace": {
          "description": "The workspace's name.",
          "type": "string",
          "examples": [
            "acme"
          ]
        },
        "consent": {
          "description": "By what a person counts as having agreed to messages.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "column",
            "inbound"
          ],
          "properties": {
            "column": {
              "description": "Column of the user data that has to be true; null: `consent: assumed`, everyone counts as having agreed.",
              "type": [
                "string",
                "null"
              ],
              "examples": [
                "messenger_opt_in",
                null
              ]
            },
            "inbound": {
              "description": "Whether what people told the page since then counts too.",
              "type": "boolean",
              "examples": [
                false
              ]
            }
          },
          "examples": [
            {
              "column": "messenger_opt_in",
              "inbound": false
            }
          ]
        },
        "campaigns": {
          "description": "The active campaigns by id.",
          "examples": [
            [
              {
                "id": "order/shipped",
                "revision": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "send": {
                  "on": "order_shipped"
                },
                "max_recipients": 2000
              }
            ]
          ],
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "id",
              "revision",
              "send",
              "max_recipients"
            ],
            "properties": {
              "id": {
                "description": "The campaign's id.",
                "type": "string",
                "examples": [
                  "order/shipped"
                ]
              },
              "revision": {
                "$ref": "#/definitions/digest",
                "description": "Of all that decides who gets which message."
              },
              "send": {
                "description": "The `send:` as written.",
                "type": "object",
                "examples": [
                  {
                    "on": "order_shipped"
                  }
                ]
              },
              "max_recipients": {
                "description": "Its written ceiling, else the guard's; null without either.",
                "type": [
                  "integer",
                  "null"
                ],
                "examples": [
                  2000
                ]
              }
            }
          }
        },
        "guards": {
          "description": "The limits of the workspace as written.",
          "type": "object",
          "examples": [
            {
              "max_recipients": 25000
            }
          ]
        }
      }
    },
    "snapshot": {
      "description": "What the data, the ledger and the clock make of the intent now.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "now",
        "git",
        "campaigns",
        "guards",
        "warnings"
      ],
      "properties": {
        "now": {
          "$ref": "#/definitions/instant"
        },
        "git": {
          "description": "The commit that was planned.",
          "examples": [
            {
              "head": "4f0c2ad1f7f5b7f6f0d0c1fd1c2b4d8f3b0a9e11",
              "base": null,
              "dirty": false
            }
          ],
          "type": "object",
          "additionalProperties": false,
          "required": [
            "head",
            "base",
            "dirty"
          ],
          "properties": {
            "head": {
              "description": "Full commit id; null outside a git checkout.",
              "type": [
                "string",
                "null"
              ],
              "examples": [
                "4f0c2ad1f7f5b7f6f0d0c1fd1c2b4d8f3b0a9e11"
              ]
            },
            "base": {
              "description": "The commit that was compared with.",
              "type": [
                "string",
                "null"
              ],
              "examples": [
                null
              ]
            },
            "dirty": {
              "description": "Whether files differ from the commit.",
              "type": "boolean",
              "examples": [
                false
              ]
            }
          }
        },
        "campaigns": {
          "description": "Every active campaign, in the order it is judged and sent.",
          "examples": [
            [
              {
                "id": "order/shipped",
                "action": "send",
                "purpose": "transaction",
                "due_at": null,
                "occurrences": 1204,
                "superseded": 0,
                "source": {
                  "file": "campaigns/order/shipped.yaml",
                  "line": 1
                },
                "matched": 1324,
                "eligible": 1204,
                "ceiling": 1806,
                "left_out": {
                  "outside_window": 120
                },
                "samples": [],
                "seconds": 61,
                "rollout": null
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/campaign"
          }
        },
        "guards": {
          "description": "Every guard that was put to this plan.",
          "examples": [
            [
              {
                "rule": "max_recipients",
                "campaign": null,
                "limit": 25000,
                "actual": 1204,
                "outcome": "pass",
                "source": {
                  "file": "posthorn.yaml",
                  "line": 30
                },
                "accept": null
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/guard"
          }
        },
        "warnings": {
          "description": "What is worth knowing and stops nothing.",
          "examples": [
            [
              {
                "code": "DATA_OLD",
                "summary": "User data is old",
                "detail": "Export it again.",
                "source": null
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/warning"
          }
        },
        "horizon": {
          "description": "What lies ahead by today's data; only with `--horizon`.",
          "examples": [
            {
              "timezone": "Europe/Berlin",
              "until": "2026-12-15T09:30:00Z",
              "sends": [],
              "collisions": [],
              "by_event": [
                "order/shipped"
              ]
            }
          ],
          "type": "object",
          "additionalProperties": false,
          "required": [
            "timezone",
            "until",
            "sends",
            "collisions",
            "by_event"
          ],
          "properties": {
            "timezone": {
              "description": "The workspace's, by which days are told.",
              "type": "string",
              "examples": [
                "Europe/Berlin"
              ]
            },
            "until": {
              "$ref": "#/definitions/instant",
              "description": "The end of the look ahead."
            },
            "sends": {
              "description": "Every send in order of time.",
              "examples": [
                [
                  {
                    "id": "offers/sale",
                    "at": "2026-12-06T09:00:00Z",
                    "people": 410,
                    "capped": 12
                  }
                ]
              ],
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "id",
                  "at",
                  "people",
                  "capped"
                ],
                "properties": {
                  "id": {
                    "description": "The campaign's id.",
                    "type": "string",
                    "examples": [
                      "offers/sale"
                    ]
                  },
                  "at": {
                    "$ref": "#/definitions/instant",
                    "description": "When it falls due; by the workspace's zone where people have their own."
                  },
                  "people": {
                    "$ref": "#/definitions/count",
                    "description": "Whom it would reach."
                  },
                  "capped": {
                    "$ref": "#/definitions/count",
                    "description": "Whom the frequency cap would keep from it."
                  }
                }
              }
            },
            "collisions": {
              "description": "Two campaigns that reach the same people on one day, at most 100.",
              "examples": [
                [
                  {
                    "date": "2026-12-06",
                    "campaigns": [
                      "offers/sale",
                      "offers/st-nicholas"
                    ],
                    "people": 31
                  }
                ]
              ],
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "date",
                  "campaigns",
                  "people"
                ],
                "properties": {
                  "date": {
                    "description": "The day in the workspace's zone.",
                    "type": "string",
                    "examples": [
                      "2026-12-06"
                    ]
                  },
                  "campaigns": {
                    "description": "Their ids.",
                    "type": "array",
                    "items": {
                      "type": "string"
                    },
                    "examples": [
                      [
                        "offers/sale",
                        "offers/st-nicholas"
                      ]
                    ]
                  },
                  "people": {
                    "$ref": "#/definitions/count",
                    "description": "Who would get both."
                  }
                }
              }
            },
            "by_event": {
              "description": "Campaigns that events set off, which nobody can foresee.",
              "type": "array",
              "items": {
                "type": "string"
              },
              "examples": [
                [
                  "order/shipped"
                ]
              ]
            }
          }
        },
        "compared": {
          "description": "What the change of files does beside its campaigns; only with a base.",
          "examples": [
            {
              "removed": [],
              "guards": []
            }
          ],
          "type": "object",
          "additionalProperties": false,
          "required": [
            "removed",
            "guards"
          ],
          "properties": {
            "removed": {
              "description": "Campaigns that are active in the base and not any more.",
              "examples": [
                [
                  {
                    "id": "offers/may",
                    "because": "deleted",
                    "leaving": 120
                  }
                ]
              ],
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "id",
                  "because",
                  "leaving"
                ],
                "properties": {
                  "id": {
                    "description": "The campaign's id in the base.",
                    "type": "string",
                    "examples": [
                      "offers/may"
                    ]
                  },
                  "because": {
                    "description": "deleted: its file is gone. Else its status now.",
                    "enum": [
                      "deleted",
                      "draft",
                      "paused",
                      "ended"
                    ],
                    "examples": [
                      "deleted"
                    ]
                  },
                  "leaving": {
                    "$ref": "#/definitions/count",
                    "description": "People in its audience by the base."
                  }
                }
              }
            },
            "guards": {
              "description": "Limits that the change moves; they hold once it is merged.",
              "examples": [
                [
                  {
                    "path": "guards.max_recipients",
                    "before": 1000,
                    "after": 25000
                  }
                ]
              ],
              "type": "array",
              "items": {
                "$ref": "#/definitions/change"
              }
            }
          }
        }
      }
    },
    "campaign": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "id",
        "action",
        "purpose",
        "due_at",
        "occurrences",
        "superseded",
        "source",
        "matched",
        "eligible",
        "ceiling",
        "left_out",
        "samples",
        "seconds",
        "rollout"
      ],
      "properties": {
        "id": {
          "description": "The campaign's id.",
          "type": "string",
          "examples": [
            "order/shipped"
          ]
        },
        "action": {
          "description": "send: due now. upcoming: judged as if it were due now; a forecast. none: nothing left to send.",
          "enum": [
            "send",
            "upcoming",
            "none"
          ],
          "examples": [
            "send"
          ]
        },
        "purpose": {
          "description": "Why the page writes.",
          "enum": [
            "transaction",
            "support",
            "requested_content",
            "promotion"
          ],
          "examples": [
            "transaction"
          ]
        },
        "due_at": {
          "description": "The earliest instant of the judged occurrence; null where there is none.",
          "anyOf": [
            {
              "$ref": "#/definitions/instant"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            "2026-12-01T09:00:00Z"
          ]
        },
        "occurrences": {
          "$ref": "#/definitions/count",
          "description": "Occurrences that would be sent: events for `on`, else one."
        },
        "superseded": {
          "$ref": "#/definitions/count",
          "description": "Earlier cron occurrences that are still due but give way to the latest."
        },
        "source": {
          "$ref": "#/definitions/source",
          "description": "Where its file begins.",
          "examples": [
            {
              "file": "campaigns/order/shipped.yaml",
              "line": 1
            }
          ]
        },
        "matched": {
          "$ref": "#/definitions/count",
          "description": "People in the segment; (event, user) pairs for `on`."
        },
        "eligible": {
          "$ref": "#/definitions/count",
          "description": "Those left out by no rule: matched less all of left_out."
        },
        "ceiling": {
          "$ref": "#/definitions/count",
          "description": "The most that an apply of this plan may send to."
        },
        "last_eligible": {
          "$ref": "#/definitions/count",
          "description": "How many the last completed occurrence was sent to; absent before the first one."
        },
        "left_out": {
          "description": "People by the one reason each is left out for; reasons that hit nobody are absent.",
          "type": "object",
          "additionalProperties": {
            "type": "integer",
            "minimum": 1
          },
          "examples": [
            {
              "already_sent": 512,
              "outside_window": 120
            }
          ]
        },
        "changes": {
          "description": "What a change of files did to this campaign; only with a base.",
          "examples": [
            [
              {
                "path": "message.text",
                "before": "Hello",
                "after": "Hi"
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/change"
          }
        },
        "change": {
          "description": "What the change of files is to this campaign; only with a base.",
          "enum": [
            "added",
            "changed",
            "renamed",
            "none"
          ],
          "examples": [
            "changed"
          ]
        },
        "renamed_from": {
          "description": "Its id in the base; only where the change renames it.",
          "type": "string",
          "examples": [
            "order/dispatched"
          ]
        },
        "entering": {
          "$ref": "#/definitions/count",
          "description": "People whom the change brings into the audience, on the same data; only with a base."
        },
        "leaving": {
          "$ref": "#/definitions/count",
          "description": "People whom the change takes out of the audience; only with a base."
        },
        "samples": {
          "description": "One message for each variant and locale that somebody would get, sensitive values as •••.",
          "examples": [
            [
              {
                "variant": "a",
                "locale": null,
                "people": 602,
                "message": {
                  "text": "Hi •••!"
                }
              }
            ]
          ],
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "variant",
              "locale",
              "people",
              "message"
            ],
            "properties": {
              "variant": {
                "description": "The variant's name; null without variants.",
                "type": [
                  "string",
                  "null"
                ],
                "examples": [
                  "a"
                ]
              },
              "locale": {
                "description": "The locale's key; null for the base message.",
                "type": [
                  "string",
                  "null"
                ],
                "examples": [
                  "de"
                ]
              },
              "people": {
                "$ref": "#/definitions/count",
                "description": "How many would get this variant in this locale."
              },
              "message": {
                "description": "The Send API's message object.",
                "type": "object",
                "examples": [
                  {
                    "text": "Hi •••, parcel ••• is on its way."
                  }
                ]
              },
              "before": {
                "description": "The same sample by the base; only where the change makes it another one.",
                "type": "object",
                "examples": [
                  {
                    "text": "Hello •••, parcel ••• left."
                  }
                ]
              }
            }
          }
        },
        "seconds": {
          "$ref": "#/definitions/count",
          "description": "How long the sends take at the page's rate."
        },
        "rollout": {
          "description": "Its waves and where they stand; null without a rollout.",
          "anyOf": [
            {
              "$ref": "#/definitions/rollout"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            null
          ]
        }
      }
    },
    "rollout": {
      "description": "A campaign's waves: how many they hold, and where they stand.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "waves",
        "stop_if",
        "held",
        "occurrences"
      ],
      "properties": {
        "waves": {
          "description": "Sizes of the waves; null for the last, which takes the rest.",
          "type": "array",
          "items": {
            "type": [
              "integer",
              "null"
            ],
            "minimum": 1
          },
          "examples": [
            [
              25,
              500,
              null
            ]
          ]
        },
        "stop_if": {
          "description": "A wave with a greater share stops the rollout; null for no limit.",
          "examples": [
            {
              "failed": 0.02,
              "unavailable": null
            }
          ],
          "type": "object",
          "additionalProperties": false,
          "required": [
            "failed",
            "unavailable"
          ],
          "properties": {
            "failed": {
              "description": "Share of failed and unknown outcomes, from 0 to 1.",
              "type": [
                "number",
                "null"
              ],
              "examples": [
                0.02
              ]
            },
            "unavailable": {
              "description": "Share of people who cannot be reached, from 0 to 1; with it they do not count as failed.",
              "type": [
                "number",
                "null"
              ],
              "examples": [
                0.2
              ]
            }
          }
        },
        "held": {
          "$ref": "#/definitions/count",
          "description": "Eligible people whom a stop keeps from being sent to."
        },
        "occurrences": {
          "description": "The occurrences that are judged; empty where they are still to come.",
          "examples": [
            [
              {
                "occurrence": "once",
                "waves": [
                  {
                    "tried": 25,
                    "failed": 1,
                    "unknown": 0,
                    "unavailable": 2,
                    "people": 0
                  }
                ],
                "stopped": null
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/rolloutOccurrence"
          }
        }
      }
    },
    "rolloutOccurrence": {
      "description": "How the rollout of one occurrence stands.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "occurrence",
        "waves",
        "stopped"
      ],
      "properties": {
        "occurrence": {
          "description": "Its id; for `on`, the campaign's revision, over all events.",
          "type": "string",
          "examples": [
            "once"
          ]
        },
        "waves": {
          "description": "One entry a wave.",
          "examples": [
            [
              {
                "tried": 25,
                "failed": 1,
                "unknown": 0,
                "unavailable": 2,
                "people": 0
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/wave"
          }
        },
        "stopped": {
          "description": "Why nobody else is sent to; null where it goes on.",
          "anyOf": [
            {
              "$ref": "#/definitions/rolloutStop"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            null
          ]
        }
      }
    },
    "wave": {
      "description": "One wave: what was tried in any run, and who is to come.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "tried",
        "failed",
        "unknown",
        "unavailable",
        "people"
      ],
      "properties": {
        "tried": {
          "$ref": "#/definitions/count",
          "description": "Deliveries with an outcome, an unknown one included."
        },
        "failed": {
          "$ref": "#/definitions/count",
          "description": "The failed among them."
        },
        "unknown": {
          "$ref": "#/definitions/count",
          "description": "Those whose outcome nobody knows."
        },
        "unavailable": {
          "$ref": "#/definitions/count",
          "description": "The failed whom Meta says cannot be reached."
        },
        "people": {
          "$ref": "#/definitions/count",
          "description": "Eligible people who come in this wave."
        }
      }
    },
    "rolloutStop": {
      "description": "A wave in which too much went wrong.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "wave",
        "rule",
        "limit",
        "bad",
        "tried",
        "accept"
      ],
      "properties": {
        "wave": {
          "description": "Counted from 1.",
          "type": "integer",
          "minimum": 1,
          "examples": [
            1
          ]
        },
        "rule": {
          "description": "The limit of stop_if that was passed.",
          "enum": [
            "failed",
            "unavailable"
          ],
          "examples": [
            "failed"
          ]
        },
        "limit": {
          "description": "That limit, from 0 to 1.",
          "type": "number",
          "examples": [
            0.02
          ]
        },
        "bad": {
          "$ref": "#/definitions/count",
          "description": "The deliveries that the rule counts."
        },
        "tried": {
          "$ref": "#/definitions/count",
          "description": "The deliveries of the wave."
        },
        "accept": {
          "description": "The lines to paste into the campaign's file to go on.",
          "type": "string",
          "examples": [
            "acknowledge:\n  - { rule: rollout, occurrence: once, because: \"…\" }"
          ]
        }
      }
    },
    "change": {
      "description": "One value that differs from the base; null where one of the two lacks it.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "path",
        "before",
        "after"
      ],
      "properties": {
        "path": {
          "description": "Keys with dots.",
          "type": "string",
          "examples": [
            "message.text"
          ]
        },
        "before": {
          "description": "The value in the base; an empty list or map as `[]` or `{}`.",
          "type": [
            "string",
            "number",
            "boolean",
            "null"
          ],
          "examples": [
            "Hello"
          ]
        },
        "after": {
          "description": "The value now.",
          "type": [
            "string",
            "number",
            "boolean",
            "null"
          ],
          "examples": [
            "Hi"
          ]
        }
      }
    },
    "guard": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "rule",
        "campaign",
        "limit",
        "actual",
        "outcome",
        "source",
        "accept"
      ],
      "properties": {
        "rule": {
          "description": "The guard's key in posthorn.yaml.",
          "enum": [
            "max_recipients",
            "max_growth",
            "empty_audience"
          ],
          "examples": [
            "max_recipients"
          ]
        },
        "campaign": {
          "description": "The campaign it was put to; null for the whole apply.",
          "type": [
            "string",
            "null"
          ],
          "examples": [
            null
          ]
        },
        "limit": {
          "description": "The most that passes; the least for empty_audience.",
          "type": "integer",
          "examples": [
            25000
          ]
        },
        "actual": {
          "description": "What the plan comes to.",
          "type": "integer",
          "examples": [
            1204
          ]
        },
        "outcome": {
          "description": "accepted: over the limit, but acknowledged in the campaign's file.",
          "enum": [
            "pass",
            "accepted",
            "warn",
            "block"
          ],
          "examples": [
            "pass"
          ]
        },
        "source": {
          "description": "Where the limit is written; null for a default.",
          "anyOf": [
            {
              "$ref": "#/definitions/source"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            {
              "file": "posthorn.yaml",
              "line": 30
            }
          ]
        },
        "in_base": {
          "description": "Whether the base trips it too; only with a base.",
          "type": "boolean",
          "examples": [
            false
          ]
        },
        "accept": {
          "description": "The lines to paste into the campaign's file to accept it once; null where it passes.",
          "type": [
            "string",
            "null"
          ],
          "examples": [
            null
          ]
        }
      }
    },
    "warning": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "code",
        "summary",
        "detail",
        "source"
      ],
      "properties": {
        "code": {
          "description": "A code of docs/errors.md.",
          "type": "string",
          "examples": [
            "DATA_OLD"
          ]
        },
        "summary": {
          "description": "Fixed words.",
          "type": "string",
          "examples": [
            "User data is old"
          ]
        },
        "detail": {
          "description": "What, why, and what to do.",
          "type": "string",
          "examples": [
            "data/users.json was written 31 h ago; max_age is 24h. Export it again."
          ]
        },
        "source": {
          "description": "Where it stands; null where it has no place.",
          "anyOf": [
            {
              "$ref": "#/definitions/source"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            null
          ]
        }
      }
    }
  }
};
