/** A "no" in Graph's shape. Most come with HTTP 400 (messenger-platform.md section 4). */
export interface Refusal {
  readonly status?: number;
  readonly code: number;
  readonly subcode?: number;
  /** Without the leading `(#code) `. */
  readonly message: string;
  readonly transient?: boolean;
}

let traces = 0;

/** The JSON body of an error answer (messenger-platform.md section 1.5). */
export function refusalBody(refusal: Refusal): string {
  traces += 1;
  return JSON.stringify({
    error: {
      message: `(#${refusal.code}) ${refusal.message}`,
      type: "OAuthException",
      code: refusal.code,
      ...(refusal.subcode === undefined ? {} : { error_subcode: refusal.subcode }),
      ...(refusal.transient === undefined ? {} : { is_transient: refusal.transient }),
      fbtrace_id: `Asandbox${traces.toString(36).padStart(12, "0")}`,
    },
  });
}
