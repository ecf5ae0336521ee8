import { accept, type Outcome, refuse } from "../outcome.ts";

/**
 * A civil servant's number: birth YYYYMMDD, appointment YYYYMM (for PPPK the month field is 21), sex 1 or 2, sequence of three.
 * Spaces, as printed on cards, are taken out.
 *
 * source: Peraturan Kepala BKN 22/2007, on the form of the NIP
 */
export function parseNip(entered: string): Outcome<string> {
  const nip = entered.replace(/[\s.]/g, "");
  if (/\D/.test(nip)) return refuse("nip-not-digits");
  if (nip.length !== 18) return refuse("nip-length", { length: nip.length });
  const [year, month, day] = [Number(nip.slice(0, 4)), Number(nip.slice(4, 6)), Number(nip.slice(6, 8))];
  const appointed = Number(nip.slice(12, 14));
  const isDate = isDayOfMonth(year, month, day) && year >= 1900;
  const isMonth = (appointed >= 1 && appointed <= 12) || appointed === 21;
  if (!isDate || !isMonth || !/[12]/.test(nip.charAt(14))) return refuse("nip-form");
  return accept(nip);
}

function isDayOfMonth(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
