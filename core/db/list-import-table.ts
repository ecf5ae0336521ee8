import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { LineMarks } from "../domain/form/csv.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { JsonWithDefault } from "./column-types.ts";

export type ListImportState = "reading" | "checked" | "refused" | "imported" | "discarded";

/** Lists of one kind that people sent, and what came of each. `Line` is one that can be imported. */
export type ListImportTable<Line, Problem> = {
  id: GeneratedAlways<number>;
  person_id: number;
  attachment_id: number;
  state: Generated<ListImportState>;
  ready: JsonWithDefault<Line[]>;
  known: JsonWithDefault<number[]>;
  marks: JsonWithDefault<LineMarks>;
  problems: JsonWithDefault<Problem[]>;
  refusal: ColumnType<Refusal | null, string | null | undefined, string | null>;
  imported: number | null;
  sent_at: Date;
  ended_at: Date | null;
};
