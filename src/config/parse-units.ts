/** `50%` as 50. The form has been checked. */
export function parsePercent(written: string): number {
  return Number.parseFloat(written);
}

/** `5%` as the share 0.05. */
export function parseShare(written: string): number {
  return parsePercent(written) / 100;
}

/** `21:30` as minutes from midnight. */
export function parseMinuteOfDay(written: string): number {
  const [hour = "0", minute = "0"] = written.split(":");
  return Number(hour) * 60 + Number(minute);
}
