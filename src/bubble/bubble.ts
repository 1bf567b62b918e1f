/** What a Send API message looks like to the person who gets it. */
export interface Bubble {
  /** From top to bottom; never empty. */
  readonly parts: readonly BubblePart[];
  /** Under the last part, and only until the person answers. */
  readonly quickReplies: readonly QuickReply[];
}

export type BubblePart =
  | { readonly kind: "text"; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly kind: "file"; readonly file: MediaFile; readonly buttons: readonly Button[] }
  | { readonly kind: "images"; readonly images: readonly MediaFile[] }
  /** One card, or several beside each other. */
  | { readonly kind: "cards"; readonly cards: readonly Card[]; readonly isSquare: boolean }
  | { readonly kind: "grid"; readonly card: Card; readonly images: readonly GridImage[] }
  | ({ readonly kind: "receipt" } & Receipt)
  | ({ readonly kind: "coupon" } & Coupon)
  /** Products of the Page's catalog: their looks are Meta's, only their ids are in the message. */
  | { readonly kind: "products"; readonly ids: readonly string[] }
  | ({ readonly kind: "feedback" } & Feedback)
  | ({ readonly kind: "utility" } & Utility)
  | { readonly kind: "sticker"; readonly id: string }
  /** What no other kind fits, as indented JSON. */
  | { readonly kind: "other"; readonly json: string };

export interface MediaFile {
  readonly type: "image" | "video" | "audio" | "file";
  /** Null for a file that Meta keeps and the message names by id. */
  readonly url: string | null;
  /** The last part of its address, or `attachment 1857…`. */
  readonly name: string;
}

export interface Button {
  readonly title: string;
  readonly action: "url" | "postback" | "call" | "log_in" | "log_out" | "play";
  /** The address, payload or number; empty where there is none. */
  readonly value: string;
}

export interface QuickReply {
  readonly type: "text" | "user_phone_number" | "user_email";
  readonly title: string;
  readonly payload: string;
  readonly image: MediaFile | null;
}

export interface Card {
  readonly title: string;
  readonly subtitle: string;
  readonly image: MediaFile | null;
  /** Where a tap on the card itself leads. */
  readonly url: string | null;
  readonly buttons: readonly Button[];
}

export interface GridImage {
  readonly image: MediaFile;
  /** The one that is shown larger. */
  readonly isHero: boolean;
  readonly action: Button | null;
}

/** Amounts are texts with their currency: `29.95 EUR`. */
export interface Receipt {
  readonly merchant: string;
  readonly recipient: string;
  readonly orderNumber: string;
  readonly orderUrl: string | null;
  readonly paymentMethod: string;
  /** ISO 8601, or empty. */
  readonly orderedAt: string;
  readonly rows: readonly ReceiptRow[];
  /** What it was made of, then the total. */
  readonly sums: readonly { readonly label: string; readonly amount: string }[];
  readonly address: readonly string[];
}

export interface ReceiptRow {
  readonly title: string;
  readonly subtitle: string;
  readonly quantity: string;
  readonly amount: string;
  readonly image: MediaFile | null;
}

export interface Coupon {
  readonly preMessage: string;
  readonly card: Card;
  /** Empty where the coupon is an address alone. */
  readonly code: string;
}

export interface Feedback {
  readonly title: string;
  readonly subtitle: string;
  readonly buttonTitle: string;
  readonly questions: readonly FeedbackQuestion[];
  readonly privacyUrl: string | null;
}

export interface FeedbackQuestion {
  readonly title: string;
  /** From worst to best: `1`…`5`, `0`…`10`, or stars and faces by number. */
  readonly scores: readonly string[];
  readonly placeholder: string;
}

/** Its fixed words are kept by Meta; the message carries the values alone. */
export interface Utility {
  readonly name: string;
  readonly language: string;
  readonly header: readonly UtilityValue[];
  readonly body: readonly UtilityValue[];
  readonly buttons: readonly Button[];
}

export interface UtilityValue {
  /** `order_id`, or `1` for the first of a template whose placeholders have no names. */
  readonly name: string;
  readonly text: string;
}
