// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/campaign.schema.json as a value. */
export const CAMPAIGN_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/campaign.schema.json",
  "title": "Posthorn campaign",
  "description": "campaigns/**/*.yaml: one message for one segment, with a rule of when. Its id is the path without campaigns/ and .yaml.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "status",
    "send",
    "purpose",
    "message"
  ],
  "properties": {
    "description": {
      "description": "What it is for, in a sentence: reviewers and plans show it.",
      "examples": [
        "Tells the buyer that the parcel has left"
      ],
      "type": "string"
    },
    "status": {
      "description": "Only active campaigns are sent.",
      "examples": [
        "active"
      ],
      "enum": [
        "draft",
        "active",
        "paused",
        "ended"
      ]
    },
    "was": {
      "description": "Former id of a renamed campaign, which so keeps its history; or a list of them, the oldest first.",
      "examples": [
        "order/dispatched",
        [
          "order/old",
          "order/older"
        ]
      ],
      "anyOf": [
        {
          "description": "A former id.",
          "type": "string",
          "minLength": 1
        },
        {
          "description": "Former ids, the oldest first.",
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {
            "type": "string",
            "minLength": 1
          }
        }
      ]
    },
    "segment": {
      "description": "Who gets it: the path of a file in segments/ without .yaml, or everyone. Instead of where.",
      "examples": [
        "recent-buyers",
        "everyone"
      ],
      "type": "string",
      "minLength": 1
    },
    "where": {
      "description": "Who gets it, as a condition of its own. Instead of segment.",
      "examples": [
        {
          "country": "DE"
        }
      ],
      "$ref": "#/definitions/condition"
    },
    "send": {
      "description": "When it is sent: at one moment, every so often, or on an event.",
      "examples": [
        {
          "at": "2026-12-01T10:00",
          "timezone": "user",
          "late_by": "6h"
        },
        {
          "every": "0 10 * * MON"
        },
        {
          "on": "order_shipped",
          "delay": "10m"
        }
      ],
      "anyOf": [
        {
          "description": "Once, at a moment.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "at"
          ],
          "properties": {
            "at": {
              "description": "Local time YYYY-MM-DDTHH:MM in the time zone beside it, an instant with Z or an offset, or now: the first apply that sees it.",
              "examples": [
                "2026-12-01T10:00",
                "now"
              ],
              "type": "string",
              "pattern": "^(now|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)$"
            },
            "timezone": {
              "description": "IANA time zone of the written time, or user for each person's own. Without it: the workspace's.",
              "examples": [
                "user",
                "Europe/Berlin"
              ],
              "type": "string",
              "minLength": 1
            },
            "late_by": {
              "$ref": "#/definitions/duration",
              "description": "How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.",
              "examples": [
                "6h"
              ]
            }
          }
        },
        {
          "description": "Every so often.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "every"
          ],
          "properties": {
            "every": {
              "description": "Five cron fields: minute, hour, day of month, month, day of week.",
              "examples": [
                "0 10 * * MON"
              ],
              "type": "string",
              "minLength": 1
            },
            "timezone": {
              "description": "IANA time zone of the written time, or user for each person's own. Without it: the workspace's.",
              "examples": [
                "user",
                "Europe/Berlin"
              ],
              "type": "string",
              "minLength": 1
            },
            "from": {
              "$ref": "#/definitions/date",
              "description": "First local day, included.",
              "examples": [
                "2026-12-01"
              ]
            },
            "until": {
              "$ref": "#/definitions/date",
              "description": "Last local day, included.",
              "examples": [
                "2027-02-01"
              ]
            },
            "late_by": {
              "$ref": "#/definitions/duration",
              "description": "How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.",
              "examples": [
                "6h"
              ]
            }
          }
        },
        {
          "description": "When an event happens.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "on"
          ],
          "properties": {
            "on": {
              "description": "Name of the event that sets it off.",
              "examples": [
                "order_shipped"
              ],
              "type": "string",
              "minLength": 1
            },
            "where": {
              "description": "Conditions on the properties of that event.",
              "examples": [
                {
                  "amount": {
                    "gt": 0
                  }
                }
              ],
              "$ref": "#/definitions/condition"
            },
            "delay": {
              "$ref": "#/definitions/delay",
              "description": "How long after the event it is due. Without it: at once.",
              "examples": [
                "10m"
              ]
            },
            "late_by": {
              "$ref": "#/definitions/duration",
              "description": "How long after the due instant it may still be sent. Without it 24h; for every the shorter of the period and 24h.",
              "examples": [
                "6h"
              ]
            }
          }
        }
      ]
    },
    "repeat": {
      "description": "How often one person gets it: once (default for at), every_occurrence (default for every and on), or again after a while.",
      "examples": [
        "once",
        "every_occurrence",
        {
          "after": "7d"
        }
      ],
      "anyOf": [
        {
          "description": "Once, or for every occurrence.",
          "enum": [
            "once",
            "every_occurrence"
          ]
        },
        {
          "description": "Again after a while.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "after"
          ],
          "properties": {
            "after": {
              "$ref": "#/definitions/duration",
              "description": "At the earliest this long after the last send to that person.",
              "examples": [
                "7d"
              ]
            }
          }
        }
      ]
    },
    "priority": {
      "description": "Higher goes first when caps bite.",
      "examples": [
        0,
        10
      ],
      "type": "integer",
      "minimum": -1000000,
      "maximum": 1000000,
      "default": 0
    },
    "purpose": {
      "description": "Why it is sent. Meta forbids promotion outside the 24 hour window.",
      "examples": [
        "transaction"
      ],
      "enum": [
        "transaction",
        "support",
        "requested_content",
        "promotion"
      ]
    },
    "messaging": {
      "description": "Messaging type. UPDATE and RESPONSE need an open 24 hour window, RESPONSE only with on; UTILITY needs message.template and ignores the window.",
      "examples": [
        "UPDATE"
      ],
      "enum": [
        "RESPONSE",
        "UPDATE",
        "UTILITY"
      ],
      "default": "UPDATE"
    },
    "message": {
      "$ref": "#/definitions/message",
      "description": "The Send API's message object, with mustache in its strings. metadata is reserved.",
      "examples": [
        {
          "text": "Hi {{first_name}}!"
        }
      ]
    },
    "locales": {
      "$ref": "#/definitions/locales",
      "description": "What is different by locale: merge patches (RFC 7396) over message. de_DE falls back to de, then to message.",
      "examples": [
        {
          "de": {
            "text": "Hallo {{first_name}}!"
          }
        }
      ]
    },
    "variants": {
      "description": "Shares of the people who get different messages, by name.",
      "type": "object",
      "minProperties": 1,
      "propertyNames": {
        "$ref": "#/definitions/variantName"
      },
      "additionalProperties": {
        "$ref": "#/definitions/variant"
      },
      "examples": [
        {
          "a": {
            "weight": 50
          },
          "b": {
            "weight": 50,
            "message": {
              "text": "Hello!"
            }
          }
        }
      ]
    },
    "notification": {
      "description": "Push notification: sound and screen, screen only, or none.",
      "examples": [
        "SILENT_PUSH"
      ],
      "enum": [
        "REGULAR",
        "SILENT_PUSH",
        "NO_PUSH"
      ],
      "default": "REGULAR"
    },
    "persona": {
      "description": "Id of a persona, in quotes: digits.",
      "examples": [
        "10900000000001"
      ],
      "type": "string",
      "pattern": "^[0-9]{5,20}$"
    },
    "holdout": {
      "$ref": "#/definitions/percent",
      "description": "Share of the people, by chance, who get nothing, for comparison.",
      "examples": [
        "5%"
      ]
    },
    "fallbacks": {
      "description": "Values for missing attributes, by name; event.x for a property of the event.",
      "type": "object",
      "additionalProperties": {
        "description": "The value that stands in.",
        "type": [
          "string",
          "number",
          "boolean"
        ],
        "examples": [
          "there"
        ]
      },
      "examples": [
        {
          "first_name": "there"
        }
      ]
    },
    "on_missing": {
      "description": "What a missing value without fallback does: skip leaves the person out, blank prints nothing.",
      "examples": [
        "skip"
      ],
      "enum": [
        "skip",
        "blank"
      ],
      "default": "skip"
    },
    "max_recipients": {
      "description": "Written ceiling of this campaign. Without it: the guard's.",
      "examples": [
        2000
      ],
      "type": "integer",
      "minimum": 1
    },
    "frequency_cap": {
      "description": "How it stands to the workspace's frequency cap.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "obey": true,
          "counts": true
        }
      ],
      "properties": {
        "obey": {
          "description": "Whether the cap holds it back.",
          "examples": [
            true
          ],
          "type": "boolean",
          "default": true
        },
        "counts": {
          "description": "Whether its sends count for the cap of other campaigns.",
          "examples": [
            true
          ],
          "type": "boolean",
          "default": true
        }
      }
    },
    "quiet_hours": {
      "description": "Whether the workspace's quiet hours hold it back.",
      "examples": [
        "obey"
      ],
      "enum": [
        "obey",
        "ignore"
      ],
      "default": "obey"
    },
    "rollout": {
      "description": "Sends in waves, and stops when too much goes wrong.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "waves"
      ],
      "examples": [
        {
          "waves": [
            25,
            500,
            "rest"
          ],
          "stop_if": {
            "failed": "2%",
            "unavailable": "20%"
          }
        }
      ],
      "properties": {
        "waves": {
          "description": "Sizes of the waves; the last one is rest.",
          "type": "array",
          "minItems": 1,
          "examples": [
            [
              25,
              500,
              "rest"
            ]
          ],
          "items": {
            "description": "Number of people, or rest.",
            "examples": [
              25,
              "rest"
            ],
            "anyOf": [
              {
                "type": "integer",
                "minimum": 1
              },
              {
                "enum": [
                  "rest"
                ]
              }
            ]
          }
        },
        "stop_if": {
          "description": "Stops after a wave in which a share is above its limit.",
          "type": "object",
          "additionalProperties": false,
          "examples": [
            {
              "failed": "2%"
            }
          ],
          "properties": {
            "failed": {
              "$ref": "#/definitions/percent",
              "description": "Share of failed sends of a wave, unavailable people not counted.",
              "examples": [
                "2%"
              ]
            },
            "unavailable": {
              "$ref": "#/definitions/percent",
              "description": "Share of people whom Meta calls unavailable.",
              "examples": [
                "20%"
              ]
            }
          }
        }
      }
    },
    "acknowledge": {
      "description": "Limits that are knowingly passed, with a reason.",
      "examples": [
        [
          {
            "rule": "max_growth",
            "limit": "120%",
            "until": "2026-12-01",
            "because": "first week of the new shop"
          }
        ]
      ],
      "type": "array",
      "items": {
        "$ref": "#/definitions/acknowledgement"
      }
    },
    "tests": {
      "description": "Examples that validate judges: who gets which message, and who none.",
      "examples": [
        [
          {
            "name": "greets by name",
            "user": {
              "first_name": "Ana"
            },
            "expect": {
              "outcome": "send"
            }
          }
        ]
      ],
      "type": "array",
      "items": {
        "$ref": "#/definitions/test"
      }
    }
  },
  "definitions": {
    "condition": {
      "$ref": "segment.schema.json#/definitions/condition"
    },
    "message": {
      "description": "The Send API's message object, with mustache in its strings.",
      "anyOf": [
        {
          "$ref": "send-api-message.schema.json"
        },
        {
          "description": "The same, where a template is longer than the text it gives.",
          "type": "object"
        }
      ]
    },
    "patch": {
      "description": "A merge patch (RFC 7396) over a message: null takes a key away.",
      "type": "object",
      "examples": [
        {
          "text": "Hallo {{first_name}}!"
        }
      ]
    },
    "locales": {
      "description": "Merge patches by locale.",
      "type": "object",
      "minProperties": 1,
      "propertyNames": {
        "$ref": "#/definitions/localeName"
      },
      "additionalProperties": {
        "$ref": "#/definitions/patch"
      },
      "examples": [
        {
          "de": {
            "text": "Hallo!"
          }
        }
      ]
    },
    "localeName": {
      "description": "A locale such as de or de_DE.",
      "pattern": "^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*$",
      "examples": [
        "de",
        "de_DE"
      ]
    },
    "variantName": {
      "description": "A letter, then letters, digits, \"_\" or \"-\".",
      "pattern": "^[A-Za-z][A-Za-z0-9_-]{0,63}$",
      "examples": [
        "a"
      ]
    },
    "variant": {
      "description": "A share of the people, and what is different for them.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "weight"
      ],
      "examples": [
        {
          "weight": 50,
          "message": {
            "text": "Hello!"
          }
        }
      ],
      "properties": {
        "weight": {
          "description": "Its share, in proportion to the weights of all variants.",
          "examples": [
            50
          ],
          "type": "number",
          "minimum": 0,
          "maximum": 1000000
        },
        "message": {
          "$ref": "#/definitions/patch",
          "description": "What is different: a merge patch (RFC 7396) over the campaign's message. Without it: that message as it is.",
          "examples": [
            {
              "text": "Hello!"
            }
          ]
        },
        "locales": {
          "$ref": "#/definitions/locales",
          "description": "What is different by locale, over this variant's message.",
          "examples": [
            {
              "de": {
                "text": "Hallo!"
              }
            }
          ]
        }
      }
    },
    "percent": {
      "description": "A percentage from 0% to 100%.",
      "type": "string",
      "pattern": "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]{1,6})?)%$",
      "examples": [
        "5%",
        "0.5%"
      ]
    },
    "date": {
      "description": "A date, YYYY-MM-DD.",
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
      "examples": [
        "2026-12-01"
      ]
    },
    "duration": {
      "description": "A whole number and a unit, s, m, h, d or w. Exact: a day is 24 hours.",
      "type": "string",
      "pattern": "^0*[1-9][0-9]{0,5}[smhdw]$",
      "examples": [
        "30d",
        "12h",
        "15m"
      ]
    },
    "delay": {
      "description": "A whole number and a unit, s, m, h, d or w; 0s for at once.",
      "type": "string",
      "pattern": "^[0-9]{1,6}[smhdw]$",
      "examples": [
        "10m"
      ]
    },
    "value": {
      "description": "A value as the user data has it: timestamps in ISO 8601, missing as null.",
      "examples": [
        "DE",
        150,
        true,
        [
          "vip"
        ],
        null
      ],
      "anyOf": [
        {
          "type": [
            "string",
            "number",
            "boolean",
            "null"
          ]
        },
        {
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      ]
    },
    "instant": {
      "description": "An instant in ISO 8601; without a zone it means UTC.",
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$",
      "examples": [
        "2026-11-27T09:00:00Z"
      ]
    },
    "testEvent": {
      "description": "An event: its name, when it was, and its properties.",
      "type": "object",
      "required": [
        "event"
      ],
      "examples": [
        {
          "event": "order_placed",
          "at": "2026-11-20T10:00:00Z",
          "amount": 30
        }
      ],
      "properties": {
        "event": {
          "description": "Name of the event.",
          "examples": [
            "order_placed"
          ],
          "type": "string",
          "minLength": 1
        },
        "at": {
          "$ref": "#/definitions/instant",
          "description": "When it happened. Without it: the test's own at.",
          "examples": [
            "2026-11-20T10:00:00Z"
          ]
        }
      },
      "additionalProperties": {
        "$ref": "#/definitions/value"
      }
    },
    "acknowledgement": {
      "description": "One limit that is knowingly passed.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "rule",
        "because"
      ],
      "examples": [
        {
          "rule": "max_growth",
          "limit": "120%",
          "until": "2026-12-01",
          "because": "first week of the new shop"
        }
      ],
      "properties": {
        "rule": {
          "description": "The guard: max_recipients raises the limit of applies that send this campaign; rollout carries occurrence instead of limit.",
          "examples": [
            "max_growth"
          ],
          "enum": [
            "max_recipients",
            "max_growth",
            "empty_audience",
            "rollout"
          ]
        },
        "limit": {
          "description": "The new limit: a count for max_recipients, a percentage for max_growth.",
          "examples": [
            50000,
            "120%"
          ],
          "anyOf": [
            {
              "description": "A count.",
              "type": "integer",
              "minimum": 1
            },
            {
              "description": "A percentage.",
              "type": "string",
              "pattern": "^[0-9]{1,5}(\\.[0-9]{1,6})?%$"
            }
          ]
        },
        "occurrence": {
          "description": "For rollout: id of the occurrence whose stop is lifted.",
          "examples": [
            "2026-12-07T10:00"
          ],
          "type": "string",
          "minLength": 1
        },
        "until": {
          "$ref": "#/definitions/date",
          "description": "Last local day on which it holds, included.",
          "examples": [
            "2026-12-01"
          ]
        },
        "because": {
          "description": "The reason, for reviewers and plans.",
          "examples": [
            "first week of the new shop"
          ],
          "type": "string",
          "minLength": 1
        }
      }
    },
    "test": {
      "description": "A person, and what the campaign does for them.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "expect"
      ],
      "examples": [
        {
          "name": "greets by name",
          "user": {
            "first_name": "Ana"
          },
          "expect": {
            "outcome": "send"
          }
        }
      ],
      "properties": {
        "name": {
          "description": "What the test shows, as a sentence. Unique in the file.",
          "examples": [
            "a DACH buyer of last week is in"
          ],
          "type": "string",
          "minLength": 1
        },
        "user": {
          "description": "Attributes of the person, by name. PSID, consent and an open window are given unless named here.",
          "type": "object",
          "examples": [
            {
              "country": "DE",
              "ltv": 150
            }
          ],
          "additionalProperties": {
            "$ref": "#/definitions/value"
          }
        },
        "events": {
          "description": "Events of that person.",
          "examples": [
            [
              {
                "event": "order_placed",
                "at": "2026-11-20T10:00:00Z",
                "amount": 30
              }
            ]
          ],
          "type": "array",
          "items": {
            "$ref": "#/definitions/testEvent"
          }
        },
        "event": {
          "$ref": "#/definitions/testEvent",
          "description": "The event that sets off a campaign with send.on.",
          "examples": [
            {
              "event": "order_shipped",
              "at": "2026-11-27T08:00:00Z",
              "order_id": "A17"
            }
          ]
        },
        "sent": {
          "description": "Earlier sends to this person.",
          "type": "array",
          "examples": [
            [
              {
                "campaign": "welcome",
                "at": "2026-11-26T09:00:00Z"
              }
            ]
          ],
          "items": {
            "description": "An earlier send.",
            "type": "object",
            "additionalProperties": false,
            "required": [
              "at"
            ],
            "examples": [
              {
                "campaign": "welcome",
                "at": "2026-11-26T09:00:00Z"
              }
            ],
            "properties": {
              "campaign": {
                "description": "Id of the campaign. Without it: this one.",
                "examples": [
                  "welcome"
                ],
                "type": "string",
                "minLength": 1
              },
              "at": {
                "$ref": "#/definitions/instant",
                "description": "When it was sent.",
                "examples": [
                  "2026-11-26T09:00:00Z"
                ]
              }
            }
          }
        },
        "at": {
          "$ref": "#/definitions/instant",
          "description": "The moment at which the test looks. Without it: 2026-01-01T12:00:00Z.",
          "examples": [
            "2026-11-27T09:00:00Z"
          ]
        },
        "expect": {
          "description": "What must come out.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "outcome"
          ],
          "examples": [
            {
              "outcome": "send",
              "message": {
                "text": "Hi Ana!"
              }
            }
          ],
          "properties": {
            "outcome": {
              "description": "send, not_in_segment, or the reason for which the person is left out.",
              "examples": [
                "send",
                "no_consent"
              ],
              "enum": [
                "send",
                "not_in_segment",
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
              ]
            },
            "message": {
              "description": "The whole message as rendered, without metadata.",
              "examples": [
                {
                  "text": "Hi Ana!"
                }
              ],
              "type": "object"
            }
          }
        }
      }
    }
  }
};
