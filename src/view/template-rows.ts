import type { Coupon, Feedback, Receipt, Utility, UtilityValue } from "../bubble/bubble.ts";
import { type BoxRow, chunked, columnsOf, padTo, RULE, wrapColumns } from "./box.ts";

/** A label at the left and an amount at the right; below each other where the room is too small. */
function sides(label: string, amount: string, room: number): string[] {
  const [left, right] = [wrapColumns(label, room), wrapColumns(amount, room)];
  const [first = "", ...more] = left;
  const [only = ""] = right;
  const fits = right.length === 1 && columnsOf(first) + 2 + columnsOf(only) <= room;
  if (!fits) return [...left, ...right];
  return [padTo(first, room - columnsOf(only)) + only, ...more];
}

function words(text: string, room: number): string[] {
  return text === "" ? [] : wrapColumns(text, room);
}

export function receiptRows(receipt: Receipt, room: number): BoxRow[] {
  const { merchant, orderNumber, orderUrl, orderedAt, rows, sums, address } = receipt;
  const { paymentMethod, recipient } = receipt;
  const head = [merchant, orderedAt].filter((one) => one !== "").join(" · ");
  const foot = [paymentMethod, recipient].filter((one) => one !== "").join(" · ");
  return [
    ...words(`Order ${orderNumber}`, room),
    ...(orderUrl === null ? [] : chunked(`→ ${orderUrl}`, room)),
    ...words(head, room),
    RULE,
    ...rows.flatMap(({ title, subtitle, quantity, amount }) => {
      const many = quantity === "" || quantity === "1" ? "" : `${quantity} × `;
      return [...sides(`${many}${title}`, amount, room), ...words(subtitle, room)];
    }),
    RULE,
    ...sums.flatMap(({ label, amount }) => sides(label, amount, room)),
    ...words(foot, room),
    ...words(address.join(", "), room),
  ];
}

export function couponRows({ preMessage, code }: Coupon, room: number): BoxRow[] {
  return [
    ...(preMessage === "" ? [] : [...words(preMessage, room), RULE]),
    ...(code === "" ? [] : words(`[coupon] ${code}`, room)),
  ];
}

export function feedbackRows(feedback: Feedback, room: number): BoxRow[] {
  const { title, subtitle, questions, buttonTitle, privacyUrl } = feedback;
  return [
    ...words(title, room),
    ...words(subtitle, room),
    ...questions.flatMap((question) => [
      RULE,
      ...words(question.title, room),
      ...words(question.scores.map((score) => `(${score})`).join(" "), room),
      ...(question.placeholder === "" ? [] : words(`[ ${question.placeholder} … ]`, room)),
    ]),
    ...(privacyUrl === null ? [] : [RULE, ...chunked(`Privacy → ${privacyUrl}`, room)]),
    RULE,
    ...words(`[ ${buttonTitle} ]`, room),
  ];
}

/** Its fixed words lie with Meta, so the values stand in a list. */
export function utilityRows({ name, language, header, body }: Utility, room: number): BoxRow[] {
  const values = (part: string, own: readonly UtilityValue[]) =>
    own.flatMap((one) => wrapColumns(`${part} {{${one.name}}}: ${one.text}`, room));
  return [
    ...words(`[template] ${name} (${language})`, room),
    ...values("header", header),
    ...values("body", body),
  ];
}
