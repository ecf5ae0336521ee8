import type { GeneratedAlways } from "kysely";
import type { FileLine } from "../../domain/form/csv.ts";
import type { AddressProblem } from "../../domain/ipam/address-file.ts";
import type { RangeKind } from "../../domain/ipam/address-range.ts";
import type { Difference, ScanProblem } from "../../domain/ipam/scan.ts";
import type { ListImportTable } from "../list-import-table.ts";

export type IpamTables = {
  address_zone: { id: GeneratedAlways<number>; name: string };
  prefix: {
    id: GeneratedAlways<number>;
    zone_id: number;
    /** As text, "10.1.2.0/24". */
    network: string;
    name: string;
    added_by: number;
    added_at: Date;
    removed_by: number | null;
    removed_at: Date | null;
  };
  address_range: {
    id: GeneratedAlways<number>;
    prefix_id: number;
    zone_id: number;
    network: string;
    kind: RangeKind;
    /** As text, "10.1.2.3". */
    first: string;
    last: string;
    name: string | null;
    office_id: number | null;
    ticket_id: number | null;
    letter: string | null;
    since: Date | null;
    begun_by: number | null;
    until: Date | null;
    remind_at: Date | null;
    ended_at: Date | null;
    ended_by: number | null;
  };
  /** Kept by triggers of `address_range`. */
  address_count: { prefix_id: number; kind: "reserved" | "assigned" | "quarantined"; count: number };
  prefix_scan: {
    prefix_id: number;
    begun_by: number;
    begun_at: Date;
    ended_at: Date | null;
    wanted_at: Date;
    scanned_at: Date | null;
    asked: number | null;
    answered: number | null;
    problem: ScanProblem | null;
    concluded_at: Date | null;
  };
  address_seen: {
    zone_id: number;
    /** As text, "10.1.2.3". */
    address: string;
    answered_at: Date | null;
    asked_at: Date;
    silent_days: number;
    told: Difference | null;
  };
  address_import: ListImportTable<FileLine, AddressProblem>;
};
