// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/segment.schema.json as a value. */
export const SEGMENT_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/segment.schema.json",
  "title": "Posthorn segment",
  "description": "segments/**/*.yaml: a named condition over users and their events. Its id is the path without segments/ and .yaml.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "where"
  ],
  "properties": {
    "description": {
      "description": "What it is for, in a sentence: reviewers and plans show it.",
      "examples": [
        "Bought in the last 30 days"
      ],
      "type": "string"
    },
    "where": {
      "description": "Who is in the segment.",
      "examples": [
        {
          "country": {
            "in": [
              "DE",
              "AT",
              "CH"
            ]
          }
        }
      ],
      "$ref": "#/definitions/condition"
    },
    "tests": {
      "description": "Examples that validate judges: who is in and who is out.",
      "examples": [
        [
          {
            "name": "a German is in",
            "user": {
              "country": "DE"
            },
            "expect": "in"
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
      "description": "Who is meant. A list, or several keys side by side, mean that all of them hold. Any other key is the name of an attribute. A missing value makes every operator false but exists and has_value.",
      "examples": [
        {
          "country": "DE"
        },
        {
          "all": [
            {
              "country": {
                "in": [
                  "DE",
                  "AT"
                ]
              }
            },
            {
              "last_order_at": {
                "in_last": "30d"
              }
            }
          ]
        }
      ],
      "anyOf": [
        {
          "description": "Conditions of which all must hold.",
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/definitions/condition"
          }
        },
        {
          "description": "Conditions side by side, of which all must hold.",
          "type": "object",
          "minProperties": 1,
          "properties": {
            "all": {
              "description": "All of these hold.",
              "examples": [
                [
                  {
                    "country": "DE"
                  },
                  {
                    "ltv": {
                      "gte": 100
                    }
                  }
                ]
              ],
              "$ref": "#/definitions/condition"
            },
            "any": {
              "description": "At least one of these holds.",
              "examples": [
                [
                  {
                    "ltv": {
                      "gte": 100
                    }
                  },
                  {
                    "tags": {
                      "contains": "vip"
                    }
                  }
                ]
              ],
              "type": "array",
              "minItems": 1,
              "items": {
                "$ref": "#/definitions/condition"
              }
            },
            "not": {
              "description": "This does not hold.",
              "examples": [
                {
                  "segment": "unsubscribed"
                }
              ],
              "$ref": "#/definitions/condition"
            },
            "segment": {
              "description": "The person is in this segment: the path of a file in segments/ without .yaml, or everyone.",
              "examples": [
                "recent-buyers",
                "everyone"
              ],
              "type": "string",
              "minLength": 1
            },
            "sample": {
              "description": "A share of all people, by chance, the same ones on every run.",
              "examples": [
                "10%"
              ],
              "type": "string",
              "pattern": "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]{1,6})?)%$"
            },
            "seed": {
              "description": "Beside sample: another seed draws other people. Without it: the segment's id.",
              "examples": [
                "autumn"
              ],
              "anyOf": [
                {
                  "type": "string",
                  "minLength": 1
                },
                {
                  "$ref": "#/definitions/attributeTest"
                }
              ]
            },
            "event": {
              "description": "The person has events of this name; count, in_last and where beside it say how many and which.",
              "examples": [
                "order_placed"
              ],
              "type": "string",
              "minLength": 1
            },
            "count": {
              "description": "Beside event: how many events there must be. Without it: at least one. { eq: 0 } includes people without any.",
              "examples": [
                {
                  "gte": 1
                },
                {
                  "eq": 0
                }
              ],
              "anyOf": [
                {
                  "description": "A test of the number of events.",
                  "type": "object",
                  "minProperties": 1,
                  "additionalProperties": false,
                  "properties": {
                    "eq": {
                      "description": "Exactly this many.",
                      "examples": [
                        0
                      ],
                      "type": "number"
                    },
                    "ne": {
                      "description": "Any other number.",
                      "examples": [
                        1
                      ],
                      "type": "number"
                    },
                    "in": {
                      "description": "One of these numbers.",
                      "examples": [
                        [
                          1,
                          2
                        ]
                      ],
                      "type": "array",
                      "items": {
                        "type": "number"
                      },
                      "minItems": 1
                    },
                    "not_in": {
                      "description": "None of these numbers.",
                      "examples": [
                        [
                          0
                        ]
                      ],
                      "type": "array",
                      "items": {
                        "type": "number"
                      },
                      "minItems": 1
                    },
                    "lt": {
                      "description": "Fewer than.",
                      "examples": [
                        3
                      ],
                      "type": "number"
                    },
                    "lte": {
                      "description": "At most.",
                      "examples": [
                        3
                      ],
                      "type": "number"
                    },
                    "gt": {
                      "description": "More than.",
                      "examples": [
                        3
                      ],
                      "type": "number"
                    },
                    "gte": {
                      "description": "At least.",
                      "examples": [
                        1
                      ],
                      "type": "number"
                    },
                    "between": {
                      "description": "From the first to the second, both included.",
                      "examples": [
                        [
                          1,
                          5
                        ]
                      ],
                      "type": "array",
                      "items": {
                        "type": "number"
                      },
                      "minItems": 2,
                      "maxItems": 2
                    }
                  }
                },
                {
                  "$ref": "#/definitions/attributeTest"
                }
              ]
            },
            "in_last": {
              "description": "Beside event: only events from now less this duration until now.",
              "examples": [
                "90d"
              ],
              "anyOf": [
                {
                  "type": "string",
                  "pattern": "^0*[1-9][0-9]{0,5}[smhdw]$"
                },
                {
                  "$ref": "#/definitions/attributeTest"
                }
              ]
            },
            "where": {
              "description": "Beside event: conditions on the event's properties.",
              "examples": [
                {
                  "amount": {
                    "gt": 20
                  }
                }
              ],
              "$ref": "#/definitions/condition"
            }
          },
          "additionalProperties": {
            "$ref": "#/definitions/attributeTest"
          }
        }
      ]
    },
    "attributeTest": {
      "description": "A test of an attribute: a value it must equal, or operators that must all hold.",
      "examples": [
        "DE",
        {
          "gte": 100
        },
        {
          "in": [
            "DE",
            "AT"
          ]
        }
      ],
      "anyOf": [
        {
          "description": "Short for { eq: … }.",
          "type": [
            "string",
            "number",
            "boolean"
          ]
        },
        {
          "description": "Operators of which all must hold.",
          "type": "object",
          "minProperties": 1,
          "additionalProperties": false,
          "properties": {
            "exists": {
              "description": "true: the value is not missing; false: it is missing. Any type.",
              "examples": [
                true
              ],
              "type": "boolean"
            },
            "has_value": {
              "description": "true: not missing, not empty and not blank; false: the opposite. Any type.",
              "examples": [
                true
              ],
              "type": "boolean"
            },
            "eq": {
              "description": "Equals. string, number, integer, boolean.",
              "examples": [
                "DE",
                100,
                true
              ],
              "type": [
                "string",
                "number",
                "boolean"
              ]
            },
            "ne": {
              "description": "Is there and differs. string, number, integer.",
              "examples": [
                "DE"
              ],
              "type": [
                "string",
                "number",
                "boolean"
              ]
            },
            "in": {
              "description": "Is one of the list. string, number, integer.",
              "examples": [
                [
                  "DE",
                  "AT"
                ]
              ],
              "type": "array",
              "items": {
                "type": [
                  "string",
                  "number"
                ]
              },
              "minItems": 1
            },
            "not_in": {
              "description": "Is there and none of the list. string, number, integer.",
              "examples": [
                [
                  "DE"
                ]
              ],
              "type": "array",
              "items": {
                "type": [
                  "string",
                  "number"
                ]
              },
              "minItems": 1
            },
            "contains": {
              "description": "string: holds this text. string[]: has this entry.",
              "examples": [
                "vip"
              ],
              "type": "string"
            },
            "starts_with": {
              "description": "Begins with this text. string.",
              "examples": [
                "+49"
              ],
              "type": "string"
            },
            "ends_with": {
              "description": "Ends with this text. string.",
              "examples": [
                "@example.com"
              ],
              "type": "string"
            },
            "ignore_case": {
              "description": "Beside a string operator: upper and lower case count alike.",
              "examples": [
                true
              ],
              "type": "boolean"
            },
            "matches": {
              "description": "Holds a match of this RE2 pattern, not anchored. string.",
              "examples": [
                "^A[0-9]+$"
              ],
              "type": "string"
            },
            "lt": {
              "description": "Less than. number, integer.",
              "examples": [
                100
              ],
              "type": "number"
            },
            "lte": {
              "description": "At most. number, integer.",
              "examples": [
                100
              ],
              "type": "number"
            },
            "gt": {
              "description": "More than. number, integer.",
              "examples": [
                100
              ],
              "type": "number"
            },
            "gte": {
              "description": "At least. number, integer.",
              "examples": [
                100
              ],
              "type": "number"
            },
            "between": {
              "description": "From the first to the second, both included; of dates both days whole. number, integer, timestamp, date.",
              "examples": [
                [
                  10,
                  20
                ],
                [
                  "2026-11-01",
                  "2026-11-30"
                ]
              ],
              "type": "array",
              "items": {
                "type": [
                  "number",
                  "string"
                ]
              },
              "minItems": 2,
              "maxItems": 2
            },
            "before": {
              "description": "Before this instant, or before this day begins in the workspace's zone. timestamp, date.",
              "examples": [
                "2026-12-01"
              ],
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
            },
            "after": {
              "description": "After this instant, or after this day has ended in the workspace's zone. timestamp, date.",
              "examples": [
                "2026-12-01"
              ],
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
            },
            "on": {
              "description": "On this day in the workspace's zone. timestamp, date.",
              "examples": [
                "2026-12-24"
              ],
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
            },
            "in_last": {
              "description": "From now less this duration until now, both included. timestamp, date.",
              "examples": [
                "30d"
              ],
              "type": "string",
              "pattern": "^0*[1-9][0-9]{0,5}[smhdw]$"
            },
            "in_next": {
              "description": "From now until this much later, both included. timestamp, date.",
              "examples": [
                "7d"
              ],
              "type": "string",
              "pattern": "^0*[1-9][0-9]{0,5}[smhdw]$"
            },
            "not_in_last": {
              "description": "Is there and not in_last. timestamp, date.",
              "examples": [
                "90d"
              ],
              "type": "string",
              "pattern": "^0*[1-9][0-9]{0,5}[smhdw]$"
            },
            "in_last_days": {
              "description": "Since 00:00 of that many days ago, in the workspace's zone. timestamp, date.",
              "examples": [
                7
              ],
              "type": "integer",
              "minimum": 0
            },
            "anniversary": {
              "description": "The day and month are today's; 29 February falls on 28 February. timestamp, date.",
              "examples": [
                "today"
              ],
              "const": "today"
            },
            "contains_any": {
              "description": "Has at least one of these entries. string[].",
              "examples": [
                [
                  "vip",
                  "press"
                ]
              ],
              "type": "array",
              "items": {
                "type": "string"
              },
              "minItems": 1
            },
            "contains_all": {
              "description": "Has all of these entries. string[].",
              "examples": [
                [
                  "vip",
                  "press"
                ]
              ],
              "type": "array",
              "items": {
                "type": "string"
              },
              "minItems": 1
            },
            "is_empty": {
              "description": "true: the list is there and has no entry; false: it has some. string[].",
              "examples": [
                true
              ],
              "type": "boolean"
            }
          }
        }
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
    "test": {
      "description": "A person, and whether the segment holds them.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "name",
        "expect"
      ],
      "examples": [
        {
          "name": "a German is in",
          "user": {
            "country": "DE"
          },
          "expect": "in"
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
          "description": "Attributes of the person, by name. What is not named is missing.",
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
        "at": {
          "$ref": "#/definitions/instant",
          "description": "The moment at which the test looks. Without it: 2026-01-01T12:00:00Z.",
          "examples": [
            "2026-11-27T09:00:00Z"
          ]
        },
        "expect": {
          "description": "Whether the person is in the segment.",
          "examples": [
            "in",
            "out"
          ],
          "enum": [
            "in",
            "out"
          ]
        }
      }
    }
  }
};
