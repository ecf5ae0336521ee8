import { findLastOfSteps } from "../../core/db/entries.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import type { ProcedureWords } from "./procedure-words.ts";

/** "Selesai", or "Selesai, tidak disetujui" where a step on the way there said no. */
export async function stateInWords(
  db: Db,
  { id, state }: Pick<Ticket, "id" | "state">,
  words: Pick<ProcedureWords, "states" | "steps">,
): Promise<string> {
  const named = words.states[state] ?? state;
  if (state !== "closed") return named;
  const telling = Object.keys(words.steps).filter((name) => words.steps[name]?.outcome !== undefined);
  const last = await findLastOfSteps(db, id, [...telling, "reopen"]);
  const outcome = words.steps[last?.step ?? ""]?.outcome;
  return outcome === undefined ? named : `${named}, ${outcome}`;
}
