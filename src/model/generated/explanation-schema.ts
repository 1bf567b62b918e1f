// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/explanation.schema.json as a value. */
export const EXPLANATION_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/explanation.schema.json",
  "title": "Explanation",
  "description": "Why one person gets a campaign's message or does not. It is about a person: keep it among those who may see their data.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "format",
    "workspace",
    "now",
    "user",
    "campaign",
    "occurrence",
    "due_at",
    "verdict",
    "where",
    "trigger",
    "rules",
    "message",
    "notes"
  ],
  "properties": {
    "format": {
      "description": "Name and version of this document's form.",
      "const": "posthorn.explanation/1",
      "examples": [
        "posthorn.explanation/1"
      ]
    },
    "workspace": {
      "description": "The workspace's name.",
      "type": "string",
      "examples": [
        "acme"
      ]
    },
    "now": {
      "$ref": "#/definitions/instant",
      "description": "The instant that everything is judged by."
    },
    "user": {
      "description": "The user's id, as it was asked for.",
      "type": "string",
      "examples": [
        "u42"
      ]
    },
    "campaign": {
      "$ref": "#/definitions/campaign",
      "description": "The campaign as its file has it now.",
      "examples": [
        {
          "id": "order/shipped",
          "revision": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "status": "active",
          "action": "send",
          "source": {
            "file": "campaigns/order/shipped.yaml",
            "line": 1
          }
        }
      ]
    },
    "occurrence": {
      "description": "The occurrence that is judged: for `on:` an event's id; null where there is none.",
      "type": [
        "string",
        "null"
      ],
      "examples": [
        "once"
      ]
    },
    "due_at": {
      "description": "When that is due for the person, by the schedule alone; null where it never is.",
      "type": [
        "string",
        "null"
      ],
      "examples": [
        "2026-12-01T09:30:00Z"
      ]
    },
    "verdict": {
      "description": "send, or why not: not_in_segment, a reason of the rules, not_active (the campaign's status), no_occurrence (its schedule is over), no_event (`on:`, and the person has none).",
      "enum": [
        "send",
        "not_in_segment",
        "not_active",
        "no_occurrence",
        "no_event",
        "no_psid",
        "no_consent",
        "not_tester",
        "holdout",
        "already_sent",
        "already_failed",
        "unresolved",
        "unreachable",
        "late",
        "not_due",
        "quiet_hours",
        "outside_window",
        "frequency_cap",
        "missing_value",
        "invalid_message"
      ],
      "examples": [
        "send"
      ]
    },
    "where": {
      "$ref": "#/definitions/condition",
      "description": "The campaign's segment, or its own where.",
      "examples": [
        {
          "condition": "country: { in: [DE, AT, CH] }",
          "holds": true,
          "value": "DE",
          "words": "DE",
          "source": {
            "file": "segments/recent-buyers.yaml",
            "line": 5
          },
          "of": []
        }
      ]
    },
    "trigger": {
      "description": "For `on:` with a where: what it asks of the event; else null.",
      "anyOf": [
        {
          "$ref": "#/definitions/condition"
        },
        {
          "type": "null"
        }
      ],
      "examples": [
        null
      ]
    },
    "rules": {
      "description": "The rules in the order of judgement, whether or not the person is in the segment.",
      "type": "array",
      "items": {
        "$ref": "#/definitions/rule"
      },
      "examples": [
        [
          {
            "rule": "no_psid",
            "outcome": "passes",
            "words": "has a PSID",
            "looked_at": {
              "psid": true
            }
          }
        ]
      ]
    },
    "message": {
      "description": "The message as the person would get it; null where no event could be judged.",
      "anyOf": [
        {
          "$ref": "#/definitions/message"
        },
        {
          "type": "null"
        }
      ],
      "examples": [
        {
          "variant": "a",
          "locale": "de",
          "message": {
            "text": "Hallo Ana"
          },
          "missing": [],
          "faults": []
        }
      ]
    },
    "notes": {
      "description": "What else stands in the way or is worth knowing, in sentences.",
      "type": "array",
      "items": {
        "type": "string"
      },
      "examples": [
        [
          "Applies are halted: wrong price."
        ]
      ]
    }
  },
  "definitions": {
    "instant": {
      "description": "ISO 8601 in UTC.",
      "type": "string",
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
            "segments/recent-buyers.yaml"
          ]
        },
        "line": {
          "description": "Counted from 1.",
          "type": "integer",
          "minimum": 1,
          "examples": [
            5
          ]
        }
      }
    },
    "condition": {
      "description": "A condition with all that is in it.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "condition",
        "holds",
        "value",
        "words",
        "source",
        "of"
      ],
      "properties": {
        "condition": {
          "description": "The condition on one line; for a group the word all, any or not.",
          "type": "string",
          "examples": [
            "country: { in: [DE, AT, CH] }"
          ]
        },
        "holds": {
          "description": "Whether it holds for the person; null for what is asked of single events.",
          "type": [
            "boolean",
            "null"
          ],
          "examples": [
            true
          ]
        },
        "value": {
          "description": "The person's value: of an attribute, the chance of a sample, a number of events. Null where it is missing and for groups; a PSID is masked.",
          "type": [
            "string",
            "number",
            "boolean",
            "array",
            "null"
          ],
          "items": {
            "type": [
              "string",
              "null"
            ]
          },
          "examples": [
            "DE"
          ]
        },
        "words": {
          "description": "The value in words; null where there is nothing to say.",
          "type": [
            "string",
            "null"
          ],
          "examples": [
            "DE"
          ]
        },
        "source": {
          "$ref": "#/definitions/source",
          "description": "The place of the condition.",
          "examples": [
            {
              "file": "segments/recent-buyers.yaml",
              "line": 5
            }
          ]
        },
        "of": {
          "description": "The conditions in it: a group's members, what a segment asks, what is asked of an event.",
          "type": "array",
          "items": {
            "$ref": "#/definitions/condition"
          },
          "examples": [
            []
          ]
        }
      }
    },
    "rule": {
      "description": "A rule of eligibility.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "rule",
        "outcome",
        "words",
        "looked_at"
      ],
      "properties": {
        "rule": {
          "description": "The reason that the rule gives when it holds.",
          "enum": [
            "no_psid",
            "no_consent",
            "not_tester",
            "holdout",
            "already_sent",
            "already_failed",
            "unresolved",
            "unreachable",
            "late",
            "not_due",
            "quiet_hours",
            "outside_window",
            "frequency_cap",
            "missing_value",
            "invalid_message"
          ],
          "examples": [
            "outside_window"
          ]
        },
        "outcome": {
          "description": "Whether it leaves the person out. The first that does is the verdict.",
          "enum": [
            "passes",
            "leaves_out",
            "does_not_apply"
          ],
          "examples": [
            "leaves_out"
          ]
        },
        "words": {
          "description": "What it looked at, in words.",
          "type": "string",
          "examples": [
            "last wrote 2026-11-29T10:00:00Z; the window closed 2026-11-30T09:00:00Z"
          ]
        },
        "looked_at": {
          "description": "The values that it looked at.",
          "type": "object",
          "additionalProperties": {
            "$ref": "#/definitions/looked"
          },
          "examples": [
            {
              "last_inbound_at": "2026-11-29T10:00:00Z",
              "open_until": "2026-11-30T09:00:00Z"
            }
          ]
        }
      }
    },
    "looked": {
      "description": "A value: one, or a list of texts.",
      "type": [
        "string",
        "number",
        "boolean",
        "array",
        "null"
      ],
      "items": {
        "type": "string"
      }
    },
    "campaign": {
      "description": "A campaign.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "id",
        "revision",
        "status",
        "action",
        "source"
      ],
      "properties": {
        "id": {
          "description": "Its id.",
          "type": "string",
          "examples": [
            "order/shipped"
          ]
        },
        "revision": {
          "description": "Digest of what decides who gets which message.",
          "type": "string",
          "pattern": "^sha256:[0-9a-f]{64}$",
          "examples": [
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
          ]
        },
        "status": {
          "description": "As its file says.",
          "enum": [
            "draft",
            "active",
            "paused",
            "ended"
          ],
          "examples": [
            "active"
          ]
        },
        "action": {
          "description": "What its schedule has: send (something is due now), upcoming (judged as if the next occurrence were due), none (over, or a rollout is stopped).",
          "enum": [
            "send",
            "upcoming",
            "none"
          ],
          "examples": [
            "send"
          ]
        },
        "source": {
          "$ref": "#/definitions/source",
          "description": "The campaign's file.",
          "examples": [
            {
              "file": "campaigns/order/shipped.yaml",
              "line": 1
            }
          ]
        }
      }
    },
    "message": {
      "description": "A rendered message, or why there is none.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "variant",
        "locale",
        "message",
        "missing",
        "faults"
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
        "message": {
          "description": "The Send API's message object, a PSID in it masked; null where there is none.",
          "type": [
            "object",
            "null"
          ],
          "examples": [
            {
              "text": "Hallo Ana"
            }
          ]
        },
        "missing": {
          "description": "The variables without a value.",
          "type": "array",
          "items": {
            "type": "string"
          },
          "examples": [
            [
              "first_name"
            ]
          ]
        },
        "faults": {
          "description": "What Meta would refuse, in sentences.",
          "type": "array",
          "items": {
            "type": "string"
          },
          "examples": [
            []
          ]
        }
      }
    }
  }
};
