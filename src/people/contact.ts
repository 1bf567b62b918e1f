const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?\d[\d ()./-]{4,18}\d$/;
/** A longer value is no address and no number. */
const LONGEST = 254;

/** What a quick reply shared, told by its form: Meta marks neither. */
export function contactIn(payload: string): { readonly email?: string; readonly phone?: string } {
  if (payload.length > LONGEST) return {};
  if (EMAIL.test(payload)) return { email: payload };
  return PHONE.test(payload) ? { phone: payload } : {};
}
