import { hourInMilliseconds } from "../durations.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** From the moment the link was given. Source: office practice. */
const uploadHours = 24;
/** Files that one person may have on the way at once. Source: office practice. */
export const mostUploadsAtOnce = 5;
/** Of the disk, whatever is uploaded: the database stands on it too. Source: office practice. */
export const keptFreeBytes = 2 * 2 ** 30;

const bytesInMegabyte = 2 ** 20;

/** What a link says of itself, and of the person whose it is. */
export type UploadStanding = {
  expiresAt: Date;
  /** The form for which it was offered; null: it is gone, or was sent. */
  draftId: number | null;
  /** The ticket that the form became while the file was on its way. */
  ticketId: number | null;
  /** null: not all has come. */
  attachmentId: number | null;
  /** The person is in the register, and has an account. */
  isLinked: boolean;
};

export function uploadExpiry(now: Date): Date {
  return new Date(now.getTime() + uploadHours * hourInMilliseconds);
}

/** Whether bytes may come by it. Of why not nothing is told: to whoever asks, a link that is no good is like one that never was. */
export function isGoodForBytes(
  { expiresAt, draftId, ticketId, attachmentId, isLinked }: UploadStanding,
  now: Date,
): boolean {
  return isLinked && (draftId !== null || ticketId !== null) && attachmentId === null && expiresAt > now;
}

/** Whether what became of it may be told. */
export function isGoodForNews(
  { expiresAt, draftId, ticketId, attachmentId, isLinked }: UploadStanding,
  now: Date,
): boolean {
  return isLinked && (draftId !== null || ticketId !== null || attachmentId !== null) && expiresAt > now;
}

/** @property freeBytes of the disk, as it is now @property promisedBytes what others have begun and not sent yet */
export type LengthLimits = { largestMegabytes: number; freeBytes: number; promisedBytes: number };

export function refusalOfLength(lengthBytes: number, limits: LengthLimits): Outcome {
  if (!Number.isSafeInteger(lengthBytes) || lengthBytes < 1) return refuse("upload-empty");
  if (lengthBytes > limits.largestMegabytes * bytesInMegabyte) {
    return refuse("upload-too-large", { megabytes: limits.largestMegabytes });
  }
  const leftBytes = limits.freeBytes - limits.promisedBytes - keptFreeBytes;
  return lengthBytes > leftBytes ? refuse("disk-full") : accept();
}

/** A part goes to where the last one ended, and not beyond the end. */
export function refusalOfPart(
  { receivedBytes, lengthBytes }: { receivedBytes: number; lengthBytes: number },
  { offset, sizeBytes }: { offset: number; sizeBytes: number },
): Outcome {
  if (offset !== receivedBytes) return refuse("upload-offset", { offset: receivedBytes });
  return offset + sizeBytes > lengthBytes ? refuse("upload-beyond-end", { lengthBytes }) : accept();
}
