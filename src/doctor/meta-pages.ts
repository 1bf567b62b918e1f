const DEVELOPERS = "https://developers.facebook.com";
const MESSENGER = `${DEVELOPERS}/documentation/business-messaging/messenger-platform`;

/** Where Meta says what a check goes by. */
export const META_PAGES = {
  tokens: `${DEVELOPERS}/docs/facebook-login/guides/access-tokens/get-long-lived`,
  debugToken: `${DEVELOPERS}/docs/graph-api/reference/debug_token`,
  proof: `${DEVELOPERS}/docs/graph-api/guides/secure-requests`,
  permissions: `${MESSENGER}/overview`,
  webhooks: `${MESSENGER}/webhooks`,
  status: `${MESSENGER}/reference/page-status-api`,
  modes: `${DEVELOPERS}/documentation/development/build-and-test/app-modes`,
  versions: `${DEVELOPERS}/docs/graph-api/changelog`,
  utility: `${MESSENGER}/send-messages/utility-messages`,
} as const;
