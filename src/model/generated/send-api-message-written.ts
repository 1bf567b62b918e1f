// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.

/**
 * The message object of Meta's Send API, as a campaign writes it; every text may hold mustache tags.
 */
export type WrittenSendApiMessage = {
  /**
   * The text, at most 2000 characters.
   */
  text?: string;
  /**
   * 1 to 13 replies to tap, under a text or an attachment.
   *
   * @minItems 1
   * @maxItems 13
   */
  quick_replies?: QuickReply[];
  attachment?: Attachment;
  /**
   * Several images, at most 30.
   *
   * @minItems 1
   * @maxItems 30
   */
  attachments?: ImageAttachment[];
  template?: UtilityTemplate;
  /**
   * A sticker.
   */
  sticker_id?: number;
  /**
   * Reserved: carries the delivery id.
   */
  metadata?: string;
} & {
  [k: string]: unknown;
};
/**
 * One quick reply.
 */
export type QuickReply = {
  /**
   * text: a reply of your own; the others offer the person's number or address.
   */
  content_type: "text" | "user_phone_number" | "user_email";
  /**
   * What it says, at most 20 characters.
   */
  title?: string;
  /**
   * What the webhook receives, at most 1000 characters.
   */
  payload?: string | number;
  /**
   * A small image beside the title, at least 24 x 24 pixels.
   */
  image_url?: string;
};
/**
 * A file or a template.
 */
export type Attachment = {
  /**
   * Decides what the payload is.
   */
  type: "image" | "video" | "audio" | "file" | "template";
  /**
   * The file, or the template.
   */
  payload: {
    [k: string]: unknown;
  };
};
/**
 * A file by its address, or by the id that Meta gave it.
 */
export type FilePayload = {
  /**
   * Where Meta fetches it: images up to 8 MB, others up to 25 MB.
   */
  url?: string;
  /**
   * Meta's id, as text; it expires 90 days after upload.
   */
  attachment_id?: string;
  /**
   * Only where the returned id is used again.
   */
  is_reusable?: boolean;
} & {
  [k: string]: unknown;
};
/**
 * One value.
 */
export type UtilityParameter = {
  /**
   * What it fills: a text, or a button's payload or address.
   */
  type: "text" | "postback" | "url" | "TEXT" | "POSTBACK" | "URL";
  /**
   * The placeholder's name, where the template has names.
   */
  parameter_name?: string;
  /**
   * The text.
   */
  text?: string;
  /**
   * What the webhook receives, at most 1000 characters.
   */
  payload?: string;
  /**
   * The end of the button's address.
   */
  url?: string;
};

/**
 * One of several images.
 */
export interface ImageAttachment {
  /**
   * Always `image`.
   */
  type: "image";
  payload: FilePayload;
}
/**
 * An approved utility template of the page.
 */
export interface UtilityTemplate {
  /**
   * Its name: small letters, digits, underscore.
   */
  name: string;
  /**
   * Which of its languages.
   */
  language: {
    /**
     * The language's code.
     */
    code: string;
  };
  /**
   * Values for its placeholders.
   */
  components?: UtilityComponent[];
}
/**
 * The values of one part of the template.
 */
export interface UtilityComponent {
  /**
   * Which part.
   */
  type: "header" | "body" | "title" | "buttons" | "HEADER" | "BODY" | "TITLE" | "BUTTONS";
  /**
   * The values, in the order of the placeholders.
   */
  parameters: UtilityParameter[];
}
