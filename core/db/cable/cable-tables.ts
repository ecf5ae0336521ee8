import type { GeneratedAlways } from "kysely";
import type { Medium } from "../../domain/cable/cable.ts";

/** Their ends are uses of ports. */
export type CableTables = {
  cable: {
    id: GeneratedAlways<number>;
    medium: Medium;
    ticket_id: number | null;
    laid_by: number;
    laid_at: Date;
    removed_by: number | null;
    removed_at: Date | null;
  };
  cable_label: {
    id: GeneratedAlways<number>;
    cable_id: number;
    code: string;
    since: Date;
    printed_at: Date | null;
    ended_at: Date | null;
  };
};
