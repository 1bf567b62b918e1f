// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/workspace.schema.json as a value. */
export const WORKSPACE_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/workspace.schema.json",
  "title": "Posthorn workspace",
  "description": "posthorn.yaml: one Facebook Page with its user data, state and guards.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "workspace",
    "timezone",
    "page",
    "users"
  ],
  "properties": {
    "workspace": {
      "description": "Name of the workspace: letters, digits, \".\", \"_\" and \"-\". It is part of every delivery's id: renaming it makes everyone due again.",
      "type": "string",
      "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
      "examples": [
        "acme"
      ]
    },
    "timezone": {
      "$ref": "#/definitions/zone",
      "description": "IANA time zone of the workspace: for dates in segments, and for people whose own zone is not known.",
      "examples": [
        "Europe/Berlin",
        "UTC"
      ]
    },
    "page": {
      "description": "The Facebook Page that sends, and how fast it may.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "id",
        "access_token"
      ],
      "examples": [
        {
          "id": "422500000000001",
          "access_token": "${MESSENGER_PAGE_TOKEN}"
        }
      ],
      "properties": {
        "id": {
          "$ref": "#/definitions/digits",
          "description": "Id of the Facebook Page, in quotes: 5 to 20 digits.",
          "examples": [
            "422500000000001"
          ]
        },
        "access_token": {
          "$ref": "#/definitions/secret",
          "description": "Name of the environment variable that holds the page access token. The token itself never stands here.",
          "examples": [
            "${MESSENGER_PAGE_TOKEN}"
          ]
        },
        "app_secret": {
          "$ref": "#/definitions/secret",
          "description": "Name of the environment variable that holds the app secret. With it every call carries appsecret_proof.",
          "examples": [
            "${MESSENGER_APP_SECRET}"
          ]
        },
        "verify_token": {
          "$ref": "#/definitions/secret",
          "description": "Name of the environment variable that holds the word by which Meta proves itself when it subscribes to `posthorn webhook`. You make it up, and type it into the app's dashboard too.",
          "examples": [
            "${MESSENGER_VERIFY_TOKEN}"
          ]
        },
        "mode": {
          "description": "Mode of the Meta app. In development only the declared testers can be reached.",
          "enum": [
            "live",
            "development"
          ],
          "default": "live",
          "examples": [
            "live",
            "development"
          ]
        },
        "testers": {
          "description": "PSIDs, in quotes, by the testers' names: who test-send may write to, and who is reached in development mode.",
          "type": "object",
          "propertyNames": {
            "$ref": "#/definitions/plainName"
          },
          "additionalProperties": {
            "$ref": "#/definitions/digits",
            "description": "PSID of the tester, in quotes: 5 to 20 digits.",
            "examples": [
              "7100000000000001"
            ]
          },
          "examples": [
            {
              "ana": "7100000000000001"
            }
          ]
        },
        "rate": {
          "description": "Messages per second, 1/s to 300/s (Meta's ceiling; audio and video 10/s). \"unlimited\" only where graph.url is a loopback address.",
          "type": "string",
          "pattern": "^([0-9]{1,6}/s|unlimited)$",
          "default": "20/s",
          "examples": [
            "20/s",
            "unlimited"
          ]
        },
        "window_margin": {
          "$ref": "#/definitions/duration",
          "description": "Safety margin of the 24 hour window: it counts as open while now is at most last_inbound + 24h less this. Below 24h.",
          "default": "1h",
          "examples": [
            "1h",
            "30m"
          ]
        }
      }
    },
    "graph": {
      "description": "The Graph API to call.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "version": "v25.0",
          "timeout": "30s"
        }
      ],
      "properties": {
        "version": {
          "description": "Graph API version, pinned.",
          "type": "string",
          "pattern": "^v[0-9]{1,3}\\.[0-9]$",
          "default": "v25.0",
          "examples": [
            "v25.0"
          ]
        },
        "timeout": {
          "$ref": "#/definitions/duration",
          "description": "How long to wait for an answer before the fate of a request counts as unknown.",
          "default": "30s",
          "examples": [
            "30s"
          ]
        },
        "url": {
          "description": "https://graph.facebook.com or a loopback address. Any other host only through the environment variable POSTHORN_GRAPH_URL.",
          "type": "string",
          "default": "https://graph.facebook.com",
          "examples": [
            "https://graph.facebook.com",
            "http://127.0.0.1:8080"
          ]
        }
      }
    },
    "users": {
      "description": "The user data: where it lies and what its columns mean.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "source",
        "id",
        "psid",
        "consent"
      ],
      "examples": [
        {
          "source": "data/users.json",
          "id": "user_id",
          "psid": "ps_id",
          "consent": "opt_in"
        }
      ],
      "properties": {
        "source": {
          "$ref": "#/definitions/source",
          "description": "File or glob inside the workspace (.json array, .ndjson, .csv or .parquet), or ${NAME} of an environment variable that holds one.",
          "examples": [
            "data/users.json",
            "data/users-*.parquet",
            "${USERS_FILE}"
          ]
        },
        "id": {
          "$ref": "#/definitions/column",
          "description": "Column with the id of a user, unique in the data.",
          "examples": [
            "user_id"
          ]
        },
        "psid": {
          "$ref": "#/definitions/column",
          "description": "Column with the page-scoped id: text of 5 to 20 digits.",
          "examples": [
            "ps_id"
          ]
        },
        "last_inbound": {
          "$ref": "#/definitions/column",
          "description": "Column with the timestamp at which the person last wrote to the page: opens the 24 hour window.",
          "examples": [
            "last_inbound_at"
          ]
        },
        "consent": {
          "$ref": "#/definitions/column",
          "description": "Boolean column with the person's explicit permission, which Meta wants; or \"assumed\": everyone agreed, and every plan says so.",
          "examples": [
            "messenger_opt_in",
            "assumed"
          ]
        },
        "consent_at": {
          "$ref": "#/definitions/column",
          "description": "Column with the timestamp at which the person gave or took back that permission. With it the newer of what the data says and what the person told the page holds; without it every opt-out holds.",
          "examples": [
            "messenger_opt_in_at"
          ]
        },
        "inbound": {
          "$ref": "#/definitions/folder",
          "description": "Folder inside the workspace in which Posthorn keeps what people told the page, or ${NAME} of an environment variable that holds one. Plans join it to the user data. Without it what is learnt is written into source, which then is one .json file.",
          "examples": [
            "data/inbound",
            "${INBOUND_FOLDER}"
          ]
        },
        "timezone": {
          "$ref": "#/definitions/column",
          "description": "Column with the person's IANA time zone.",
          "examples": [
            "timezone"
          ]
        },
        "locale": {
          "$ref": "#/definitions/column",
          "description": "Column with the person's locale, which chooses among a campaign's locales.",
          "examples": [
            "locale"
          ]
        },
        "max_age": {
          "$ref": "#/definitions/duration",
          "description": "Older user data is a warning in every plan.",
          "examples": [
            "24h"
          ]
        },
        "attributes": {
          "description": "Every other column that a segment or a message may name, with its type.",
          "type": "object",
          "propertyNames": {
            "$ref": "#/definitions/name"
          },
          "additionalProperties": {
            "$ref": "#/definitions/attribute"
          },
          "examples": [
            {
              "first_name": "string",
              "ltv": "number",
              "tags": "string[]"
            }
          ]
        }
      }
    },
    "people": {
      "description": "What the page makes of what people write to it: who agrees, who takes that back, and which user a person is.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "opt_out": {
            "words": [
              "stop",
              "abmelden"
            ]
          },
          "join": {
            "ref": "signup_code"
          }
        }
      ],
      "properties": {
        "opt_in": {
          "$ref": "#/definitions/signs",
          "description": "By what a person agrees to messages. Nothing counts by itself.",
          "examples": [
            {
              "words": [
                "start",
                "anmelden"
              ],
              "payloads": [
                "OPT_IN"
              ]
            }
          ]
        },
        "opt_out": {
          "$ref": "#/definitions/signs",
          "description": "By what a person takes that back. Without words: stop, unsubscribe and their like in the most common languages.",
          "examples": [
            {
              "words": [
                "stop",
                "abmelden"
              ],
              "payloads": [
                "OPT_OUT"
              ]
            }
          ]
        },
        "join": {
          "description": "Which attribute of the user data, or its id column, tells whose PSID a new one is.",
          "type": "object",
          "additionalProperties": false,
          "examples": [
            {
              "ref": {
                "attribute": "signup_code",
                "prefix": "u-"
              },
              "email": "email"
            }
          ],
          "properties": {
            "ref": {
              "$ref": "#/definitions/joinBy",
              "description": "The ref of an m.me link, an ad or a plugin equals this attribute. Anybody can write a link: use a value that nobody can guess.",
              "examples": [
                "signup_code",
                {
                  "attribute": "signup_code",
                  "prefix": "u-"
                }
              ]
            },
            "payload": {
              "$ref": "#/definitions/joinBy",
              "description": "The payload of an opt-in equals this attribute.",
              "examples": [
                "signup_code"
              ]
            },
            "email": {
              "$ref": "#/definitions/joinBy",
              "description": "The e-mail address that the person shared by a quick reply equals this attribute, upper and lower case alike.",
              "examples": [
                "email"
              ]
            },
            "phone": {
              "$ref": "#/definitions/joinBy",
              "description": "The phone number that the person shared by a quick reply has the digits of this attribute, country code included.",
              "examples": [
                "phone"
              ]
            }
          }
        }
      }
    },
    "events": {
      "description": "What people did: for event conditions and for campaigns that are sent on an event.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "source",
        "id",
        "user",
        "name",
        "at"
      ],
      "examples": [
        {
          "source": "data/events.ndjson",
          "id": "event_id",
          "user": "user_id",
          "name": "event",
          "at": "at"
        }
      ],
      "properties": {
        "source": {
          "$ref": "#/definitions/source",
          "description": "File or glob inside the workspace (.json array, .ndjson, .csv or .parquet), or ${NAME} of an environment variable that holds one.",
          "examples": [
            "data/events.ndjson"
          ]
        },
        "id": {
          "$ref": "#/definitions/column",
          "description": "Column with the id of an event, unique in the data.",
          "examples": [
            "event_id"
          ]
        },
        "user": {
          "$ref": "#/definitions/column",
          "description": "Column with the id of the user it belongs to.",
          "examples": [
            "user_id"
          ]
        },
        "name": {
          "$ref": "#/definitions/column",
          "description": "Column with the event's name, such as order_placed.",
          "examples": [
            "event"
          ]
        },
        "at": {
          "$ref": "#/definitions/column",
          "description": "Column with the timestamp of the event.",
          "examples": [
            "at"
          ]
        },
        "properties": {
          "description": "Every other column that a condition or {{event.…}} in a message may name, with its type.",
          "type": "object",
          "propertyNames": {
            "$ref": "#/definitions/name"
          },
          "additionalProperties": {
            "$ref": "#/definitions/attribute"
          },
          "examples": [
            {
              "amount": "number",
              "order_id": "string"
            }
          ]
        }
      }
    },
    "vars": {
      "description": "Constants for messages. A name that an attribute has already is an error.",
      "type": "object",
      "propertyNames": {
        "$ref": "#/definitions/name"
      },
      "additionalProperties": {
        "description": "A text, a number, or true or false.",
        "type": [
          "string",
          "number",
          "boolean"
        ],
        "examples": [
          "Acme",
          20
        ]
      },
      "examples": [
        {
          "shop": "Acme"
        }
      ]
    },
    "state": {
      "description": "Where ledger and state live: a folder inside the workspace, git+branch:NAME, or ${NAME} of an environment variable that holds a folder.",
      "type": "string",
      "minLength": 1,
      "maxLength": 500,
      "pattern": "^[^\\u0000-\\u001f\\u007f]*$",
      "default": "data/state",
      "examples": [
        "data/state",
        "git+branch:posthorn-state"
      ]
    },
    "policy": {
      "description": "What validate and plan warn of beside Meta's limits.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "promotional_words": {
            "de": [
              "Rabatt",
              "Gutschein"
            ]
          }
        }
      ],
      "properties": {
        "promotional_words": {
          "description": "Words and phrases that sound like promotion, by language: warned of in UTILITY and under any purpose but promotion. English has a list of its own unless you write one; an empty list switches a language off.",
          "type": "object",
          "propertyNames": {
            "pattern": "^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*$"
          },
          "additionalProperties": {
            "description": "Words of one language; found as whole words, in any case.",
            "type": "array",
            "maxItems": 500,
            "items": {
              "type": "string",
              "minLength": 2,
              "maxLength": 60,
              "pattern": "\\S"
            },
            "examples": [
              [
                "Rabatt",
                "Gutschein",
                "nur heute"
              ]
            ]
          },
          "examples": [
            {
              "de": [
                "Rabatt",
                "Gutschein"
              ],
              "en": []
            }
          ]
        }
      }
    },
    "guards": {
      "description": "Limits that block or hold back.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "max_recipients": 25000,
          "empty_audience": "warn"
        }
      ],
      "properties": {
        "max_recipients": {
          "description": "Most people that one apply may write to, over all campaigns.",
          "type": "integer",
          "minimum": 1,
          "examples": [
            25000
          ]
        },
        "max_growth": {
          "description": "Blocks a campaign whose audience grew by more than percent since its last completed occurrence and is above at_least people.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "percent"
          ],
          "examples": [
            {
              "percent": "50%",
              "at_least": 100
            }
          ],
          "properties": {
            "percent": {
              "$ref": "#/definitions/anyPercent",
              "description": "Growth that is still allowed: 50% lets 1000 become 1500.",
              "examples": [
                "50%"
              ]
            },
            "at_least": {
              "description": "Up to this many people growth never blocks.",
              "type": "integer",
              "minimum": 0,
              "default": 0,
              "examples": [
                100
              ]
            }
          }
        },
        "empty_audience": {
          "description": "What to do when a campaign that is due reaches nobody.",
          "enum": [
            "block",
            "warn",
            "ignore"
          ],
          "default": "warn",
          "examples": [
            "warn"
          ]
        },
        "frequency_cap": {
          "description": "Most messages to one person in a sliding period, over all campaigns.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "max",
            "per"
          ],
          "examples": [
            {
              "max": 2,
              "per": "7d"
            }
          ],
          "properties": {
            "max": {
              "description": "Messages in that period.",
              "type": "integer",
              "minimum": 1,
              "examples": [
                2
              ]
            },
            "per": {
              "$ref": "#/definitions/duration",
              "description": "Length of the sliding period.",
              "examples": [
                "7d"
              ]
            }
          }
        },
        "quiet_hours": {
          "description": "Time of day in which nobody is written to, in the person's zone. May cross midnight.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "from",
            "to"
          ],
          "examples": [
            {
              "from": "21:00",
              "to": "08:00"
            }
          ],
          "properties": {
            "from": {
              "$ref": "#/definitions/timeOfDay",
              "description": "First minute of quiet.",
              "examples": [
                "21:00"
              ]
            },
            "to": {
              "$ref": "#/definitions/timeOfDay",
              "description": "First minute after the quiet.",
              "examples": [
                "08:00"
              ]
            }
          }
        }
      }
    }
  },
  "definitions": {
    "zone": {
      "description": "An IANA time zone.",
      "type": "string",
      "minLength": 1,
      "examples": [
        "Europe/Berlin"
      ]
    },
    "digits": {
      "description": "An id of 5 to 20 digits, in quotes.",
      "type": "string",
      "pattern": "^[0-9]{5,20}$",
      "examples": [
        "422500000000001"
      ]
    },
    "secret": {
      "description": "The name of an environment variable, written ${NAME}.",
      "type": "string",
      "pattern": "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$",
      "examples": [
        "${MESSENGER_PAGE_TOKEN}"
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
    "anyPercent": {
      "description": "A percentage, which may pass 100%.",
      "type": "string",
      "pattern": "^[0-9]{1,5}(\\.[0-9]{1,6})?%$",
      "examples": [
        "50%",
        "120%"
      ]
    },
    "timeOfDay": {
      "description": "A time of day from 00:00 to 23:59.",
      "type": "string",
      "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
      "examples": [
        "21:00"
      ]
    },
    "source": {
      "description": "A path or glob of .json, .ndjson, .csv or .parquet files, or ${NAME}.",
      "type": "string",
      "minLength": 1,
      "maxLength": 500,
      "pattern": "^[^\\u0000-\\u001f\\u007f]*$",
      "examples": [
        "data/users.json"
      ]
    },
    "folder": {
      "description": "A folder inside the workspace, or ${NAME}.",
      "type": "string",
      "minLength": 1,
      "maxLength": 500,
      "pattern": "^[^\\u0000-\\u001f\\u007f]*$",
      "examples": [
        "data/inbound"
      ]
    },
    "signs": {
      "description": "Words, as a whole message, and payloads of buttons, quick replies and opt-ins.",
      "type": "object",
      "additionalProperties": false,
      "examples": [
        {
          "words": [
            "stop"
          ],
          "payloads": [
            "OPT_OUT"
          ]
        }
      ],
      "properties": {
        "words": {
          "description": "Messages that say nothing else; upper and lower case alike, punctuation around them aside.",
          "type": "array",
          "minItems": 1,
          "items": {
            "description": "A word or a few.",
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "examples": [
              "stop"
            ]
          },
          "examples": [
            [
              "stop",
              "abmelden"
            ]
          ]
        },
        "payloads": {
          "description": "Payloads, letter by letter.",
          "type": "array",
          "minItems": 1,
          "items": {
            "description": "A payload.",
            "type": "string",
            "minLength": 1,
            "maxLength": 1000,
            "examples": [
              "OPT_OUT"
            ]
          },
          "examples": [
            [
              "OPT_OUT"
            ]
          ]
        }
      }
    },
    "joinBy": {
      "description": "An attribute, or an attribute and what stands before its value.",
      "examples": [
        "signup_code",
        {
          "attribute": "signup_code",
          "prefix": "u-"
        }
      ],
      "anyOf": [
        {
          "description": "An attribute of type string, or the id column.",
          "type": "string",
          "minLength": 1,
          "maxLength": 128
        },
        {
          "description": "An attribute, and what stands before its value.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "attribute",
            "prefix"
          ],
          "properties": {
            "attribute": {
              "description": "An attribute of type string, or the id column.",
              "type": "string",
              "minLength": 1,
              "maxLength": 128,
              "examples": [
                "signup_code"
              ]
            },
            "prefix": {
              "description": "What stands before the value, and is no part of it.",
              "type": "string",
              "minLength": 1,
              "maxLength": 100,
              "examples": [
                "u-"
              ]
            }
          }
        }
      ]
    },
    "plainName": {
      "description": "Letters, digits, \"_\", \"-\" and \".\".",
      "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$",
      "examples": [
        "ana"
      ]
    },
    "column": {
      "description": "A column's name: no dots, colons, braces, quotes or backslashes.",
      "type": "string",
      "pattern": "^[^\\s{}.:\"'\\\\]+( [^\\s{}.:\"'\\\\]+)*$",
      "maxLength": 128,
      "examples": [
        "user_id"
      ]
    },
    "name": {
      "description": "A name without dots, colons, braces, quotes or backslashes, and none of all, any, not, segment, event, sample, everyone.",
      "pattern": "^(?!(all|any|not|segment|event|sample|everyone)$)[^\\s{}.:\"'\\\\]+( [^\\s{}.:\"'\\\\]+)*$",
      "maxLength": 128,
      "examples": [
        "first_name"
      ]
    },
    "type": {
      "description": "Type of the values. There is no coercion: a value that contradicts it is an error.",
      "enum": [
        "string",
        "number",
        "integer",
        "boolean",
        "timestamp",
        "date",
        "string[]"
      ],
      "examples": [
        "string",
        "timestamp"
      ]
    },
    "attribute": {
      "description": "A type, or a type and whether plans mask the values.",
      "examples": [
        "string",
        {
          "type": "string",
          "sensitive": false
        }
      ],
      "anyOf": [
        {
          "description": "Type of the values. There is no coercion: a value that contradicts it is an error.",
          "enum": [
            "string",
            "number",
            "integer",
            "boolean",
            "timestamp",
            "date",
            "string[]"
          ]
        },
        {
          "description": "A type, and whether plans mask the values.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "type"
          ],
          "properties": {
            "type": {
              "$ref": "#/definitions/type",
              "description": "Type of the values. There is no coercion: a value that contradicts it is an error.",
              "examples": [
                "string",
                "timestamp"
              ]
            },
            "sensitive": {
              "description": "Whether plans mask its values. Without it: true for string and string[].",
              "type": "boolean",
              "examples": [
                false
              ]
            }
          }
        }
      ]
    }
  }
};
