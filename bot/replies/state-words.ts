import type { Db } from "../../core/db/tables.ts";
import { findLastOfSteps } from "../../core/db/ticket/done-steps.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import type { ProcedureWords } from "./procedure-words.ts";

/** "Penitipan aplikasi/server", or "Penitipan aplikasi (hosting)" once it is known which. */
export async function titleInWords(
  db: Db,
  { id }: Pick<Ticket, "id">,
  { title, steps }: Pick<ProcedureWords, "title" | "steps">,
): Promise<string> {
  const naming = Object.keys(steps).filter((name) => steps[name]?.title !== undefined);
  if (naming.length === 0) return title;
  const last = await findLastOfSteps(db, id, [...naming, "reopen"]);
  return steps[last?.step ?? ""]?.title ?? title;
}

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
