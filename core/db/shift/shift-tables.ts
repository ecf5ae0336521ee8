import type { ColumnType, GeneratedAlways } from "kysely";

export type ShiftTables = {
  shift: {
    id: GeneratedAlways<number>;
    person_id: number;
    began_at: Date;
    ended_at: Date | null;
    note: string | null;
    offered_to: number | null;
    handed_to: number | null;
  };
  duty_roster: { day: string; person_id: number; told_at: ColumnType<Date | null, never, Date | null> };
};
