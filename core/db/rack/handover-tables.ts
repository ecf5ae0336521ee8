import type { GeneratedAlways } from "kysely";

export type HandoverTables = {
  handover: {
    id: GeneratedAlways<number>;
    kind: "received" | "returned";
    record_number: string;
    /** 2026-11-20 */
    record_date: string;
    asset_id: number;
    asset_name: string;
    model: string | null;
    serial_number: string | null;
    asset_tag: string | null;
    office_id: number;
    counterpart: string;
    place: string;
    accessories: string | null;
    ticket_id: number | null;
    person_id: number;
    at: Date;
  };
};
