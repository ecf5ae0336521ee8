import { type JournalRow, writeJournal } from "../db/journal/journal.ts";
import type { Tx } from "../db/tables.ts";
import type { Person } from "../domain/people/person.ts";
import type { Setting } from "./setting.ts";

/** Writes into the journal what a person did with subjects of one kind. */
export function recordsOf<Event extends string = string>(kind: JournalRow["subject"]["kind"]) {
  return (
    tx: Tx,
    person: Person,
    { now }: Setting,
    event: Event,
    id: number,
    details: JournalRow["details"] = {},
  ): Promise<void> => writeJournal(tx, { at: now, actorId: person.id, event, subject: { kind, id }, details });
}
