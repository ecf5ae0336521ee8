import type { Notice } from "../../core/actions/notice.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import type { AddressScreen } from "./address-screen.ts";
import type { AnnouncementScreen } from "./announcement-screen.ts";
import type { AssetScreen } from "./asset-screen.ts";
import type { CableScreen } from "./cable-screen.ts";
import type { DutyScreen } from "./duty-screen.ts";
import type { HostingScreen } from "./hosting-screen.ts";
import type { MonitorScreen } from "./monitor-screen.ts";
import type { NameScreen } from "./name-screen.ts";
import type { OutageScreen } from "./outage-screen.ts";
import type { PeopleScreen } from "./people-screen.ts";
import type { RackScreen } from "./rack-screen.ts";
import type { WatchScreen } from "./watch-screen.ts";

/** What the bot shows: what actions tell, and the answers to what a person asked to see. */
export type Screen =
  | Notice
  | { kind: "menu" }
  | { kind: "help" }
  | { kind: "stranger" }
  /** A link code that was not taken, for somebody who may not be linked. */
  | { kind: "not-linked"; refusal: Refusal }
  /** In a topic under the message that it answers. */
  | { kind: "said"; what: Saying; replyTo?: number }
  | { kind: "refused"; refusal: Refusal; replyTo?: number }
  /** In a group, to whomever: where and how the desk works. */
  | { kind: "group-hint"; what: GroupHint; replyTo?: number; threadId?: number }
  /** What can be asked for; for words that came without a form. */
  | { kind: "request-list"; page: number; draftId?: number }
  | { kind: "ticket-list"; list: TicketListName; page: number; role?: Role; personId?: number }
  | { kind: "search-results"; text: string; page: number }
  | { kind: "overview" }
  /** Who works on how much. */
  | { kind: "loads"; page: number }
  | { kind: "history"; ticketId: number; page: number }
  /** One long answer of the filed form in full. */
  | { kind: "full-text"; ticketId: number; field: string }
  /** The words of one step in full. */
  | { kind: "full-entry"; ticketId: number; entryId: number }
  | { kind: "file"; attachmentId: number }
  /** What is seldom done with a ticket. */
  | { kind: "ticket-more"; ticketId: number }
  | { kind: "draft-left"; draftId: number }
  | { kind: "exceptions"; page: number }
  | AddressScreen
  | CableScreen
  | RackScreen
  | NameScreen
  | AssetScreen
  | HostingScreen
  | WatchScreen
  | MonitorScreen
  | OutageScreen
  | DutyScreen
  | PeopleScreen
  | AnnouncementScreen;

export type TicketListName = "mine" | "queue" | "work" | "office" | "approvals" | "open" | "team" | "person";

export type GroupHint =
  /** A command in a group, or a part of it, that is no ticket's. */
  "commands-elsewhere" | "anonymous" | "not-at-desk" | "topic-unused" | "not-handled";

/** Sentences without values. */
export type Saying =
  | "form-done"
  | "form-discarded"
  | "no-form"
  | "sent"
  | "sent-to-requester"
  | "sent-to-affected"
  | "kept-as-note"
  | "kept-as-note-not-answer"
  | "kept-unsent"
  | "note-kept"
  | "rating-thanked"
  | "not-readable"
  | "edits-not-read"
  | "edit-kept"
  | "no-files"
  | "role-proposed"
  | "substitution-proposed"
  | "poster-asked"
  | "list-received"
  | "upload-link-private"
  | "prefix-map-asked"
  | "handover-record-asked"
  | "cable-labels-asked"
  | "rack-picture-asked"
  | "name-check-asked"
  | "scan-asked"
  | "target-being-asked"
  | "check-name-asked"
  | "status-picture-asked"
  | "evidence-asked"
  | "availability-asked"
  | "access-revoked"
  | "account-asked"
  | "look-asked"
  | "put-back-asked";
