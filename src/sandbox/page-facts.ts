import { type Answer, jsonReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { World } from "./world.ts";

const APP_ID = "1111";
const SCOPES = [
  "pages_show_list",
  "pages_messaging",
  "pages_manage_metadata",
  "pages_read_engagement",
  "pages_utility_messaging",
  "business_management",
];

/** `GET /debug_token?input_token=…` (messenger-platform.md section 1.3). */
export function debugToken({ params }: Call, world: World): Answer {
  const isValid = world.token === undefined || params["input_token"] === world.token;
  const facts = {
    app_id: APP_ID,
    type: "PAGE",
    application: "Sandbox",
    is_valid: isValid,
    issued_at: 1_760_000_000,
    expires_at: 0,
    data_access_expires_at: 0,
    profile_id: world.pageId,
    scopes: isValid ? SCOPES : [],
  };
  const error = { code: 190, message: "Invalid OAuth access token." };
  return jsonReply({ data: isValid ? facts : { ...facts, error } });
}

/** `GET /me/accounts`. */
export function listAccounts({ token }: Call, { pageId }: World): Answer {
  const tasks = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
  const page = { access_token: token, category: "Shopping", name: "Sandbox", id: pageId, tasks };
  return jsonReply({ data: [page], paging: { cursors: { before: "MA", after: "MA" } } });
}

/** `GET /<page>/page_status`. */
export function showPageStatus(_call: Call, world: World): Answer {
  const restriction = { feature: "page_messaging_api", description: "Restricted by the sandbox" };
  return jsonReply({
    id: world.pageId,
    timestamp: Math.floor(world.now() / 1000),
    status: world.restricted ? "restricted" : "ok",
    violations: [],
    restrictions: world.restricted ? [restriction] : [],
    recommended_actions: [],
    action_events: [],
  });
}
