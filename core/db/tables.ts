import type { ColumnType, Generated, GeneratedAlways, Kysely, Transaction } from "kysely";
import type { AnnouncementTables } from "./announcement/announcement-tables.ts";
import type { CableTables } from "./cable/cable-tables.ts";
import type { Json } from "./column-types.ts";
import type { HostingTables } from "./hosting/hosting-tables.ts";
import type { InventoryTables } from "./inventory/inventory-tables.ts";
import type { IpamTables } from "./ipam/ipam-tables.ts";
import type { JournalTables } from "./journal/journal-tables.ts";
import type { MonitorTables } from "./monitoring/monitor-tables.ts";
import type { NameTables } from "./names/name-tables.ts";
import type { PaperContent } from "./paper-content.ts";
import type { PeopleTables } from "./people/people-tables.ts";
import type { HandoverTables } from "./rack/handover-tables.ts";
import type { RackTables } from "./rack/rack-tables.ts";
import type { ShiftTables } from "./shift/shift-tables.ts";
import type { TicketTables } from "./ticket/ticket-tables.ts";
import type { UploadTables } from "./upload/upload-tables.ts";

/** What keeps the staff group from being used: the bot may not manage topics, there are none, or it is not in the group. */
export type GroupTrouble = "no-rights" | "not-a-forum" | "gone";

export type Tables = OwnTables &
  PeopleTables &
  TicketTables &
  ShiftTables &
  AnnouncementTables &
  IpamTables &
  NameTables &
  InventoryTables &
  RackTables &
  HandoverTables &
  CableTables &
  HostingTables &
  MonitorTables &
  UploadTables &
  JournalTables;

/** What belongs to no noun: the installation, its queues and its papers. */
type OwnTables = {
  installation: {
    is_only_row: Generated<boolean>;
    id: Generated<string>;
    purpose: "playground" | "telegram";
    profile: string;
    created_at: Generated<Date>;
  };
  paper: {
    id: GeneratedAlways<number>;
    person_id: number;
    kind: PaperContent["kind"];
    details: Json<PaperContent["details"]>;
    state: Generated<"waiting" | "stored" | "failed">;
    sha256: string | null;
    asked_at: Date;
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
  report_sent: { report: "morning-digest" | "weaknesses"; day: string; at: Date };
  staff_group: {
    is_only_row: Generated<boolean>;
    seed: number;
    chat_id: number;
    trouble: GroupTrouble | null;
    trouble_since: Date | null;
  };
  rate_bucket: { bucket: string; tokens: number; refilled_at: Date };
};

/** A connection or a transaction; functions that only read take this. */
export type Db = Kysely<Tables>;
/** What writes takes a transaction, so that it stands or falls with the rest of the action. */
export type Tx = Transaction<Tables>;
