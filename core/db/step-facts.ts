import type { StepContext } from "../domain/ticket/step-rules.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { listCheckResults } from "./entries.ts";
import { findOpenQuestion, isReminded } from "./questions.ts";
import type { Db } from "./tables.ts";

/** What the rules of steps have to know of a ticket's history. */
export async function findStepFacts(
  db: Db,
  ticket: Pick<Ticket, "id" | "state" | "holder">,
): Promise<Required<Pick<StepContext, "checked" | "failed" | "isReminded" | "askedBy">>> {
  const results = await listCheckResults(db, ticket.id);
  return {
    checked: results.map(({ check }) => check),
    failed: results.filter(({ result }) => result === "failed").map(({ check }) => check),
    isReminded: await isReminded(db, ticket.id),
    askedBy: (await findOpenQuestion(db, ticket))?.askedBy ?? null,
  };
}
