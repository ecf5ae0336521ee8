import type { GeneratedAlways } from "kysely";

export type CableTables = {
  cable: {
    id: GeneratedAlways<number>;
    medium: "copper" | "fibre";
    ticket_id: number | null;
    laid_by: number;
    laid_at: Date;
    removed_by: number | null;
    removed_at: Date | null;
  };
  cable_end: { port_use_id: number; cable_id: number; side: "a" | "b" };
  cable_label: {
    id: GeneratedAlways<number>;
    cable_id: number;
    code: string;
    since: Date;
    printed_at: Date | null;
    ended_at: Date | null;
  };
};
