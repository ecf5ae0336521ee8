export type AnnouncementNotice =
  /** An announcement as those see it to whom it was sent, or who may open it. */
  | { kind: "announcement"; announcementId: number }
  /** The message above was corrected or withdrawn, for edits come without a sound. */
  | { kind: "announcement-changed"; announcementId: number }
  /** For those who approve: exactly that version. */
  | { kind: "announcement-asked"; announcementId: number; version: number }
  /** For the author of that version. */
  | { kind: "announcement-decided"; announcementId: number; version: number }
  /** For the author: to pass on by other ways to people without an account. */
  | { kind: "announcement-to-forward"; announcementId: number };
