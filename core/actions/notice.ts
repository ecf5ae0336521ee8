import type { GroupTrouble } from "../db/tables.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { AnnouncementNotice } from "./announcement/announcement-notice.ts";
import type { HostingNotice } from "./hosting/hosting-notice.ts";
import type { AssetNotice } from "./inventory/asset-notice.ts";
import type { AddressNotice } from "./ipam/address-notice.ts";
import type { JournalNotice } from "./journal/journal-notice.ts";
import type { MonitorNotice } from "./monitoring/monitor-notice.ts";
import type { NameNotice } from "./names/name-notice.ts";
import type { PeopleNotice } from "./people/people-notice.ts";
import type { ShiftNotice } from "./shift/shift-notice.ts";
import type { TicketNotice } from "./ticket/ticket-notice.ts";
import type { UploadNotice } from "./upload/upload-notice.ts";

/** What actions tell people: a kind and its values, never words. The bot finds the words when it sends. */
export type Notice =
  | TicketNotice
  | PeopleNotice
  | ShiftNotice
  | AnnouncementNotice
  | AddressNotice
  | NameNotice
  | AssetNotice
  | HostingNotice
  | MonitorNotice
  | UploadNotice
  | JournalNotice
  | OwnNotice;

/** What belongs to no noun. */
type OwnNotice =
  | { kind: "staff-group-trouble"; trouble: GroupTrouble }
  | { kind: "staff-group-healed" }
  /** Dropped when the form has moved on, unless it carries a refusal. */
  | {
      kind: "question";
      draftId: number;
      question: string;
      page?: number;
      search?: string;
      refusal?: Refusal;
      gotFile?: true;
      /** Which question that file answers, where it is another one than was open. */
      gotFor?: string;
      /** At the last look: which answer is to be changed? */
      choosesAnswer?: true;
      /** The answer that was corrected by editing its message; with a refusal the one that stays as it was. */
      corrected?: string;
    }
  /** No words: takes the buttons off a form's question that has moved on. */
  | { kind: "question-passed" }
  /** For leadership and the help desk; 2026-11-23. */
  | { kind: "morning-digest"; day: string }
  /** The weaknesses that were reported in a month, 2026-11. */
  | { kind: "weaknesses"; month: string; page: number }
  | { kind: "paper"; paperId: number }
  /** An update that could not be handled; the reference is the inbox row. */
  | { kind: "apology"; inboxId: number }
  | { kind: "update-parked"; inboxId: number }
  /** The bot did not hear for a while; `since` and `until` are ISO 8601. */
  | { kind: "updates-late"; since: string; until: string }
  /** As long as that Telegram has thrown some away. */
  | { kind: "updates-missing"; since: string }
  | { kind: "message-dead"; outboxId: number };
