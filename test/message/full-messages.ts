import type { JsonObject } from "../../src/model/json.ts";

const WEB_URL = {
  type: "web_url",
  title: "Track parcel",
  url: "https://shop.example/orders/A17",
  webview_height_ratio: "tall",
  messenger_extensions: true,
  fallback_url: "https://shop.example/orders",
  webview_share_button: "hide",
};
const POSTBACK = { type: "postback", title: "Help", payload: "HELP" };
const CALL = { type: "phone_number", title: "Call us", payload: "+4930901820" };

function template(payload: JsonObject): JsonObject {
  return { attachment: { type: "template", payload } };
}

/** One message of every kind, with every key it can have. */
export const FULL_MESSAGES = {
  text: {
    text: "Your parcel is on its way.",
    quick_replies: [
      {
        content_type: "text",
        title: "Track it",
        payload: "TRACK",
        image_url: "https://shop.example/i.png",
      },
      { content_type: "user_phone_number" },
      { content_type: "user_email" },
    ],
  },
  image: {
    attachment: {
      type: "image",
      payload: { url: "https://shop.example/a.jpg", is_reusable: true },
    },
  },
  video: { attachment: { type: "video", payload: { attachment_id: "1857777774821032" } } },
  audio: { attachment: { type: "audio", payload: { attachment_id: "1857777774821032" } } },
  file: { attachment: { type: "file", payload: { url: "https://shop.example/a.pdf" } } },
  attachments: {
    attachments: [
      { type: "image", payload: { url: "https://shop.example/a.jpg" } },
      { type: "image", payload: { attachment_id: "1857777774821032" } },
    ],
  },
  sticker: { sticker_id: 369239263222822 },
  button: template({
    template_type: "button",
    text: "What next?",
    buttons: [WEB_URL, POSTBACK, CALL],
    sharable: false,
  }),
  login: template({
    template_type: "button",
    text: "Your account",
    buttons: [
      { type: "account_link", url: "https://shop.example/login" },
      { type: "account_unlink" },
      { type: "game_play", title: "Play", payload: "L2", game_metadata: { player_id: "1" } },
    ],
  }),
  generic: template({
    template_type: "generic",
    sharable: true,
    image_aspect_ratio: "square",
    elements: [
      {
        title: "Blue mug",
        subtitle: "Back in stock",
        image_url: "https://shop.example/mug.jpg",
        default_action: { type: "web_url", url: "https://shop.example/mug" },
        buttons: [WEB_URL, POSTBACK, CALL],
      },
      { title: "Red mug", subtitle: "New" },
    ],
  }),
  media: template({
    template_type: "media",
    sharable: true,
    elements: [
      { media_type: "video", url: "https://www.facebook.com/acme/videos/1", buttons: [POSTBACK] },
    ],
  }),
  receipt: template({
    template_type: "receipt",
    sharable: false,
    recipient_name: "Ana Weber",
    merchant_name: "Acme",
    order_number: "A17",
    currency: "EUR",
    payment_method: "Visa 1234",
    order_url: "https://shop.example/orders/A17",
    timestamp: "1796000000",
    elements: [
      {
        title: "Blue mug",
        subtitle: "0.3 l",
        quantity: 2,
        price: 12.5,
        currency: "EUR",
        image_url: "https://shop.example/mug.jpg",
      },
    ],
    address: {
      street_1: "Hauptstr. 1",
      street_2: "",
      city: "Berlin",
      postal_code: "10115",
      state: "BE",
      country: "DE",
    },
    summary: { subtotal: 25, shipping_cost: 4.95, total_tax: "4.75", total_cost: "29.95" },
    adjustments: [{ name: "New customer", amount: 5 }],
  }),
  coupon: template({
    template_type: "coupon",
    title: "10% off everything",
    subtitle: "Until Sunday",
    coupon_code: "TENOFF",
    coupon_url: "https://shop.example/",
    coupon_url_button_title: "Shop now",
    coupon_pre_message: "A gift for you",
    image_url: "https://shop.example/sale.png",
    payload: "AUTUMN",
  }),
  product: template({ template_type: "product", elements: [{ id: "4000000000000001" }] }),
  customer_feedback: template({
    template_type: "customer_feedback",
    title: "How was it?",
    subtitle: "Tell us in one tap",
    button_title: "Rate us",
    feedback_screens: [
      {
        questions: [
          {
            id: "q1",
            type: "csat",
            title: "How do you like your mug?",
            score_label: "neg_pos",
            score_option: "five_stars",
            follow_up: { type: "free_form", placeholder: "Tell us more" },
          },
        ],
      },
    ],
    business_privacy: { url: "https://shop.example/privacy" },
    expires_in_days: 3,
  }),
  image_grid: template({
    template_type: "image_grid",
    elements: [
      {
        title: "New this week",
        subtitle: "Tap what you like",
        images: [
          {
            url: "https://shop.example/1.jpg",
            action: { type: "web_url", url: "https://shop.example/1" },
          },
          {
            url: "https://shop.example/2.jpg",
            is_hero_image: true,
            action: { type: "postback", payload: "IMAGE_2" },
          },
        ],
        buttons: [{ type: "web_url", title: "Shop", url: "https://shop.example/" }, POSTBACK],
      },
    ],
  }),
  utility: {
    template: {
      name: "order_update_v2",
      language: { code: "en" },
      components: [
        { type: "header", parameters: [{ type: "text", text: "Order" }] },
        { type: "body", parameters: [{ type: "text", text: "A17", parameter_name: "order_id" }] },
        {
          type: "buttons",
          parameters: [
            { type: "POSTBACK", payload: "12345" },
            { type: "URL", url: "1234" },
          ],
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
