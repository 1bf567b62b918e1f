// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonObject } from "../json.ts";

/** schemas/send-api-message.schema.json as a value. */
export const SEND_API_MESSAGE_SCHEMA: JsonObject = {
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://posthorn.dev/schemas/send-api-message.schema.json",
  "title": "SendApiMessage",
  "description": "The message object of Meta's Send API, as a campaign writes it; every text may hold mustache tags.",
  "$comment": "messenger-platform.md sections 2.4 and 3. Lengths count UTF-16 units. `format: uri` marks the texts in which {{x}} is URL-encoded.",
  "type": "object",
  "properties": {
    "text": {
      "description": "The text, at most 2000 characters.",
      "type": "string",
      "maxLength": 2000,
      "pattern": "\\S",
      "examples": [
        "Hi {{first_name}}, your parcel is on its way."
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "quick_replies": {
      "description": "1 to 13 replies to tap, under a text or an attachment.",
      "type": "array",
      "minItems": 1,
      "maxItems": 13,
      "items": {
        "$ref": "#/definitions/quickReply"
      },
      "examples": [
        [
          {
            "content_type": "text",
            "title": "Track it",
            "payload": "TRACK"
          }
        ]
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "attachment": {
      "$ref": "#/definitions/attachment",
      "description": "A file or a template.",
      "examples": [
        {
          "type": "image",
          "payload": {
            "url": "https://shop.example/mug.jpg"
          }
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "attachments": {
      "description": "Several images, at most 30.",
      "type": "array",
      "minItems": 1,
      "maxItems": 30,
      "items": {
        "$ref": "#/definitions/imageAttachment"
      },
      "examples": [
        [
          {
            "type": "image",
            "payload": {
              "url": "https://shop.example/1.jpg"
            }
          }
        ]
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "template": {
      "$ref": "#/definitions/utilityTemplate",
      "description": "An approved utility template of the page.",
      "examples": [
        {
          "name": "order_update_v2",
          "language": {
            "code": "en"
          }
        }
      ],
      "$comment": "messenger-platform.md section 2.4"
    },
    "sticker_id": {
      "description": "A sticker.",
      "type": "integer",
      "minimum": 1,
      "examples": [
        369239263222822
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "metadata": {
      "description": "Reserved: carries the delivery id.",
      "type": "string",
      "maxLength": 1000,
      "examples": [
        "3f2a"
      ],
      "$comment": "messenger-platform.md section 3"
    }
  },
  "additionalProperties": false,
  "oneOf": [
    {
      "required": [
        "text"
      ]
    },
    {
      "required": [
        "attachment"
      ]
    },
    {
      "required": [
        "attachments"
      ]
    },
    {
      "required": [
        "template"
      ]
    },
    {
      "required": [
        "sticker_id"
      ]
    }
  ],
  "examples": [
    {
      "text": "Hi {{first_name}}",
      "quick_replies": [
        {
          "content_type": "text",
          "title": "Track it",
          "payload": "TRACK"
        }
      ]
    }
  ],
  "definitions": {
    "quickReply": {
      "description": "One quick reply.",
      "type": "object",
      "required": [
        "content_type"
      ],
      "properties": {
        "content_type": {
          "description": "text: a reply of your own; the others offer the person's number or address.",
          "type": "string",
          "enum": [
            "text",
            "user_phone_number",
            "user_email"
          ],
          "examples": [
            "text"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What it says, at most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "examples": [
            "Track it"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "What the webhook receives, at most 1000 characters.",
          "type": [
            "string",
            "number"
          ],
          "maxLength": 1000,
          "examples": [
            "TRACK"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "image_url": {
          "description": "A small image beside the title, at least 24 x 24 pixels.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/icon.png"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "examples": [
        {
          "content_type": "text",
          "title": "Track it",
          "payload": "TRACK"
        }
      ],
      "$comment": "messenger-platform.md section 3",
      "allOf": [
        {
          "if": {
            "required": [
              "content_type"
            ],
            "properties": {
              "content_type": {
                "const": "text"
              }
            }
          },
          "then": {
            "required": [
              "payload"
            ]
          }
        },
        {
          "if": {
            "required": [
              "content_type"
            ],
            "properties": {
              "content_type": {
                "const": "text"
              },
              "image_url": false
            }
          },
          "then": {
            "required": [
              "title"
            ],
            "properties": {
              "title": {
                "pattern": "\\S"
              }
            }
          }
        }
      ]
    },
    "attachment": {
      "description": "A file or a template.",
      "type": "object",
      "required": [
        "type",
        "payload"
      ],
      "properties": {
        "type": {
          "description": "Decides what the payload is.",
          "type": "string",
          "enum": [
            "image",
            "video",
            "audio",
            "file",
            "template"
          ],
          "examples": [
            "image"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "The file, or the template.",
          "type": "object",
          "examples": [
            {
              "url": "https://shop.example/mug.jpg"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "allOf": [
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "template"
              }
            }
          },
          "then": {
            "properties": {
              "payload": {
                "$ref": "#/definitions/templatePayload"
              }
            }
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "enum": [
                  "image",
                  "video",
                  "audio",
                  "file"
                ]
              }
            }
          },
          "then": {
            "properties": {
              "payload": {
                "$ref": "#/definitions/filePayload"
              }
            }
          }
        }
      ],
      "examples": [
        {
          "type": "image",
          "payload": {
            "url": "https://shop.example/mug.jpg"
          }
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "filePayload": {
      "description": "A file by its address, or by the id that Meta gave it.",
      "type": "object",
      "properties": {
        "url": {
          "description": "Where Meta fetches it: images up to 8 MB, others up to 25 MB.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/mug.jpg"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "attachment_id": {
          "description": "Meta's id, as text; it expires 90 days after upload.",
          "type": "string",
          "pattern": "^[0-9]+$",
          "examples": [
            "1857777774821032"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "is_reusable": {
          "description": "Only where the returned id is used again.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "oneOf": [
        {
          "required": [
            "url"
          ]
        },
        {
          "required": [
            "attachment_id"
          ]
        }
      ],
      "examples": [
        {
          "url": "https://shop.example/mug.jpg"
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "imageAttachment": {
      "description": "One of several images.",
      "type": "object",
      "required": [
        "type",
        "payload"
      ],
      "properties": {
        "type": {
          "description": "Always `image`.",
          "type": "string",
          "const": "image",
          "examples": [
            "image"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "$ref": "#/definitions/filePayload",
          "description": "A file by its address, or by the id that Meta gave it.",
          "examples": [
            {
              "url": "https://shop.example/mug.jpg"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "templatePayload": {
      "description": "A template.",
      "type": "object",
      "required": [
        "template_type"
      ],
      "properties": {
        "template_type": {
          "description": "Decides which other keys there are.",
          "type": "string",
          "enum": [
            "generic",
            "button",
            "media",
            "receipt",
            "coupon",
            "product",
            "customer_feedback",
            "image_grid"
          ],
          "examples": [
            "generic"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "allOf": [
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "generic"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/genericTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "button"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/buttonTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "media"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/mediaTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "receipt"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/receiptTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "coupon"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/couponTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "product"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/productTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "customer_feedback"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/customerFeedbackTemplate"
          }
        },
        {
          "if": {
            "required": [
              "template_type"
            ],
            "properties": {
              "template_type": {
                "const": "image_grid"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/imageGridTemplate"
          }
        }
      ],
      "examples": [
        {
          "template_type": "button",
          "text": "What next?",
          "buttons": [
            {
              "type": "web_url",
              "title": "Track parcel",
              "url": "https://shop.example/orders/A17"
            }
          ]
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "genericTemplate": {
      "description": "One card, or a carousel of up to 10.",
      "type": "object",
      "required": [
        "template_type",
        "elements"
      ],
      "properties": {
        "template_type": {
          "description": "Always `generic`.",
          "type": "string",
          "const": "generic",
          "examples": [
            "generic"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "elements": {
          "description": "The cards, 1 to 10; several make a carousel.",
          "type": "array",
          "minItems": 1,
          "maxItems": 10,
          "items": {
            "$ref": "#/definitions/genericElement"
          },
          "examples": [
            [
              {
                "title": "Blue mug",
                "subtitle": "Back in stock",
                "image_url": "https://shop.example/mug.jpg"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "image_aspect_ratio": {
          "description": "Shape of the images; horizontal where not given.",
          "type": "string",
          "enum": [
            "horizontal",
            "square"
          ],
          "examples": [
            "horizontal"
          ],
          "$comment": "Generic template reference of the Send API"
        },
        "sharable": {
          "description": "Whether the native share button is shown; false where not given.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "buttonTemplate": {
      "description": "A text with buttons.",
      "type": "object",
      "required": [
        "template_type",
        "text",
        "buttons"
      ],
      "properties": {
        "template_type": {
          "description": "Always `button`.",
          "type": "string",
          "const": "button",
          "examples": [
            "button"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "text": {
          "description": "The text above the buttons, at most 640 characters.",
          "type": "string",
          "maxLength": 640,
          "pattern": "\\S",
          "examples": [
            "What shall we do next?"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "buttons": {
          "description": "1 to 3 buttons.",
          "type": "array",
          "minItems": 1,
          "maxItems": 3,
          "items": {
            "$ref": "#/definitions/button"
          },
          "examples": [
            [
              {
                "type": "web_url",
                "title": "Track parcel",
                "url": "https://shop.example/orders/A17"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "sharable": {
          "description": "Whether the native share button is shown; false where not given.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "mediaTemplate": {
      "description": "One image or video of the page, with a button.",
      "type": "object",
      "required": [
        "template_type",
        "elements"
      ],
      "properties": {
        "template_type": {
          "description": "Always `media`.",
          "type": "string",
          "const": "media",
          "examples": [
            "media"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "elements": {
          "description": "Exactly one image or video.",
          "type": "array",
          "minItems": 1,
          "maxItems": 1,
          "items": {
            "$ref": "#/definitions/mediaElement"
          },
          "examples": [
            [
              {
                "media_type": "image",
                "attachment_id": "1857777774821032"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "sharable": {
          "description": "Whether the native share button is shown; false where not given.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "receiptTemplate": {
      "description": "The confirmation of a real purchase.",
      "type": "object",
      "required": [
        "template_type",
        "recipient_name",
        "order_number",
        "currency",
        "payment_method",
        "summary"
      ],
      "properties": {
        "template_type": {
          "description": "Always `receipt`.",
          "type": "string",
          "const": "receipt",
          "examples": [
            "receipt"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "recipient_name": {
          "description": "Who bought.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "{{first_name}}"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "merchant_name": {
          "description": "Shown as the logo's text.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "Acme"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "order_number": {
          "description": "The order; every receipt needs another one.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "{{event.order_id}}"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "currency": {
          "description": "The currency's code.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "EUR"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payment_method": {
          "description": "How it was paid, so that the buyer knows which card.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "Visa 1234"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "order_url": {
          "description": "The order's page.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/orders/A17"
          ],
          "$comment": "Receipt template's sample request"
        },
        "timestamp": {
          "description": "When it was ordered: seconds since 1970, as text.",
          "type": "string",
          "pattern": "^[0-9]+$",
          "examples": [
            "1796000000"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "elements": {
          "description": "What was bought, at most 100.",
          "type": "array",
          "maxItems": 100,
          "items": {
            "$ref": "#/definitions/receiptElement"
          },
          "examples": [
            [
              {
                "title": "Blue mug",
                "price": 12.5
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "address": {
          "description": "Where it goes.",
          "type": "object",
          "required": [
            "street_1",
            "city",
            "postal_code",
            "state",
            "country"
          ],
          "properties": {
            "street_1": {
              "description": "Street and number.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "Hauptstr. 1"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "street_2": {
              "description": "Second line.",
              "type": "string",
              "examples": [
                "c/o Weber"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "city": {
              "description": "City.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "Berlin"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "postal_code": {
              "description": "Postal code.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "10115"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "state": {
              "description": "State or region.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "BE"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "country": {
              "description": "The country's two letters.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "DE"
              ],
              "$comment": "messenger-platform.md section 3"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "street_1": "Hauptstr. 1",
              "city": "Berlin",
              "postal_code": "10115",
              "state": "BE",
              "country": "DE"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "summary": {
          "description": "The sums.",
          "type": "object",
          "required": [
            "total_cost"
          ],
          "properties": {
            "subtotal": {
              "description": "Before shipping and tax. A decimal number with a dot; text where a variable gives it.",
              "type": [
                "number",
                "string"
              ],
              "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
              "examples": [
                10
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "shipping_cost": {
              "description": "Shipping. A decimal number with a dot; text where a variable gives it.",
              "type": [
                "number",
                "string"
              ],
              "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
              "examples": [
                4.95
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "total_tax": {
              "description": "Tax. A decimal number with a dot; text where a variable gives it.",
              "type": [
                "number",
                "string"
              ],
              "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
              "examples": [
                2.5
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "total_cost": {
              "description": "All together. A decimal number with a dot; text where a variable gives it.",
              "type": [
                "number",
                "string"
              ],
              "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
              "examples": [
                17.45
              ],
              "$comment": "messenger-platform.md section 3"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "total_cost": 17.45
            }
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "adjustments": {
          "description": "Discounts and the like.",
          "type": "array",
          "items": {
            "description": "One adjustment.",
            "type": "object",
            "required": [
              "name",
              "amount"
            ],
            "properties": {
              "name": {
                "description": "What it is.",
                "type": "string",
                "pattern": "\\S",
                "examples": [
                  "New customer"
                ],
                "$comment": "messenger-platform.md section 3"
              },
              "amount": {
                "description": "How much. A decimal number with a dot; text where a variable gives it.",
                "type": [
                  "number",
                  "string"
                ],
                "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
                "examples": [
                  5
                ],
                "$comment": "messenger-platform.md section 3"
              }
            },
            "additionalProperties": false
          },
          "examples": [
            [
              {
                "name": "New customer",
                "amount": 5
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "sharable": {
          "description": "Whether the native share button is shown; false where not given.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "couponTemplate": {
      "description": "A coupon whose code is revealed by a tap.",
      "type": "object",
      "required": [
        "template_type",
        "title"
      ],
      "properties": {
        "template_type": {
          "description": "Always `coupon`.",
          "type": "string",
          "const": "coupon",
          "examples": [
            "coupon"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What it gives, at most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "10% off everything"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "subtitle": {
          "description": "The terms, at most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "Until Sunday"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "coupon_code": {
          "description": "The code, without spaces; this or coupon_url is required.",
          "type": "string",
          "pattern": "^\\S+$",
          "examples": [
            "TENOFF"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "coupon_url": {
          "description": "Where the coupon is used; this or coupon_code is required.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "coupon_url_button_title": {
          "description": "What the button to coupon_url says.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "Shop now"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "coupon_pre_message": {
          "description": "Sent before the coupon.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "A gift for you"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "image_url": {
          "description": "The coupon's image.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/sale.png"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "What the webhook receives.",
          "type": "string",
          "examples": [
            "COUPON_AUTUMN"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "anyOf": [
        {
          "required": [
            "coupon_code"
          ]
        },
        {
          "required": [
            "coupon_url"
          ]
        }
      ]
    },
    "productTemplate": {
      "description": "Products of the page's catalogue.",
      "type": "object",
      "required": [
        "template_type",
        "elements"
      ],
      "properties": {
        "template_type": {
          "description": "Always `product`.",
          "type": "string",
          "const": "product",
          "examples": [
            "product"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "elements": {
          "description": "1 to 10 products.",
          "type": "array",
          "minItems": 1,
          "maxItems": 10,
          "items": {
            "description": "One product.",
            "type": "object",
            "required": [
              "id"
            ],
            "properties": {
              "id": {
                "description": "The product's id in the catalogue, as text.",
                "type": "string",
                "pattern": "\\S",
                "examples": [
                  "4000000000000001"
                ],
                "$comment": "messenger-platform.md section 3"
              }
            },
            "additionalProperties": false
          },
          "examples": [
            [
              {
                "id": "4000000000000001"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "sharable": {
          "description": "Whether the native share button is shown; false where not given.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "customerFeedbackTemplate": {
      "description": "A question to a customer with a scale.",
      "type": "object",
      "required": [
        "template_type",
        "title",
        "button_title",
        "feedback_screens",
        "business_privacy"
      ],
      "properties": {
        "template_type": {
          "description": "Always `customer_feedback`.",
          "type": "string",
          "const": "customer_feedback",
          "examples": [
            "customer_feedback"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "At most 65 characters.",
          "type": "string",
          "maxLength": 65,
          "pattern": "\\S",
          "examples": [
            "How was it?"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "subtitle": {
          "description": "At most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "Tell us in one tap"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "button_title": {
          "description": "At most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "pattern": "\\S",
          "examples": [
            "Rate us"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "feedback_screens": {
          "description": "Exactly one screen.",
          "type": "array",
          "minItems": 1,
          "maxItems": 1,
          "items": {
            "description": "One screen.",
            "type": "object",
            "required": [
              "questions"
            ],
            "properties": {
              "questions": {
                "description": "Exactly one question.",
                "type": "array",
                "minItems": 1,
                "maxItems": 1,
                "items": {
                  "$ref": "#/definitions/feedbackQuestion"
                },
                "examples": [
                  [
                    {
                      "id": "q1",
                      "type": "csat"
                    }
                  ]
                ],
                "$comment": "messenger-platform.md section 3"
              }
            },
            "additionalProperties": false
          },
          "examples": [
            [
              {
                "questions": [
                  {
                    "id": "q1",
                    "type": "csat"
                  }
                ]
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "business_privacy": {
          "description": "The page's privacy policy.",
          "type": "object",
          "required": [
            "url"
          ],
          "properties": {
            "url": {
              "description": "Where it stands.",
              "type": "string",
              "format": "uri",
              "examples": [
                "https://shop.example/privacy"
              ],
              "$comment": "messenger-platform.md section 3"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "url": "https://shop.example/privacy"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "expires_in_days": {
          "description": "How long it can be answered, 1 to 7 days.",
          "type": "integer",
          "minimum": 1,
          "maximum": 7,
          "examples": [
            3
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "imageGridTemplate": {
      "description": "2 to 6 images in a grid.",
      "type": "object",
      "required": [
        "template_type",
        "elements"
      ],
      "properties": {
        "template_type": {
          "description": "Always `image_grid`.",
          "type": "string",
          "const": "image_grid",
          "examples": [
            "image_grid"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "elements": {
          "description": "Exactly one grid.",
          "type": "array",
          "minItems": 1,
          "maxItems": 1,
          "items": {
            "$ref": "#/definitions/imageGrid"
          },
          "examples": [
            [
              {
                "images": [
                  {
                    "url": "https://shop.example/1.jpg"
                  },
                  {
                    "url": "https://shop.example/2.jpg"
                  }
                ]
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "genericElement": {
      "description": "One card: a title and at least one thing more.",
      "type": "object",
      "required": [
        "title"
      ],
      "properties": {
        "title": {
          "description": "At most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "Blue mug"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "subtitle": {
          "description": "At most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "Back in stock"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "image_url": {
          "description": "The card's image, 1.91:1.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/mug.jpg"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "default_action": {
          "$ref": "#/definitions/defaultAction",
          "description": "What a tap on the card opens: a web_url button without title.",
          "examples": [
            {
              "type": "web_url",
              "url": "https://shop.example/mug"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "buttons": {
          "description": "1 to 3 buttons.",
          "type": "array",
          "minItems": 1,
          "maxItems": 3,
          "items": {
            "$ref": "#/definitions/button"
          },
          "examples": [
            [
              {
                "type": "web_url",
                "title": "Track parcel",
                "url": "https://shop.example/orders/A17"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "minProperties": 2
    },
    "defaultAction": {
      "description": "What a tap on the card opens: a web_url button without title.",
      "type": "object",
      "required": [
        "type",
        "url"
      ],
      "properties": {
        "type": {
          "description": "Always `web_url`.",
          "type": "string",
          "const": "web_url",
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "url": {
          "description": "The page that opens; https where messenger_extensions is set.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/orders/A17"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "webview_height_ratio": {
          "description": "How much of the screen the page takes; full where not given.",
          "type": "string",
          "enum": [
            "compact",
            "tall",
            "full"
          ],
          "examples": [
            "compact"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "messenger_extensions": {
          "description": "Whether the page uses the Messenger Extensions script.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "fallback_url": {
          "description": "Opened by clients without Messenger Extensions; only with messenger_extensions.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/orders"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "webview_share_button": {
          "description": "Hides the share button of the page.",
          "type": "string",
          "enum": [
            "hide"
          ],
          "examples": [
            "hide"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "dependencies": {
        "fallback_url": [
          "messenger_extensions"
        ]
      },
      "allOf": [
        {
          "if": {
            "required": [
              "messenger_extensions"
            ],
            "properties": {
              "messenger_extensions": {
                "const": true
              }
            }
          },
          "then": {
            "properties": {
              "url": {
                "pattern": "^https://"
              }
            }
          }
        }
      ],
      "examples": [
        {
          "type": "web_url",
          "url": "https://shop.example/mug"
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "mediaElement": {
      "description": "The image or video.",
      "type": "object",
      "required": [
        "media_type"
      ],
      "properties": {
        "media_type": {
          "description": "What it is.",
          "type": "string",
          "enum": [
            "image",
            "video"
          ],
          "examples": [
            "image"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "attachment_id": {
          "description": "Meta's id of an upload, as text.",
          "type": "string",
          "pattern": "^[0-9]+$",
          "examples": [
            "1857777774821032"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "url": {
          "description": "A facebook.com address; no other is taken.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://www.facebook.com/photo/?fbid=1"
          ],
          "$comment": "messenger-platform.md section 3",
          "pattern": "^https?://([a-z0-9-]+\\.)*facebook\\.com/"
        },
        "buttons": {
          "description": "1 to 1 buttons.",
          "type": "array",
          "minItems": 1,
          "maxItems": 1,
          "items": {
            "$ref": "#/definitions/button"
          },
          "examples": [
            [
              {
                "type": "web_url",
                "title": "Track parcel",
                "url": "https://shop.example/orders/A17"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "oneOf": [
        {
          "required": [
            "attachment_id"
          ]
        },
        {
          "required": [
            "url"
          ]
        }
      ]
    },
    "receiptElement": {
      "description": "One thing that was bought.",
      "type": "object",
      "required": [
        "title",
        "price"
      ],
      "properties": {
        "title": {
          "description": "Its name.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "Blue mug"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "subtitle": {
          "description": "A short description.",
          "type": "string",
          "examples": [
            "0.3 l"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "quantity": {
          "description": "How many. A decimal number with a dot; text where a variable gives it.",
          "type": [
            "number",
            "string"
          ],
          "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
          "examples": [
            2
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "price": {
          "description": "Its price; 0 is allowed. A decimal number with a dot; text where a variable gives it.",
          "type": [
            "number",
            "string"
          ],
          "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
          "examples": [
            12.5
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "currency": {
          "description": "The currency's code.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "EUR"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "image_url": {
          "description": "Its image.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/mug.jpg"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "feedbackQuestion": {
      "description": "One question.",
      "type": "object",
      "required": [
        "id",
        "type"
      ],
      "properties": {
        "id": {
          "description": "At most 80 characters: letters, digits, underscore.",
          "type": "string",
          "maxLength": 80,
          "pattern": "^[A-Za-z0-9_]+$",
          "examples": [
            "q1"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "type": {
          "description": "What is measured: satisfaction, recommendation, effort.",
          "type": "string",
          "enum": [
            "csat",
            "nps",
            "ces"
          ],
          "examples": [
            "csat"
          ],
          "$comment": "Customer feedback template reference of the Send API"
        },
        "title": {
          "description": "5 to 85 characters.",
          "type": "string",
          "maxLength": 85,
          "pattern": "\\S",
          "examples": [
            "How do you like your mug?"
          ],
          "$comment": "messenger-platform.md section 3",
          "minLength": 5
        },
        "score_label": {
          "description": "Which way the scale is labelled.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "neg_pos"
          ],
          "$comment": "Customer feedback template reference of the Send API"
        },
        "score_option": {
          "description": "How the scale looks.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "five_stars"
          ],
          "$comment": "Customer feedback template reference of the Send API"
        },
        "follow_up": {
          "description": "A free text after the score.",
          "type": "object",
          "required": [
            "type"
          ],
          "properties": {
            "type": {
              "description": "Free text, up to 400 characters by the person.",
              "type": "string",
              "enum": [
                "free_form"
              ],
              "examples": [
                "free_form"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "placeholder": {
              "description": "At most 65 characters.",
              "type": "string",
              "maxLength": 65,
              "pattern": "\\S",
              "examples": [
                "Tell us more"
              ],
              "$comment": "messenger-platform.md section 3"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "type": "free_form",
              "placeholder": "Tell us more"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "imageGrid": {
      "description": "The grid.",
      "type": "object",
      "required": [
        "images"
      ],
      "properties": {
        "images": {
          "description": "2 to 6 images, at most one of them the hero.",
          "type": "array",
          "minItems": 2,
          "maxItems": 6,
          "items": {
            "description": "One image.",
            "type": "object",
            "required": [
              "url"
            ],
            "properties": {
              "url": {
                "description": "The image.",
                "type": "string",
                "format": "uri",
                "examples": [
                  "https://shop.example/1.jpg"
                ],
                "$comment": "messenger-platform.md section 3"
              },
              "is_hero_image": {
                "description": "Shown larger; at most one image.",
                "type": "boolean",
                "examples": [
                  true
                ],
                "$comment": "messenger-platform.md section 3"
              },
              "action": {
                "$ref": "#/definitions/gridAction",
                "description": "What a tap on the image does.",
                "examples": [
                  {
                    "type": "web_url",
                    "url": "https://shop.example/1"
                  }
                ],
                "$comment": "messenger-platform.md section 3"
              }
            },
            "additionalProperties": false
          },
          "examples": [
            [
              {
                "url": "https://shop.example/1.jpg"
              },
              {
                "url": "https://shop.example/2.jpg"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "At most 45 characters.",
          "type": "string",
          "maxLength": 45,
          "pattern": "\\S",
          "examples": [
            "New this week"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "subtitle": {
          "description": "At most 80 characters.",
          "type": "string",
          "maxLength": 80,
          "pattern": "\\S",
          "examples": [
            "Tap what you like"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "buttons": {
          "description": "1 to 3 buttons.",
          "type": "array",
          "minItems": 1,
          "maxItems": 3,
          "items": {
            "$ref": "#/definitions/gridButton"
          },
          "examples": [
            [
              {
                "type": "web_url",
                "title": "Track parcel",
                "url": "https://shop.example/orders/A17"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "gridButton": {
      "description": "A web_url or postback button.",
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "description": "Decides which other keys there are.",
          "type": "string",
          "enum": [
            "web_url",
            "postback"
          ],
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "allOf": [
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "web_url"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/webUrlButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "postback"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/postbackButton"
          }
        }
      ],
      "examples": [
        {
          "type": "web_url",
          "title": "Track parcel",
          "url": "https://shop.example/orders/A17"
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "gridAction": {
      "description": "What a tap on the image does.",
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "description": "Decides which other keys there are.",
          "type": "string",
          "enum": [
            "web_url",
            "postback"
          ],
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "allOf": [
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "web_url"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/webUrlAction"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "postback"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/postbackAction"
          }
        }
      ],
      "examples": [
        {
          "type": "web_url",
          "url": "https://shop.example/1"
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "webUrlAction": {
      "description": "Opens a page.",
      "type": "object",
      "required": [
        "type",
        "url"
      ],
      "properties": {
        "type": {
          "description": "Always `web_url`.",
          "type": "string",
          "const": "web_url",
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "url": {
          "description": "The page.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/1"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "postbackAction": {
      "description": "Sends its payload to the page's webhook.",
      "type": "object",
      "required": [
        "type",
        "payload"
      ],
      "properties": {
        "type": {
          "description": "Always `postback`.",
          "type": "string",
          "const": "postback",
          "examples": [
            "postback"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "What the webhook receives, at most 1000 characters.",
          "type": "string",
          "maxLength": 1000,
          "pattern": "\\S",
          "examples": [
            "IMAGE_1"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "button": {
      "description": "A button.",
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "description": "Decides which other keys there are.",
          "type": "string",
          "enum": [
            "web_url",
            "postback",
            "phone_number",
            "account_link",
            "account_unlink",
            "game_play"
          ],
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "allOf": [
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "web_url"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/webUrlButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "postback"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/postbackButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "phone_number"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/phoneNumberButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "account_link"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/accountLinkButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "account_unlink"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/accountUnlinkButton"
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "const": "game_play"
              }
            }
          },
          "then": {
            "$ref": "#/definitions/gamePlayButton"
          }
        }
      ],
      "examples": [
        {
          "type": "web_url",
          "title": "Track parcel",
          "url": "https://shop.example/orders/A17"
        }
      ],
      "$comment": "messenger-platform.md section 3"
    },
    "webUrlButton": {
      "description": "Opens a page.",
      "type": "object",
      "required": [
        "type",
        "title",
        "url"
      ],
      "properties": {
        "type": {
          "description": "Always `web_url`.",
          "type": "string",
          "const": "web_url",
          "examples": [
            "web_url"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What the button says, at most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "pattern": "\\S",
          "examples": [
            "Track parcel"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "url": {
          "description": "The page that opens; https where messenger_extensions is set.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/orders/A17"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "webview_height_ratio": {
          "description": "How much of the screen the page takes; full where not given.",
          "type": "string",
          "enum": [
            "compact",
            "tall",
            "full"
          ],
          "examples": [
            "compact"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "messenger_extensions": {
          "description": "Whether the page uses the Messenger Extensions script.",
          "type": "boolean",
          "examples": [
            true
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "fallback_url": {
          "description": "Opened by clients without Messenger Extensions; only with messenger_extensions.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/orders"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "webview_share_button": {
          "description": "Hides the share button of the page.",
          "type": "string",
          "enum": [
            "hide"
          ],
          "examples": [
            "hide"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false,
      "dependencies": {
        "fallback_url": [
          "messenger_extensions"
        ]
      },
      "allOf": [
        {
          "if": {
            "required": [
              "messenger_extensions"
            ],
            "properties": {
              "messenger_extensions": {
                "const": true
              }
            }
          },
          "then": {
            "properties": {
              "url": {
                "pattern": "^https://"
              }
            }
          }
        }
      ]
    },
    "postbackButton": {
      "description": "Sends its payload to the page's webhook.",
      "type": "object",
      "required": [
        "type",
        "title",
        "payload"
      ],
      "properties": {
        "type": {
          "description": "Always `postback`.",
          "type": "string",
          "const": "postback",
          "examples": [
            "postback"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What the button says, at most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "pattern": "\\S",
          "examples": [
            "Help"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "What the webhook receives, at most 1000 characters.",
          "type": "string",
          "maxLength": 1000,
          "pattern": "\\S",
          "examples": [
            "HELP"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "phoneNumberButton": {
      "description": "Calls a number.",
      "type": "object",
      "required": [
        "type",
        "title",
        "payload"
      ],
      "properties": {
        "type": {
          "description": "Always `phone_number`.",
          "type": "string",
          "const": "phone_number",
          "examples": [
            "phone_number"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What the button says, at most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "pattern": "\\S",
          "examples": [
            "Call us"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "The number with + and country code, digits only.",
          "type": "string",
          "pattern": "^\\+[0-9]{4,15}$",
          "examples": [
            "+4930901820"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "accountLinkButton": {
      "description": "Starts the login that links accounts.",
      "type": "object",
      "required": [
        "type",
        "url"
      ],
      "properties": {
        "type": {
          "description": "Always `account_link`.",
          "type": "string",
          "const": "account_link",
          "examples": [
            "account_link"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "url": {
          "description": "The login page.",
          "type": "string",
          "format": "uri",
          "examples": [
            "https://shop.example/login"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "accountUnlinkButton": {
      "description": "Unlinks the account.",
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "description": "Always `account_unlink`.",
          "type": "string",
          "const": "account_unlink",
          "examples": [
            "account_unlink"
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "gamePlayButton": {
      "description": "Opens the page's instant game.",
      "type": "object",
      "required": [
        "type",
        "title"
      ],
      "properties": {
        "type": {
          "description": "Always `game_play`.",
          "type": "string",
          "const": "game_play",
          "examples": [
            "game_play"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "title": {
          "description": "What the button says, at most 20 characters.",
          "type": "string",
          "maxLength": 20,
          "pattern": "\\S",
          "examples": [
            "Play"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "payload": {
          "description": "What the game receives, at most 1000 characters.",
          "type": "string",
          "maxLength": 1000,
          "examples": [
            "LEVEL_2"
          ],
          "$comment": "messenger-platform.md section 3"
        },
        "game_metadata": {
          "description": "Whom to play with.",
          "type": "object",
          "properties": {
            "player_id": {
              "description": "The other player.",
              "type": "string",
              "examples": [
                "1234567890"
              ],
              "$comment": "messenger-platform.md section 3"
            },
            "context_id": {
              "description": "The game's context.",
              "type": "string",
              "examples": [
                "1234567890"
              ],
              "$comment": "messenger-platform.md section 3"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "player_id": "1234567890"
            }
          ],
          "$comment": "messenger-platform.md section 3"
        }
      },
      "additionalProperties": false
    },
    "utilityTemplate": {
      "description": "An approved utility template of the page.",
      "type": "object",
      "required": [
        "name",
        "language"
      ],
      "properties": {
        "name": {
          "description": "Its name: small letters, digits, underscore.",
          "type": "string",
          "pattern": "^[a-z0-9_]+$",
          "examples": [
            "order_update_v2"
          ],
          "$comment": "messenger-platform.md section 2.5"
        },
        "language": {
          "description": "Which of its languages.",
          "type": "object",
          "required": [
            "code"
          ],
          "properties": {
            "code": {
              "description": "The language's code.",
              "type": "string",
              "pattern": "\\S",
              "examples": [
                "en"
              ],
              "$comment": "messenger-platform.md section 2.4"
            }
          },
          "additionalProperties": false,
          "examples": [
            {
              "code": "en"
            }
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "components": {
          "description": "Values for its placeholders.",
          "type": "array",
          "items": {
            "$ref": "#/definitions/utilityComponent"
          },
          "examples": [
            [
              {
                "type": "body",
                "parameters": [
                  {
                    "type": "text",
                    "text": "{{event.order_id}}"
                  }
                ]
              }
            ]
          ],
          "$comment": "messenger-platform.md section 2.4"
        }
      },
      "additionalProperties": false,
      "examples": [
        {
          "name": "order_update_v2",
          "language": {
            "code": "en"
          }
        }
      ],
      "$comment": "messenger-platform.md section 2.4"
    },
    "utilityComponent": {
      "description": "The values of one part of the template.",
      "type": "object",
      "required": [
        "type",
        "parameters"
      ],
      "properties": {
        "type": {
          "description": "Which part.",
          "type": "string",
          "enum": [
            "header",
            "body",
            "title",
            "buttons",
            "HEADER",
            "BODY",
            "TITLE",
            "BUTTONS"
          ],
          "examples": [
            "header"
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "parameters": {
          "description": "The values, in the order of the placeholders.",
          "type": "array",
          "items": {
            "$ref": "#/definitions/utilityParameter"
          },
          "examples": [
            [
              {
                "type": "text",
                "text": "A17"
              }
            ]
          ],
          "$comment": "messenger-platform.md section 2.4"
        }
      },
      "additionalProperties": false
    },
    "utilityParameter": {
      "description": "One value.",
      "type": "object",
      "required": [
        "type"
      ],
      "properties": {
        "type": {
          "description": "What it fills: a text, or a button's payload or address.",
          "type": "string",
          "enum": [
            "text",
            "postback",
            "url",
            "TEXT",
            "POSTBACK",
            "URL"
          ],
          "examples": [
            "text"
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "parameter_name": {
          "description": "The placeholder's name, where the template has names.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "order_id"
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "text": {
          "description": "The text.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "{{event.order_id}}"
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "payload": {
          "description": "What the webhook receives, at most 1000 characters.",
          "type": "string",
          "maxLength": 1000,
          "pattern": "\\S",
          "examples": [
            "ORDER_A17"
          ],
          "$comment": "messenger-platform.md section 2.4"
        },
        "url": {
          "description": "The end of the button's address.",
          "type": "string",
          "pattern": "\\S",
          "examples": [
            "{{event.order_id}}"
          ],
          "$comment": "messenger-platform.md section 2.4"
        }
      },
      "additionalProperties": false,
      "allOf": [
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "enum": [
                  "text",
                  "TEXT"
                ]
              }
            }
          },
          "then": {
            "required": [
              "text"
            ]
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "enum": [
                  "postback",
                  "POSTBACK"
                ]
              }
            }
          },
          "then": {
            "required": [
              "payload"
            ]
          }
        },
        {
          "if": {
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "enum": [
                  "url",
                  "URL"
                ]
              }
            }
          },
          "then": {
            "required": [
              "url"
            ]
          }
        }
      ]
    }
  }
};
