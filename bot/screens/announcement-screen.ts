/** What is shown of announcements, beside what is told of them. */
export type AnnouncementScreen =
  /** For the desk all of them, for others what is in force for their office. */
  | { kind: "announcements"; page: number }
  | { kind: "announcement-page"; announcementId: number }
  /** Which part is to be changed? */
  | { kind: "announcement-parts"; announcementId: number }
  /** Asks once more before it is thrown away. */
  | { kind: "announcement-discarding"; announcementId: number; version: number }
  /** Asks once more before it goes out. */
  | { kind: "announcement-approving"; announcementId: number; version: number; isOnPage?: true }
  | { kind: "announcement-reading"; announcementId: number; page: number };
