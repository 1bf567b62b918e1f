/** One call of the API, wherever its parts stood: in the path, query, body or header. */
export interface Call {
  readonly method: string;
  /** Where it was made, as the caller names it: `127.0.0.1:4025`. */
  readonly host: string;
  /** `v25.0`; undefined when the path has none. */
  readonly version: string | undefined;
  /** The path without the version, in parts: `["422500000000001", "messages"]`. */
  readonly path: readonly string[];
  /** Query and body together; a body's field wins. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  /** How the body came; `malformed` when it is neither JSON nor form fields. */
  readonly body: "none" | "json" | "form" | "malformed";
  /** What the sender told of this send in `posthorn-about`; only Posthorn does. */
  readonly about: string | undefined;
}

/** An HTTP request with its whole body. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly about: string | undefined;
  /** The page of a browser that makes the call. */
  readonly origin: string | undefined;
  readonly body: string;
}

export function parseCall(raw: RawRequest): Call {
  const [pathname = "", query = ""] = raw.url.split("?", 2);
  const { kind, fields } = parseBody(raw);
  const params = query === "" ? fields : { ...parseForm(query), ...fields };
  const parts = pathname.split("/").filter((part) => part !== "");
  const version = /^v\d+\.\d+$/.test(parts[0] ?? "") ? parts.shift() : undefined;
  return {
    method: raw.method,
    host: raw.host,
    version,
    path: parts,
    params,
    token: tokenOf(raw, params),
    body: kind,
    about: raw.about,
  };
}

function tokenOf(raw: RawRequest, params: Readonly<Record<string, unknown>>): string | undefined {
  const inParams = params["access_token"];
  if (typeof inParams === "string" && inParams !== "") return inParams;
  return /^Bearer +(\S+)$/i.exec(raw.authorization ?? "")?.[1];
}

interface ParsedBody {
  readonly kind: Call["body"];
  readonly fields: Readonly<Record<string, unknown>>;
}

function parseBody({ body, contentType }: RawRequest): ParsedBody {
  if (body === "") return { kind: "none", fields: {} };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return { kind: "form", fields: parseForm(body) };
  }
  const value = parseJson(body);
  return isRecord(value) ? { kind: "json", fields: value } : { kind: "malformed", fields: {} };
}

/** Form fields; objects and lists stand in them as JSON (messenger-platform.md section 1.5). */
function parseForm(text: string): Record<string, unknown> {
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
