import type { Generated, GeneratedAlways } from "kysely";

export type UploadTables = {
  upload: {
    id: GeneratedAlways<number>;
    token_hash: Buffer;
    person_id: number;
    draft_id: number | null;
    field: string;
    title: string;
    offered_at: Date;
    expires_at: Date;
    name: string | null;
    mime_type: string | null;
    length_bytes: number | null;
    received_bytes: Generated<number>;
    attachment_id: number | null;
    ticket_id: Generated<number | null>;
    entry_id: Generated<number | null>;
  };
  one_time_secret: {
    id: GeneratedAlways<number>;
    token_hash: Buffer;
    person_id: number;
    title: string;
    sealed: Buffer | null;
    offered_at: Date;
    expires_at: Date;
    opened_at: Date | null;
    expired_at: Date | null;
    check_id: Generated<number | null>;
  };
};
