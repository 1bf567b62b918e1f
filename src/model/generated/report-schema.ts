// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/report.schema.json as a value. */
export const REPORT_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/report.schema.json",
  "title": "Report",
  "description": "What an apply did, to how many, and what to do next. It holds counts, never people.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "format",
    "workspace",
    "run_id",
    "target",
    "commit",
    "intent",
    "started_at",
    "finished_at",
    "outcome",
    "cut_off",
    "totals",
    "campaigns",
    "pace",
    "unresolved_before",
    "guards",
    "warnings",
    "next"
  ],
  "properties": {
    "format": {
      "description": "Name and version of this document's form.",
      "const": "posthorn.report/1",
      "examples": [
        "posthorn.report/1"
      ]
    },
    "workspace": {
      "description": "The workspace's name.",
      "type": "string",
      "examples": [
        "acme"
      ]
    },
    "run_id": {
      "description": "The run's id, which the ledger's rows carry too.",
      "type": "string",
      "examples": [
        "0191b2c4-7d1e-7c3a-9f00-8a2b6c1d2e3f"
      ]
    },
    "target": {
      "description": "Where the messages went.",
      "enum": [
        "meta",
        "sandbox"
      ],
      "examples": [
        "meta"
      ]
    },
    "commit": {
      "description": "The commit that was applied; null outside of git.",
      "type": [
        "string",
        "null"
      ],
      "examples": [
        "1f0c9d2b7a"
      ]
    },
    "intent": {
      "description": "Digest of the intent that was applied, as plans carry it.",
      "type": "string",
      "pattern": "^sha256:[0-9a-f]{64}$",
      "examples": [
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      ]
    },
    "started_at": {
      "$ref": "#/definitions/instant",
      "description": "When the run began to judge."
    },
    "finished_at": {
      "$ref": "#/definitions/instant",
      "description": "When its last outcome was written down."
    },
    "outcome": {
      "description": "How the run ended; each has an exit code of its own.",
      "enum": [
        "ok",
        "partial",
        "denied",
        "interrupted"
      ],
      "examples": [
        "ok"
      ]
    },
    "cut_off": {
      "description": "Why it ended before everybody was tried; null where nothing cut it off.",
      "anyOf": [
        {
          "$ref": "#/definitions/cutOff"
        },
        {
          "type": "null"
        }
      ],
      "examples": [
        null
      ]
    },
    "totals": {
      "$ref": "#/definitions/totals",
      "description": "Over all campaigns: matched is the sum of all the others.",
      "examples": [
        {
          "matched": 1324,
          "left_out": 120,
          "sent": 1199,
          "failed": 3,
          "unknown": 2,
          "released": 0,
          "untried": 0
        }
      ]
    },
    "campaigns": {
      "description": "Campaigns that were due, in the order they were sent.",
      "examples": [
        [
          {
            "id": "order/shipped",
            "source": {
              "file": "campaigns/order/shipped.yaml",
              "line": 1
            },
            "matched": 1324,
            "left_out": {
              "outside_window": 120
            },
            "sent": 1199,
            "failed": 3,
            "unknown": 2,
            "released": 0,
            "untried": 0,
            "errors": [],
            "rollout": null,
            "stopped": null,
            "seconds": 61
          }
        ]
      ],
      "type": "array",
      "items": {
        "$ref": "#/definitions/campaign"
      }
    },
    "pace": {
      "description": "How fast it went; null where nothing was sent.",
      "anyOf": [
        {
          "$ref": "#/definitions/pace"
        },
        {
          "type": "null"
        }
      ],
      "examples": [
        null
      ]
    },
    "unresolved_before": {
      "$ref": "#/definitions/count",
      "description": "Deliveries of earlier runs whose outcome nobody knows; they are left alone."
    },
    "guards": {
      "description": "Every guard that was looked at.",
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
        "$ref": "#/definitions/planGuard"
      }
    },
    "warnings": {
      "description": "Things worth knowing that stopped nothing.",
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
        "$ref": "#/definitions/planWarning"
      }
    },
    "next": {
      "description": "What to do next, the most urgent first.",
      "examples": [
        [
          {
            "kind": "unknown",
            "text": "2 deliveries have an unknown outcome.",
            "command": "posthorn ledger resolve --conversations"
          }
        ]
      ],
      "type": "array",
      "items": {
        "$ref": "#/definitions/step"
      }
    }
  },
  "definitions": {
    "planGuard": {
      "$ref": "plan.schema.json#/definitions/guard"
    },
    "planWarning": {
      "$ref": "plan.schema.json#/definitions/warning"
    },
    "planRollout": {
      "$ref": "plan.schema.json#/definitions/rollout"
    },
    "planSource": {
      "$ref": "plan.schema.json#/definitions/source"
    },
    "count": {
      "type": "integer",
      "minimum": 0,
      "examples": [
        1204
      ]
    },
    "instant": {
      "type": "string",
      "description": "ISO 8601 in UTC.",
      "examples": [
        "2026-12-01T09:30:00Z"
      ]
    },
    "cutOff": {
      "description": "What ended a run before everybody was tried.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "by",
        "because"
      ],
      "properties": {
        "by": {
          "description": "What cut it off.",
          "enum": [
            "signal",
            "max_runtime",
            "halt",
            "limit",
            "outage",
            "breaker",
            "fault"
          ],
          "examples": [
            "max_runtime"
          ]
        },
        "because": {
          "description": "A full sentence.",
          "type": "string",
          "examples": [
            "The time of --max-runtime was over."
          ]
        }
      }
    },
    "totals": {
      "description": "What came of everybody who matched.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "matched",
        "left_out",
        "sent",
        "failed",
        "unknown",
        "released",
        "untried"
      ],
      "properties": {
        "matched": {
          "$ref": "#/definitions/count",
          "description": "People in the segments; (event, user) pairs for `on`."
        },
        "left_out": {
          "$ref": "#/definitions/count",
          "description": "Those left out for a reason."
        },
        "sent": {
          "$ref": "#/definitions/count",
          "description": "Meta took the message."
        },
        "failed": {
          "$ref": "#/definitions/count",
          "description": "Meta refused it."
        },
        "unknown": {
          "$ref": "#/definitions/count",
          "description": "It left and nobody knows its fate; never sent again by itself."
        },
        "released": {
          "$ref": "#/definitions/count",
          "description": "Surely not taken, and due again."
        },
        "untried": {
          "$ref": "#/definitions/count",
          "description": "Due, but not tried before the run ended."
        }
      }
    },
    "leftOut": {
      "description": "People by the one reason each was left out for.",
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
    "campaign": {
      "description": "One campaign: matched is the sum of left_out, sent, failed, unknown, released and untried.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "id",
        "source",
        "matched",
        "left_out",
        "sent",
        "failed",
        "unknown",
        "released",
        "untried",
        "errors",
        "rollout",
        "stopped",
        "seconds"
      ],
      "properties": {
        "id": {
          "description": "The campaign's id.",
          "type": "string",
          "examples": [
            "order/shipped"
          ]
        },
        "source": {
          "$ref": "#/definitions/planSource",
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
          "description": "As in totals."
        },
        "left_out": {
          "$ref": "#/definitions/leftOut"
        },
        "sent": {
          "$ref": "#/definitions/count",
          "description": "As in totals."
        },
        "failed": {
          "$ref": "#/definitions/count",
          "description": "As in totals."
        },
        "unknown": {
          "$ref": "#/definitions/count",
          "description": "As in totals."
        },
        "released": {
          "$ref": "#/definitions/count",
          "description": "As in totals."
        },
        "untried": {
          "$ref": "#/definitions/count",
          "description": "As in totals."
        },
        "errors": {
          "description": "What went wrong, the most frequent first.",
          "examples": [
            [
              {
                "class": "user_unavailable",
                "code": 551,
                "subcode": 1545041,
                "message": "This person isn't available right now.",
                "count": 3
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/error"
          }
        },
        "rollout": {
          "description": "Its waves and where they stand now; null without a rollout.",
          "anyOf": [
            {
              "$ref": "#/definitions/planRollout"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            null
          ]
        },
        "stopped": {
          "description": "Why its sending ended before everybody was tried; null where it did not.",
          "anyOf": [
            {
              "$ref": "#/definitions/stop"
            },
            {
              "type": "null"
            }
          ],
          "examples": [
            null
          ]
        },
        "seconds": {
          "$ref": "#/definitions/count",
          "description": "How long it took."
        }
      }
    },
    "error": {
      "description": "Deliveries that went wrong in one way.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "class",
        "code",
        "subcode",
        "message",
        "count"
      ],
      "properties": {
        "class": {
          "description": "How it is read.",
          "enum": [
            "user_unavailable",
            "outside_window",
            "message_invalid",
            "denied",
            "page_restricted",
            "rejected",
            "unknown",
            "released"
          ],
          "examples": [
            "user_unavailable"
          ]
        },
        "code": {
          "description": "Meta's error code; null where it gave none.",
          "type": [
            "integer",
            "null"
          ],
          "examples": [
            551
          ]
        },
        "subcode": {
          "description": "Meta's error subcode.",
          "type": [
            "integer",
            "null"
          ],
          "examples": [
            1545041
          ]
        },
        "message": {
          "description": "Meta's words without ids, or ours where it said nothing.",
          "type": "string",
          "examples": [
            "This person isn't available right now."
          ]
        },
        "count": {
          "$ref": "#/definitions/count",
          "description": "How many deliveries."
        }
      }
    },
    "stop": {
      "description": "What stopped a campaign.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "scope",
        "because"
      ],
      "properties": {
        "scope": {
          "description": "How far it reaches; wave: until the campaign acknowledges it.",
          "enum": [
            "person",
            "campaign",
            "page",
            "run",
            "wave"
          ],
          "examples": [
            "campaign"
          ]
        },
        "because": {
          "description": "Meta's words, or the figures of the wave.",
          "type": "string",
          "examples": [
            "wave 1 of 3: 5 of 25 cannot be reached (20%), above unavailable: 10%"
          ]
        }
      }
    },
    "pace": {
      "description": "How fast it went.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "requests",
        "mean_per_second",
        "peak_per_second",
        "pauses"
      ],
      "properties": {
        "requests": {
          "$ref": "#/definitions/count",
          "description": "Requests that were written, repeated ones included."
        },
        "mean_per_second": {
          "description": "Requests a second, from the first to the last.",
          "type": "number",
          "examples": [
            19.8
          ]
        },
        "peak_per_second": {
          "$ref": "#/definitions/count",
          "description": "The most that began in any one second."
        },
        "pauses": {
          "description": "What held sending up, by cause.",
          "examples": [
            [
              {
                "cause": "Meta limits the page (code 613)",
                "count": 1,
                "seconds": 60
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/pause"
          }
        }
      }
    },
    "pause": {
      "description": "Pauses with one cause.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "cause",
        "count",
        "seconds"
      ],
      "properties": {
        "cause": {
          "description": "What Meta said or did.",
          "type": "string",
          "examples": [
            "Meta limits the page (code 613)"
          ]
        },
        "count": {
          "$ref": "#/definitions/count",
          "description": "How many of them."
        },
        "seconds": {
          "type": "number",
          "description": "Their time together.",
          "examples": [
            60
          ]
        }
      }
    },
    "step": {
      "description": "Something to do after the run.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "kind",
        "text",
        "command"
      ],
      "properties": {
        "kind": {
          "description": "What it is about.",
          "enum": [
            "access",
            "stop",
            "unknown",
            "apply"
          ],
          "examples": [
            "unknown"
          ]
        },
        "text": {
          "description": "Full sentences.",
          "type": "string",
          "examples": [
            "2 deliveries have an unknown outcome."
          ]
        },
        "command": {
          "description": "What to type or to paste; null where there is nothing.",
          "type": [
            "string",
            "null"
          ],
          "examples": [
            "posthorn ledger resolve --conversations"
          ]
        }
      }
    }
  }
};
