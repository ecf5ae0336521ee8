import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, Kysely, Transaction } from "kysely";
import type { LineMarks } from "../domain/form/csv.ts";
import type { Answers } from "../domain/form/field.ts";
import type { HostingFailure } from "../domain/hosting/hosting-failure.ts";
import type { PictureDays } from "../domain/monitoring/picture-days.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { LineProblem, ReadyLine } from "../domain/people/people-file.ts";
import type { RegistrationState } from "../domain/people/registration.ts";
import type { Role } from "../domain/people/roles.ts";
import type { SubstitutionKind } from "../domain/people/substitution-rules.ts";
import type { Decision } from "../domain/ticket/approval-rules.ts";
import type { Channel, EntryKind, PendingOn } from "../domain/ticket/ticket.ts";
import type { Before } from "../domain/ticket/undo-rules.ts";
import type { AnnouncementTables } from "./announcement/announcement-tables.ts";
import type { CableTables } from "./cable/cable-tables.ts";
import type { HostingTables } from "./hosting/hosting-tables.ts";
import type { InventoryTables } from "./inventory/inventory-tables.ts";
import type { IpamTables } from "./ipam/ipam-tables.ts";
import type { MonitorTables } from "./monitoring/monitor-tables.ts";
import type { NameTables } from "./names/name-tables.ts";
import type { HandoverTables } from "./rack/handover-tables.ts";
import type { RackTables } from "./rack/rack-tables.ts";
import type { UploadTables } from "./upload/upload-tables.ts";

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

/** Of which outage: the whole as a PDF, or its samples as a list. Head and times are as the office says them: "Kabupaten Labuhanbatu Utara", "WIB". */
export type OutageEvidenceDetails = { outageId: number; as: "pdf" | "csv"; regency: string; zoneLabel: string };

/** Of a month, 2026-11, and of all that the person may see for whom it is. */
export type AvailabilityListDetails = { month: string };

/** What keeps the staff group from being used: the bot may not manage topics, there are none, or it is not in the group. */
export type GroupTrouble = "no-rights" | "not-a-forum" | "gone";
/** What a file is to Telegram, which has a method of its own for each. */
export type FileKind = "photo" | "document" | "voice" | "video" | "video-note" | "audio" | "animation";

/** A column that the database fills in where the row does not. */
export type Json<T extends object> = JSONColumnType<T, string, string>;
export type JsonWithDefault<T extends object> = ColumnType<T, string | undefined, string>;

export type Tables = AnnouncementTables &
  DeskTables &
  IpamTables &
  InventoryTables &
  RackTables &
  CableTables &
  MonitorTables &
  NameTables &
  HandoverTables &
  HostingTables &
  UploadTables;

type DeskTables = {
  installation: {
    is_only_row: Generated<boolean>;
    id: Generated<string>;
    purpose: "playground" | "telegram";
    profile: string;
    created_at: Generated<Date>;
  };
  office: { id: GeneratedAlways<number>; code: string; name: string };
  person: {
    id: GeneratedAlways<number>;
    name: string;
    nip: string | null;
    office_id: number;
    is_active: Generated<boolean>;
    is_provisional: Generated<boolean>;
    is_machine: Generated<boolean>;
    playground_key: string | null;
    created_at: Date;
    left_at: Date | null;
    left_by: number | null;
    left_because: string | null;
  };
  person_role: {
    person_id: number;
    role: Role;
    granted_by: number | null;
    granted_at: Date;
    substitution_id: number | null;
  };
  role_proposal: {
    id: GeneratedAlways<number>;
    person_id: number;
    role: Role;
    proposed_by: number;
    proposed_at: Date;
    decided_by: number | null;
    decided_at: Date | null;
    decision: "confirmed" | "rejected" | null;
  };
  telegram_account: {
    id: GeneratedAlways<number>;
    telegram_user_id: number;
    person_id: number;
    linked_at: Date;
    unlinked_at: Date | null;
    unreachable_since: Date | null;
  };
  link_code: {
    code_hash: Buffer;
    person_id: number;
    issued_by: number | null;
    issued_at: Date;
    expires_at: Date;
    used_at: Date | null;
  };
  stranger: { telegram_user_id: number; first_seen_at: Date; last_seen_at: Date; answered_at: Date | null };
  poster: { office_id: number; token: string; issued_by: number; issued_at: Date };
  registration: {
    id: GeneratedAlways<number>;
    telegram_user_id: number;
    telegram_name: string;
    telegram_username: string | null;
    office_id: number;
    state: RegistrationState;
    nip: string | null;
    name: string | null;
    touched_at: Date;
    sent_at: Date | null;
    decided_by: number | null;
    decided_at: Date | null;
    reason: string | null;
  };
  people_import: {
    id: GeneratedAlways<number>;
    person_id: number;
    attachment_id: number;
    state: Generated<"reading" | "checked" | "refused" | "imported" | "discarded">;
    ready: JsonWithDefault<ReadyLine[]>;
    known: JsonWithDefault<number[]>;
    marks: JsonWithDefault<LineMarks>;
    problems: JsonWithDefault<LineProblem[]>;
    refusal: ColumnType<Refusal | null, string | null | undefined, string | null>;
    imported: number | null;
    sent_at: Date;
    ended_at: Date | null;
  };
  paper: {
    id: GeneratedAlways<number>;
    person_id: number;
    kind:
      | ("poster" | "prefix-map" | "handover-record" | "cable-labels" | "rack-picture")
      | ("target-picture" | "status-picture" | "outage-evidence" | "availability-list");
    details: Json<
      | (PosterDetails | PrefixMapDetails | HandoverRecordDetails | CableLabelsDetails | RackPictureDetails)
      | (TargetPictureDetails | StatusPictureDetails | OutageEvidenceDetails | AvailabilityListDetails)
    >;
    state: Generated<"waiting" | "stored" | "failed">;
    sha256: string | null;
    asked_at: Date;
  };
  ticket: {
    id: GeneratedAlways<number>;
    procedure: string;
    item: string | null;
    state: string;
    holder: Role | null;
    assignee_id: number | null;
    version: Generated<number>;
    requester_id: number;
    office_id: number;
    subject: string;
    answers: Json<Answers>;
    occurred_at: Date | null;
    reported_at: Date;
    resolution: string | null;
    ended_at: Date | null;
    changed_at: Date;
    channel: Generated<Channel>;
    is_urgent: Generated<boolean>;
    pending_on: PendingOn | null;
    pending_until: Date | null;
    wakes_at: Date | null;
    due_at: Date | null;
    outage_id: ColumnType<number | null, number | null | undefined, number>;
  };
  work_order: {
    id: GeneratedAlways<number>;
    ticket_id: number;
    ordinal: number;
    holder: Role;
    issued_at: Date;
    closed_at: Date | null;
  };
  work_order_move: {
    id: GeneratedAlways<number>;
    work_order_id: number;
    kind: "issued" | "forwarded" | "returned" | "closed" | "taken-back";
    from_role: Role | null;
    to_role: Role | null;
    person_id: number | null;
    at: Date;
  };
  entry: {
    id: GeneratedAlways<number>;
    ticket_id: number;
    kind: EntryKind;
    step: string | null;
    role: Role | null;
    person_id: number | null;
    at: Date;
    answers: JsonWithDefault<Answers>;
    from_state: string | null;
    to_state: string | null;
    to_person_id: number | null;
    before: ColumnType<Before | null, string | null | undefined, never>;
    takes_back: ColumnType<number | null, number | null | undefined, never>;
    is_told: ColumnType<boolean, boolean | undefined, never>;
    corrects: ColumnType<number | null, number | null | undefined, never>;
  };
  draft: {
    id: GeneratedAlways<number>;
    chat_id: number;
    person_id: number;
    form: string;
    subject: Json<Record<string, string | number>>;
    question: string;
    answers: JsonWithDefault<Answers>;
    touched_at: Date;
    expires_at: Date;
    topic_ticket_id: number | null;
    question_message_id: number | null;
    returns_to_review: Generated<boolean>;
    warned_of: Generated<string[]>;
  };
  heard_message: {
    chat_id: number;
    message_id: number;
    album_id: string | null;
    draft_id: number | null;
    entry_id: number | null;
    field: string;
    length: number;
    heard_at: Date;
  };
  rating: {
    id: GeneratedAlways<number>;
    ticket_id: number;
    closing_entry_id: number;
    person_id: number;
    stars: number;
    rated_at: Date;
    comment_entry_id: number | null;
  };
  attachment: {
    id: GeneratedAlways<number>;
    draft_id: number | null;
    entry_id: number | null;
    ticket_id: number | null;
    person_id: number;
    kind: FileKind;
    name: string;
    mime_type: string;
    telegram_file_id: string | null;
    state: Generated<"waiting" | "stored" | "failed">;
    sha256: string | null;
    size_bytes: number | null;
    received_at: Date;
    field: string | null;
    image_reference: Generated<string | null>;
    trouble: Generated<HostingFailure | null>;
  };
  inbox: {
    id: GeneratedAlways<number>;
    bot_id: number;
    update_id: number;
    chat_key: string;
    payload: Json<object>;
    state: Generated<"pending" | "handled" | "parked">;
    attempts: Generated<number>;
    last_error: string | null;
    received_at: Date;
    due_at: Date;
    handled_at: Date | null;
  };
  poller: { bot_id: number; last_poll_at: Date };
  outbox: {
    id: GeneratedAlways<number>;
    chat_id: number;
    message: Json<{ kind: string }>;
    priority: number;
    edits_message_id: number | null;
    merge_key: string | null;
    revision: Generated<number>;
    token: string;
    presses: ColumnType<object[] | null, string | null, string | null>;
    state: Generated<"pending" | "sent" | "dropped" | "dead">;
    attempts: Generated<number>;
    last_error: string | null;
    created_at: Date;
    due_at: Date;
    sent_at: Date | null;
    /** Earlier sendings of the row: what was merged while it was under way went out as another. */
    sent_before: Generated<Date[]>;
    sent_message_id: number | null;
    topic_ticket_id: number | null;
    person_ids: Generated<number[]>;
  };
  shift: {
    id: GeneratedAlways<number>;
    person_id: number;
    began_at: Date;
    ended_at: Date | null;
    note: string | null;
    offered_to: number | null;
    handed_to: number | null;
  };
  duty_roster: { day: string; person_id: number; told_at: ColumnType<Date | null, never, Date | null> };
  report_sent: { report: "morning-digest" | "weaknesses"; day: string; at: Date };
  /** Kept by triggers; see 011-shifts.sql. */
  ticket_words: { ticket_id: number; for_requester: string; for_desk: string };
  ticket_card: { chat_id: number; ticket_id: number; message_id: number };
  approval: {
    id: GeneratedAlways<number>;
    ticket_id: number;
    round: number;
    state: string;
    chain: Role[];
    entry_id: number;
    asked_at: Date;
  };
  approval_reminder: { approval_id: number; at: Date };
  decision: {
    id: GeneratedAlways<number>;
    approval_id: number;
    ticket_id: number;
    round: number;
    link: number;
    role: Role;
    person_id: number | null;
    substitution_id: number | null;
    decision: Decision["decision"];
    entry_id: number;
    at: Date;
  };
  substitution: {
    id: GeneratedAlways<number>;
    person_id: number;
    for_person_id: number;
    role: Role;
    kind: SubstitutionKind;
    starts_at: Date;
    ends_at: Date;
    decree: string;
    set_by: number;
    set_at: Date;
    decision: "confirmed" | "rejected" | null;
    decided_by: number | null;
    decided_at: Date | null;
    started_at: Date | null;
    ended_at: Date | null;
    ended_by: number | null;
  };
  update_freeze: { id: GeneratedAlways<number>; kind: "set" | "lifted"; person_id: number; reason: string; at: Date };
  journal: {
    id: GeneratedAlways<number>;
    at: Date;
    actor_id: number | null;
    on_behalf_of: Role | null;
    event: string;
    subject_kind: string;
    subject_id: number;
    details: JsonWithDefault<Record<string, string | number | null>>;
  };
  journal_chain: { number: number; journal_id: number; hash: Buffer };
  journal_unsealed: { journal_id: number };
  journal_chat: { is_only_row: Generated<boolean>; seed: number; chat_id: number };
  journal_pin: {
    id: GeneratedAlways<number>;
    chat_id: number;
    /** 2026-11-25 */
    day: string;
    number: number;
    hash: Buffer;
    at: Date;
    message_id: number | null;
    pinned_at: Date | null;
  };
  staff_group: {
    is_only_row: Generated<boolean>;
    seed: number;
    chat_id: number;
    trouble: GroupTrouble | null;
    trouble_since: Date | null;
  };
  ticket_topic: {
    ticket_id: number;
    chat_id: number;
    begun_at: Date;
    thread_id: number | null;
    made_at: Date | null;
    shows: Generated<string>;
    is_closed: Generated<boolean>;
  };
  rate_bucket: { bucket: string; tokens: number; refilled_at: Date };
};

/** A connection or a transaction; functions that only read take this. */
export type Db = Kysely<Tables>;
/** What writes takes a transaction, so that it stands or falls with the rest of the action. */
export type Tx = Transaction<Tables>;
