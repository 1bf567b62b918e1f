import type { Bubble, BubblePart, Button, Card, MediaFile, QuickReply } from "../bubble/bubble.ts";
import {
  type BoxRow,
  besideEachOther,
  boxLines,
  chunked,
  columnsOf,
  RULE,
  wrapColumns,
} from "./box.ts";
import { couponRows, feedbackRows, receiptRows, utilityRows } from "./template-rows.ts";

/** The widest that a bubble gets: that of a phone's screen, more or less. */
const WIDEST = 60;
const CARD_WIDTH = 32;
const FRAME = 4;

/** A message as it looks in Messenger, drawn with characters, at most `width` columns wide. */
export function bubbleLines(bubble: Bubble, width: number): string[] {
  const parts = bubble.parts.flatMap((part) => partLines(part, width));
  return [...parts, ...replyLines(bubble.quickReplies, width)];
}

function partLines(part: BubblePart, width: number): string[] {
  if (part.kind === "cards") return cardsLines(part.cards, width);
  const room = Math.max(1, Math.min(WIDEST, width) - FRAME);
  return boxLines(partRows(part, room));
}

function cardsLines(cards: readonly Card[], width: number): string[] {
  const isOne = cards.length === 1;
  const room = Math.max(1, Math.min(isOne ? WIDEST : CARD_WIDTH, width) - FRAME);
  const boxes = cards.map((card) => boxLines(cardRows(card, room), isOne ? 0 : room));
  return besideEachOther(boxes, width);
}

function partRows(part: Exclude<BubblePart, { kind: "cards" }>, room: number): BoxRow[] {
  switch (part.kind) {
    case "text":
      return [...wrapColumns(part.text, room), ...buttonRows(part.buttons, room)];
    case "file":
      return [...fileRows(part.file, room), ...buttonRows(part.buttons, room)];
    case "images":
      return part.images.flatMap((image) => fileRows(image, room));
    case "grid":
      return [
        ...part.images.flatMap(({ image, isHero }) => [
          ...fileRows(image, room, isHero ? "large image" : "image"),
        ]),
        RULE,
        ...cardRows(part.card, room),
      ];
    case "receipt":
      return receiptRows(part, room);
    case "coupon":
      return [...couponRows(part, room), ...cardRows(part.card, room)];
    case "products":
      return part.ids.flatMap((id) => wrapColumns(`[product] ${id} of the page's catalog`, room));
    case "feedback":
      return feedbackRows(part, room);
    case "utility":
      return [...utilityRows(part, room), ...buttonRows(part.buttons, room)];
    case "sticker":
      return wrapColumns(`[sticker] ${part.id}`, room);
    case "other":
      return wrapColumns(part.json, room);
  }
}

function cardRows({ title, subtitle, image, url, buttons }: Card, room: number): BoxRow[] {
  return [
    ...(image === null ? [] : fileRows(image, room)),
    ...(title === "" ? [] : wrapColumns(title, room)),
    ...(subtitle === "" ? [] : wrapColumns(subtitle, room)),
    ...(url === null ? [] : chunked(`→ ${url}`, room)),
    ...buttonRows(buttons, room),
  ];
}

function fileRows({ type, name, url }: MediaFile, room: number, word: string = type): string[] {
  const own = wrapColumns(`[${word}] ${name}`, room);
  return url === null ? own : [...own, ...chunked(`→ ${url}`, room)];
}

const ARROWS: Readonly<Record<Button["action"], string>> = {
  url: "→",
  log_in: "→",
  log_out: "→",
  play: "→",
  call: "☏",
  postback: "↩",
};

/** What it says, and below it what a tap does. */
function buttonRows(buttons: readonly Button[], room: number): BoxRow[] {
  return buttons.flatMap(({ title, action, value }) => [
    RULE,
    ...wrapColumns(`[ ${title} ]`, room),
    ...(value === "" ? [] : chunked(`${ARROWS[action]} ${value}`, room)),
  ]);
}

function replyLines(replies: readonly QuickReply[], width: number): string[] {
  const lines: string[] = [];
  let canGoOn = false;
  for (const { title } of replies) {
    const [reply = "", ...more] = wrapColumns(`( ${title.replaceAll("\n", " ")} )`, width);
    const last = lines.at(-1) ?? "";
    if (canGoOn && columnsOf(last) + 2 + columnsOf(reply) <= width && more.length === 0) {
      lines[lines.length - 1] = `${last}  ${reply}`;
    } else lines.push(reply, ...more);
    canGoOn = more.length === 0;
  }
  return lines;
}
