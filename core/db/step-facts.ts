import type { StepContext } from "../domain/ticket/step-rules.ts";
import { listCheckResults } from "./entries.ts";
import { isReminded } from "./questions.ts";
import type { Db } from "./tables.ts";

/** What the rules of steps have to know of a ticket's history. */
export async function findStepFacts(
  db: Db,
  ticketId: number,
): Promise<Required<Pick<StepContext, "checked" | "isReminded">>> {
  const results = await listCheckResults(db, ticketId);
  return { checked: results.map(({ check }) => check), isReminded: await isReminded(db, ticketId) };
}
