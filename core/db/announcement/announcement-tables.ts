import type { Generated, GeneratedAlways } from "kysely";
import type { AnnouncementKind, AnnouncementStage } from "../../domain/announcement/announcement.ts";

export type AnnouncementTables = {
  announcement: {
    id: GeneratedAlways<number>;
    author_id: number;
    written_at: Date;
    version: Generated<number>;
    stage: Generated<AnnouncementStage>;
    asked_at: Date | null;
    sent_version: number | null;
    sent_at: Date | null;
    corrected_at: Date | null;
    withdrawn_by: number | null;
    withdrawn_at: Date | null;
    withdrawn_because: string | null;
    sent_decision: GeneratedAlways<"approved" | null>;
  };
  announcement_version: {
    announcement_id: number;
    version: number;
    author_id: number;
    written_at: Date;
    kind: AnnouncementKind;
    title: string;
    body: string;
    in_force_until: Date | null;
    is_for_all: boolean;
    ticket_id: number | null;
    content_hash: string;
  };
  announcement_office: { announcement_id: number; version: number; office_id: number };
  announcement_decision: {
    announcement_id: number;
    version: number;
    author_id: number;
    content_hash: string;
    decision: "approved" | "rejected";
    decided_by: number;
    decided_at: Date;
    reason: string | null;
  };
  announcement_receipt: {
    announcement_id: number;
    version: number;
    person_id: number;
    office_id: number;
    read_at: Date | null;
  };
};
