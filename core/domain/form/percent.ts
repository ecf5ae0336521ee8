import { accept, type Outcome, refuse } from "../outcome.ts";

/**
 * Reads a share in percent as people write it, with two decimals at most: "99,7", "99.7%", "100 %".
 *
 * @returns with a point, "99.7"
 */
export function parsePercent(entered: string, { min, max }: { min: number; max: number }): Outcome<string> {
  const text = /^(\d{1,3}(?:[.,]\d{1,2})?) ?%?$/.exec(entered.trim())?.[1]?.replace(",", ".");
  if (text === undefined) return refuse("percent-unreadable", { min, max });
  const percent = Number(text);
  return percent >= min && percent <= max ? accept(String(percent)) : refuse("percent-out-of-range", { min, max });
}
