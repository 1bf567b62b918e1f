/** One call of the API, wherever its parts stood: in the path, query, body or header. */
export interface Call {
  readonly method: string;
  /** `v25.0`; undefined when the path has none. */
  readonly version: string | undefined;
  /** The path without the version, in parts: `["422500000000001", "messages"]`. */
  readonly path: readonly string[];
  /** Query and body together; a body's field wins. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
}

/** An HTTP request with its whole body. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** `undefined` when the body is neither JSON nor form fields. */
export function parseCall(raw: RawRequest): Call | undefined {
  const [pathname = "", query = ""] = raw.url.split("?", 2);
  const fields = raw.body === "" ? {} : parseBody(raw.body, raw.contentType);
  if (fields === undefined) return undefined;
  const params = query === "" ? fields : { ...parseForm(query), ...fields };
  const parts = pathname.split("/").filter((part) => part !== "");
  const version = /^v\d+\.\d+$/.test(parts[0] ?? "") ? parts.shift() : undefined;
  return { method: raw.method, version, path: parts, params, token: tokenOf(raw, params) };
}

function tokenOf(raw: RawRequest, params: Readonly<Record<string, unknown>>): string | undefined {
  const inParams = params["access_token"];
  if (typeof inParams === "string" && inParams !== "") return inParams;
  return /^Bearer +(\S+)$/i.exec(raw.authorization ?? "")?.[1];
}

function parseBody(body: string, contentType: string): Record<string, unknown> | undefined {
  if (contentType.startsWith("application/x-www-form-urlencoded")) return parseForm(body);
  const value = parseJson(body);
  return isRecord(value) ? value : undefined;
}

/** Form fields; objects and lists stand in them as JSON (messenger-platform.md section 1.5). */
export function parseForm(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    fields[name] = /^[[{]/.test(value) ? (parseJson(value) ?? value) : value;
  }
  return fields;
}

/** `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
