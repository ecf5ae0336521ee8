import type { Generated, GeneratedAlways } from "kysely";
import type { LineProblem, ReadyLine } from "../../domain/people/people-file.ts";
import type { RegistrationState } from "../../domain/people/registration.ts";
import type { Role } from "../../domain/people/roles.ts";
import type { SubstitutionKind } from "../../domain/people/substitution-rules.ts";
import type { ListImportTable } from "../list-import-table.ts";

export type PeopleTables = {
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
  people_import: ListImportTable<ReadyLine, LineProblem>;
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
};
