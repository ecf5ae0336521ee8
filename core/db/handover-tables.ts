import type { GeneratedAlways } from "kysely";

export type HandoverTables = {
  handover: {
    id: GeneratedAlways<number>;
    kind: "received" | "returned";
    record_number: string;
    /** 2026-11-20 */
    record_date: string;
    asset_id: number;
    office_id: number;
    counterpart: string;
    place: string;
    accessories: string | null;
    ticket_id: number | null;
    person_id: number;
    at: Date;
  };
};
