import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Answers } from "../../domain/form/field.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { Role } from "../../domain/people/roles.ts";
import type { Decision } from "../../domain/ticket/approval-rules.ts";
import type { Channel, EntryKind, PendingOn } from "../../domain/ticket/ticket.ts";
import type { Before } from "../../domain/ticket/undo-rules.ts";
import type { Json, JsonWithDefault } from "../column-types.ts";

/** What a file is to Telegram, which has a method of its own for each. */
export type FileKind = "photo" | "document" | "voice" | "video" | "video-note" | "audio" | "animation";

export type TicketTables = {
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
  update_freeze: { id: GeneratedAlways<number>; kind: "set" | "lifted"; person_id: number; reason: string; at: Date };
  ticket_topic: {
    ticket_id: number;
    chat_id: number;
    begun_at: Date;
    thread_id: number | null;
    made_at: Date | null;
    shows: Generated<string>;
    is_closed: Generated<boolean>;
  };
};
