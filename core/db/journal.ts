import type { Role } from "../domain/people/roles.ts";
import type { Tx } from "./tables.ts";

/** Ids and values only: personal text never enters the journal. */
export type JournalRow = {
  at: Date;
  /** null: the system */
  actorId: number | null;
  onBehalfOf?: Role;
  event: string;
  subject: { kind: "ticket" | "person" | "file"; id: number };
  details?: Record<string, string | number | null>;
};

export async function writeJournal(tx: Tx, row: JournalRow): Promise<void> {
  await tx
    .insertInto("journal")
    .values({
      at: row.at,
      actor_id: row.actorId,
      on_behalf_of: row.onBehalfOf ?? null,
      event: row.event,
      subject_kind: row.subject.kind,
      subject_id: row.subject.id,
      details: JSON.stringify(row.details ?? {}),
    })
    .execute();
}
