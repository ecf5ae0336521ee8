/** What a cable is made of. */
export const media = ["copper", "fibre"] as const;
export type Medium = (typeof media)[number];

/** Which of its two ends; `a` is the one that was named first when it was laid. */
export type Side = "a" | "b";

/** `K-0042`: short enough to be read out, and to be written on a label beside its code. */
export function cableNumber(id: number): string {
  return `K-${String(id).padStart(4, "0")}`;
}

/** Reads a number as people type it: `K-0042`, `k42`, `K 42`; undefined for anything else. */
export function parseCableNumber(text: string): number | undefined {
  const digits = /^k[- ]?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * What follows START in the link behind the QR code of a label. It names a cable and gives no right. A link code has no
 * hyphen, and the token of a poster begins with `K-`, so it is neither.
 */
export function cablePayload(id: number): string {
  return `kabel-${id}`;
}

export function parseCablePayload(payload: string): number | undefined {
  const digits = /^kabel-(\d{1,9})$/i.exec(payload.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
