import { findProcedure } from "../domain/procedures/index.ts";
import { asksApproval } from "../domain/procedures/procedure.ts";
import type { StepContext } from "../domain/ticket/step-rules.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { findApproval } from "./approvals.ts";
import { listCheckResults } from "./entries.ts";
import { readFreeze } from "./freeze.ts";
import { findOpenQuestion, wasReminded } from "./questions.ts";
import type { Db } from "./tables.ts";

/** What the rules of steps have to know of a ticket's history, and of the freeze while one decides on it. */
export async function findStepFacts(
  db: Db,
  ticket: Ticket,
  rules: { zone: string },
): Promise<Required<Pick<StepContext, "checked" | "failed" | "isReminded" | "askedBy" | "approval" | "freeze">>> {
  const results = await listCheckResults(db, ticket.id);
  const question = await findOpenQuestion(db, ticket);
  const isAsked = asksApproval(findProcedure(ticket.procedure), ticket.state);
  return {
    checked: results.map(({ check }) => check),
    failed: results.filter(({ result }) => result === "failed").map(({ check }) => check),
    isReminded: question?.isForColleagues ?? (await wasReminded(db, ticket.id)),
    askedBy: question?.askedBy ?? null,
    approval: await findApproval(db, ticket, rules),
    freeze: isAsked ? await readFreeze(db) : { state: "lifted", at: null },
  };
}
