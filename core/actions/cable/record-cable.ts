import { type JournalRow, writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Setting } from "../setting.ts";

type CableEvent = "cable-laid" | "cable-moved" | "cable-relabelled" | "cable-removed" | "cable-label-printed";

export function recordCable(
  tx: Tx,
  { now }: Pick<Setting, "now">,
  personId: number,
  event: CableEvent,
  cableId: number,
  details: JournalRow["details"] = {},
): Promise<void> {
  return writeJournal(tx, { at: now, actorId: personId, event, subject: { kind: "cable", id: cableId }, details });
}
