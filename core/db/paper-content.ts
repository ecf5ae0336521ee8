import type { PictureDays } from "../domain/monitoring/picture-days.ts";

/** What a poster says beside its fixed words. */
export type PosterDetails = {
  officeId: number;
  officeName: string;
  /** "Kabupaten Labuhanbatu Utara" */
  regency: string;
  /** The deep link behind the QR code. */
  link: string;
  /** ISO 8601. */
  issuedAt: string;
};

/** Of which prefix the picture is. */
export type PrefixMapDetails = { prefixId: number };

/** Of which handover the record is; `regency` is its head, "Kabupaten Labuhanbatu Utara". */
export type HandoverRecordDetails = { handoverId: number; regency: string };

/** Which labels go on the sheets, and the bot's name, for the links behind their QR codes. */
export type CableLabelsDetails = { labelIds: number[]; botUsername: string };

/** Of which rack the picture is; the drawing itself, or as a photo of it. */
export type RackPictureDetails = { rackId: number; as: "png" | "svg" };

/** Of which target the picture is, and over how many days it goes. */
export type TargetPictureDetails = { targetId: number; days: PictureDays };

/** Of all that the person may see for whom it is. */
export type StatusPictureDetails = Record<string, never>;

/**
 * Of which outage: the whole as a PDF, or its samples as a list. Head, times and its cause are as the office says them: "Kabupaten
 * Labuhanbatu Utara", "WIB", "Kabel putus".
 */
export type OutageEvidenceDetails = {
  outageId: number;
  as: "pdf" | "csv";
  regency: string;
  zoneLabel: string;
  /** absent: nobody has said it yet */
  cause?: string;
};

/** Of a month, 2026-11, and of all that the person may see for whom it is. */
export type AvailabilityListDetails = { month: string };

/** What a paper is, and what stands on it. */
export type PaperContent =
  | { kind: "poster"; details: PosterDetails }
  | { kind: "prefix-map"; details: PrefixMapDetails }
  | { kind: "handover-record"; details: HandoverRecordDetails }
  | { kind: "cable-labels"; details: CableLabelsDetails }
  | { kind: "rack-picture"; details: RackPictureDetails }
  | { kind: "target-picture"; details: TargetPictureDetails }
  | { kind: "status-picture"; details: StatusPictureDetails }
  | { kind: "outage-evidence"; details: OutageEvidenceDetails }
  | { kind: "availability-list"; details: AvailabilityListDetails };
