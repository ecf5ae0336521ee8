import type { Generated, GeneratedAlways } from "kysely";
import type { Role } from "../../domain/people/roles.ts";
import type { JsonWithDefault } from "../column-types.ts";

export type JournalTables = {
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
};
