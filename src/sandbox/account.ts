/** What Meta keeps of the app, its token and the Page's settings; times in seconds, 0: never. */
export interface Account {
  readonly pageName: string;
  /** Pages that the user token reaches too; they are listed before this one. */
  readonly otherPages: readonly string[];
  /** The only accepted user token; undefined: any. */
  readonly userToken: string | undefined;
  readonly tokenExpiresAt: number;
  readonly dataAccessExpiresAt: number;
  readonly scopes: readonly string[];
  /** What the token's person may do on the Page. */
  readonly tasks: readonly string[];
  /** Of the Page's webhook subscription; null: the app is not subscribed. */
  readonly subscribedFields: readonly string[] | null;
  /** How far the `Date` of answers is ahead of this machine's clock. */
  readonly clockAheadMs: number;
}

export const APP_ID = "1111";

/** An account with nothing wrong. */
export const SOUND_ACCOUNT: Account = {
  pageName: "Sandbox",
  otherPages: [],
  userToken: undefined,
  tokenExpiresAt: 0,
  dataAccessExpiresAt: 0,
  scopes: [
    "pages_show_list",
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_utility_messaging",
    "business_management",
  ],
  tasks: ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
  subscribedFields: [
    "messages",
    "messaging_postbacks",
    "messaging_optins",
    "messaging_referrals",
    "message_deliveries",
    "message_reads",
    "message_echoes",
    "message_reactions",
    "messaging_policy_enforcement",
  ],
  clockAheadMs: 0,
};

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

const FITS: Readonly<Record<keyof Account, (value: unknown) => boolean>> = {
  pageName: (value) => typeof value === "string",
  otherPages: isTexts,
  userToken: (value) => typeof value === "string",
  tokenExpiresAt: Number.isFinite,
  dataAccessExpiresAt: Number.isFinite,
  scopes: isTexts,
  tasks: isTexts,
  subscribedFields: (value) => value === null || isTexts(value),
  clockAheadMs: Number.isFinite,
};

/** What is wrong with changes to an account that somebody posts; empty: nothing. */
export function accountProblems(changes: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(changes).flatMap(([key, value]) => {
    if (!Object.hasOwn(FITS, key)) return [`The page has no "${key}".`];
    return FITS[key as keyof Account](value) ? [] : [`${key} has a value that does not fit.`];
  });
}
