import type { Instant } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";

/** What came of a question to the Graph API. */
export type GraphAnswer =
  | { readonly kind: "told"; readonly body: JsonObject; readonly heard: Heard }
  /** Meta answered with an error of its own. */
  | { readonly kind: "refused"; readonly refusal: GraphRefusal; readonly heard: Heard }
  /** Nobody answered, or not as the Graph API does. `reason` is a part of a sentence. */
  | { readonly kind: "unreached"; readonly reason: string };

/** What every answer says beside what was asked. */
export interface Heard {
  /** The version of the API that answered; null: it does not say. */
  readonly version: string | null;
  /** The answerer's clock, in whole seconds; null: it does not say. */
  readonly at: Instant | null;
}

/** `message` is in Meta's words, without secrets and ids. */
export interface GraphRefusal {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
  /** The token itself is refused, or may not ask this. */
  readonly isDenied: boolean;
}

/**
 * Questions to the Graph API that change nothing. Never throws for what the network or Meta does.
 * Secrets travel in the Authorization header or in a body, never in an address.
 */
export interface GraphReader {
  /** `edge` is below the version: `422500000000001/page_status`. */
  read(edge: string, params?: Readonly<Record<string, string>>): Promise<GraphAnswer>;
  /** What Meta knows of a token: `{ data: { is_valid, scopes, expires_at, … } }`. */
  inspect(token: string): Promise<GraphAnswer>;
  close(): Promise<void>;
}

/** An app's id and secret, and the short-lived token of a person who may use the Page. */
export interface UserLogin {
  readonly appId: string;
  readonly appSecret: string;
  readonly userToken: string;
}
