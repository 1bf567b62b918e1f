import { formatInstant, SECOND_MS } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import type { BubblePart, ReceiptRow } from "./bubble.ts";
import { objectAt, objectsAt, textAt, webUrlAt } from "./fields.ts";
import { imageAt } from "./file-of.ts";

const SUMS = [
  ["subtotal", "Subtotal"],
  ["shipping_cost", "Shipping"],
  ["total_tax", "Tax"],
] as const;

const ADDRESS = ["street_1", "street_2", "postal_code", "city", "state", "country"];

/** A receipt (messenger-platform.md section 3). */
export function receiptPart(payload: JsonObject): BubblePart {
  const currency = textAt(payload, "currency");
  const address = objectAt(payload, "address");
  return {
    kind: "receipt",
    merchant: textAt(payload, "merchant_name"),
    recipient: textAt(payload, "recipient_name"),
    orderNumber: textAt(payload, "order_number"),
    orderUrl: webUrlAt(payload, "order_url"),
    paymentMethod: textAt(payload, "payment_method"),
    orderedAt: secondsAsInstant(textAt(payload, "timestamp")),
    rows: objectsAt(payload, "elements").map((element) => rowOf(element, currency)),
    sums: sumsOf(payload, currency),
    address: ADDRESS.map((key) => textAt(address, key)).filter((line) => line !== ""),
  };
}

function rowOf(element: JsonObject, currency: string): ReceiptRow {
  return {
    title: textAt(element, "title"),
    subtitle: textAt(element, "subtitle"),
    quantity: textAt(element, "quantity"),
    amount: amount(textAt(element, "price"), textAt(element, "currency") || currency),
    image: imageAt(element, "image_url"),
  };
}

function sumsOf(payload: JsonObject, currency: string) {
  const summary = objectAt(payload, "summary");
  const parts = SUMS.map(([key, label]) => ({ label, value: textAt(summary, key) }));
  const adjustments = objectsAt(payload, "adjustments").map((one) => ({
    label: textAt(one, "name") || "Discount",
    value: textAt(one, "amount") === "" ? "" : `-${textAt(one, "amount")}`,
  }));
  const total = { label: "Total", value: textAt(summary, "total_cost") };
  return [...parts, ...adjustments, total]
    .filter(({ value }) => value !== "")
    .map(({ label, value }) => ({ label, amount: amount(value, currency) }));
}

function amount(value: string, currency: string): string {
  return value === "" ? "" : `${value} ${currency}`.trim();
}

/** Seconds since 1970 as text, which is how Meta takes them. */
function secondsAsInstant(text: string): string {
  return /^\d{1,10}$/.test(text) ? formatInstant(Number(text) * SECOND_MS) : "";
}
