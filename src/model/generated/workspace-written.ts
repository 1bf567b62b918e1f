// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.

/**
 * A type, or a type and whether plans mask the values.
 */
export type Attribute =
  | ("string" | "number" | "integer" | "boolean" | "timestamp" | "date" | "string[]")
  | {
      /**
       * Type of the values. There is no coercion: a value that contradicts it is an error.
       */
      type: "string" | "number" | "integer" | "boolean" | "timestamp" | "date" | "string[]";
      /**
       * Whether plans mask its values. Without it: true for string and string[].
       */
      sensitive?: boolean;
    };

/**
 * posthorn.yaml: one Facebook Page with its user data, state and guards.
 */
export interface WrittenWorkspace {
  /**
   * Name of the workspace: letters, digits, ".", "_" and "-". It is part of every delivery's id: renaming it makes everyone due again.
   */
  workspace: string;
  /**
   * IANA time zone of the workspace: for dates in segments, and for people whose own zone is not known.
   */
  timezone: string;
  /**
   * The Facebook Page that sends, and how fast it may.
   */
  page: {
    /**
     * Id of the Facebook Page, in quotes: 5 to 20 digits.
     */
    id: string;
    /**
     * Name of the environment variable that holds the page access token. The token itself never stands here.
     */
    access_token: string;
    /**
     * Name of the environment variable that holds the app secret. With it every call carries appsecret_proof.
     */
    app_secret?: string;
    /**
     * Name of the environment variable that holds the word by which Meta proves itself when it subscribes to `posthorn webhook`. You make it up, and type it into the app's dashboard too.
     */
    verify_token?: string;
    /**
     * Mode of the Meta app. In development only the declared testers can be reached.
     */
    mode?: "live" | "development";
    /**
     * PSIDs, in quotes, by the testers' names: who test-send may write to, and who is reached in development mode.
     */
    testers?: {
      /**
       * PSID of the tester, in quotes: 5 to 20 digits.
       */
      [k: string]: string;
    };
    /**
     * Messages per second, 1/s to 300/s (Meta's ceiling; audio and video 10/s). "unlimited" only where graph.url is a loopback address.
     */
    rate?: string;
    /**
     * Safety margin of the 24 hour window: it counts as open while now is at most last_inbound + 24h less this. Below 24h.
     */
    window_margin?: string;
  };
  /**
   * The Graph API to call.
   */
  graph?: {
    /**
     * Graph API version, pinned.
     */
    version?: string;
    /**
     * How long to wait for an answer before the fate of a request counts as unknown.
     */
    timeout?: string;
    /**
     * https://graph.facebook.com or a loopback address. Any other host only through the environment variable POSTHORN_GRAPH_URL.
     */
    url?: string;
  };
  /**
   * The user data: where it lies and what its columns mean.
   */
  users: {
    /**
     * File or glob inside the workspace (.json array, .ndjson, .csv or .parquet), or ${NAME} of an environment variable that holds one.
     */
    source: string;
    /**
     * Column with the id of a user, unique in the data.
     */
    id: string;
    /**
     * Column with the page-scoped id: text of 5 to 20 digits.
     */
    psid: string;
    /**
     * Column with the timestamp at which the person last wrote to the page: opens the 24 hour window.
     */
    last_inbound?: string;
    /**
     * Boolean column with the person's explicit permission, which Meta wants; or "assumed": everyone agreed, and every plan says so.
     */
    consent: string;
    /**
     * Column with the timestamp at which the person gave or took back that permission. With it the newer of what the data says and what the person told the page holds; without it every opt-out holds.
     */
    consent_at?: string;
    /**
     * Folder inside the workspace in which Posthorn keeps what people told the page, or ${NAME} of an environment variable that holds one. Plans join it to the user data. Without it what is learnt is written into source, which then is one .json file.
     */
    inbound?: string;
    /**
     * Column with the person's IANA time zone.
     */
    timezone?: string;
    /**
     * Column with the person's locale, which chooses among a campaign's locales.
     */
    locale?: string;
    /**
     * Older user data is a warning in every plan.
     */
    max_age?: string;
    /**
     * Every other column that a segment or a message may name, with its type.
     */
    attributes?: {
      [k: string]: Attribute;
    };
  };
  /**
   * What the page makes of what people write to it: who agrees, who takes that back, and which user a person is.
   */
  people?: {
    opt_in?: Signs;
    opt_out?: Signs1;
    /**
     * Which attribute of the user data, or its id column, tells whose PSID a new one is.
     */
    join?: {
      /**
       * The ref of an m.me link, an ad or a plugin equals this attribute. Anybody can write a link: use a value that nobody can guess.
       */
      ref?:
        | string
        | {
            /**
             * An attribute of type string, or the id column.
             */
            attribute: string;
            /**
             * What stands before the value, and is no part of it.
             */
            prefix: string;
          };
      /**
       * The payload of an opt-in equals this attribute.
       */
      payload?:
        | string
        | {
            /**
             * An attribute of type string, or the id column.
             */
            attribute: string;
            /**
             * What stands before the value, and is no part of it.
             */
            prefix: string;
          };
      /**
       * The e-mail address that the person shared by a quick reply equals this attribute, upper and lower case alike.
       */
      email?:
        | string
        | {
            /**
             * An attribute of type string, or the id column.
             */
            attribute: string;
            /**
             * What stands before the value, and is no part of it.
             */
            prefix: string;
          };
      /**
       * The phone number that the person shared by a quick reply has the digits of this attribute, country code included.
       */
      phone?:
        | string
        | {
            /**
             * An attribute of type string, or the id column.
             */
            attribute: string;
            /**
             * What stands before the value, and is no part of it.
             */
            prefix: string;
          };
    };
  };
  /**
   * What people did: for event conditions and for campaigns that are sent on an event.
   */
  events?: {
    /**
     * File or glob inside the workspace (.json array, .ndjson, .csv or .parquet), or ${NAME} of an environment variable that holds one.
     */
    source: string;
    /**
     * Column with the id of an event, unique in the data.
     */
    id: string;
    /**
     * Column with the id of the user it belongs to.
     */
    user: string;
    /**
     * Column with the event's name, such as order_placed.
     */
    name: string;
    /**
     * Column with the timestamp of the event.
     */
    at: string;
    /**
     * Every other column that a condition or {{event.…}} in a message may name, with its type.
     */
    properties?: {
      [k: string]: Attribute;
    };
  };
  /**
   * Constants for messages. A name that an attribute has already is an error.
   */
  vars?: {
    /**
     * A text, a number, or true or false.
     */
    [k: string]: string | number | boolean;
  };
  /**
   * Where ledger and state live: a folder inside the workspace, git+branch:NAME, or ${NAME} of an environment variable that holds a folder.
   */
  state?: string;
  /**
   * What validate and plan warn of beside Meta's limits.
   */
  policy?: {
    /**
     * Words and phrases that sound like promotion, by language: warned of in UTILITY and under any purpose but promotion. English has a list of its own unless you write one; an empty list switches a language off.
     */
    promotional_words?: {
      /**
       * Words of one language; found as whole words, in any case.
       *
       * @maxItems 500
       */
      [k: string]: string[];
    };
  };
  /**
   * Limits that block or hold back.
   */
  guards?: {
    /**
     * Most people that one apply may write to, over all campaigns.
     */
    max_recipients?: number;
    /**
     * Blocks a campaign whose audience grew by more than percent since its last completed occurrence and is above at_least people.
     */
    max_growth?: {
      /**
       * Growth that is still allowed: 50% lets 1000 become 1500.
       */
      percent: string;
      /**
       * Up to this many people growth never blocks.
       */
      at_least?: number;
    };
    /**
     * What to do when a campaign that is due reaches nobody.
     */
    empty_audience?: "block" | "warn" | "ignore";
    /**
     * Most messages to one person in a sliding period, over all campaigns.
     */
    frequency_cap?: {
      /**
       * Messages in that period.
       */
      max: number;
      /**
       * Length of the sliding period.
       */
      per: string;
    };
    /**
     * Time of day in which nobody is written to, in the person's zone. May cross midnight.
     */
    quiet_hours?: {
      /**
       * First minute of quiet.
       */
      from: string;
      /**
       * First minute after the quiet.
       */
      to: string;
    };
  };
}
/**
 * By what a person agrees to messages. Nothing counts by itself.
 */
export interface Signs {
  /**
   * Messages that say nothing else; upper and lower case alike, punctuation around them aside.
   *
   * @minItems 1
   *
   * Items: A word or a few.
   */
  words?: string[];
  /**
   * Payloads, letter by letter.
   *
   * @minItems 1
   *
   * Items: A payload.
   */
  payloads?: string[];
}
/**
 * By what a person takes that back. Without words: stop, unsubscribe and their like in the most common languages.
 */
export interface Signs1 {
  /**
   * Messages that say nothing else; upper and lower case alike, punctuation around them aside.
   *
   * @minItems 1
   *
   * Items: A word or a few.
   */
  words?: string[];
  /**
   * Payloads, letter by letter.
   *
   * @minItems 1
   *
   * Items: A payload.
   */
  payloads?: string[];
}
