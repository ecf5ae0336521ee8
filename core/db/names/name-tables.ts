import type { Generated, GeneratedAlways } from "kysely";
import type { FileLine } from "../../domain/form/csv.ts";
import type { Finding } from "../../domain/names/finding.ts";
import type { MinistryState } from "../../domain/names/ministry-steps.ts";
import type { NameKind, NameState } from "../../domain/names/name.ts";
import type { NameProblem } from "../../domain/names/name-file.ts";
import type { Json } from "../column-types.ts";
import type { ListImportTable } from "../list-import-table.ts";

export type NameTables = {
  village: {
    id: GeneratedAlways<number>;
    name: string;
    district: string;
    added_by: number;
    added_at: Date;
    removed_by: number | null;
    removed_at: Date | null;
  };
  dns_name: {
    id: GeneratedAlways<number>;
    name: string;
    look: string;
    kind: NameKind;
    state: NameState;
    purpose: string | null;
    office_id: number | null;
    village_id: number | null;
    ticket_id: number | null;
    letter: string | null;
    alias_of: string | null;
    is_alias: GeneratedAlways<boolean>;
    elsewhere: string | null;
    since: Date;
    begun_by: number | null;
    until: Date | null;
    ended_at: Date | null;
    ended_by: number | null;
  };
  dns_name_address: {
    dns_name_id: number;
    is_alias: Generated<boolean>;
    zone_id: number | null;
    /** As text, "10.1.2.3". */
    address: string;
  };
  ministry_step: {
    id: GeneratedAlways<number>;
    name: string;
    village_id: number;
    state: MinistryState;
    /** As text, "2026-11-23". */
    day: string;
    letter: string | null;
    reason: string | null;
    noted_by: number;
    noted_at: Date;
  };
  dns_record: {
    id: GeneratedAlways<number>;
    owner: string;
    type: "MX" | "TXT";
    preference: number | null;
    value: string;
    added_by: number;
    added_at: Date;
    ended_by: number | null;
    ended_at: Date | null;
  };
  dns_zone: { name: string; serial: number; sha256: string; problem: string | null; tried_at: Date };
  name_check: { name: string; finding: Finding; seen: Json<string[]>; checked_at: Date; changed_at: Date | null };
  name_import: ListImportTable<FileLine, NameProblem>;
};
