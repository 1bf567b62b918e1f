import { quote, type Spot } from "./spot.ts";

/** A percentage from 0% to 100%, decimals allowed, as a share from 0 to 1. */
export function checkShare(spot: Spot): number | undefined {
  const { written } = spot;
  const match = typeof written === "string" ? /^(\d{1,3}(?:\.\d+)?)\s?%$/.exec(written) : null;
  const percent = Number(match?.[1]);
  if (match !== null && percent <= 100) return percent / 100;
  return spot.refuse({
    code: "SHARE_INVALID",
    summary: "Not a percentage",
    detail: `${quote(written)} is not a share of people. Write a percentage from 0% to 100%: 10%.`,
  });
}
