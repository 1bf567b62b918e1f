import { DAY_MS } from "./instant.ts";

/* Dates such as `2026-12-07`, without a zone: how they follow each other is the same in all. */

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The date that comes so many days after one. */
export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Every date from one to another, which is left out. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = dayAfter(day)) days.push(day);
  return days;
}

/** The day of the week; its number counts from Monday, 1. */
export function weekday(date: string): { readonly name: string; readonly number: number } {
  const number = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  return { name: WEEKDAYS[number - 1] ?? "", number };
}
