import type { Answers } from "../../domain/form/field.ts";
import type { Db } from "../tables.ts";
import { stands } from "./entries.ts";

export type CheckResult = { check: string; result: string; note: string | undefined };

/** The latest result of each item since the ticket came to its present state. */
export async function listCheckResults(db: Db, ticketId: number): Promise<CheckResult[]> {
  const rows = await db
    .selectFrom("entry")
    .select("answers")
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .whereRef("from_state", "=", "to_state")
    .where("id", ">", (since) =>
      since
        .selectFrom("entry")
        .select((select) => select.fn.coalesce(select.fn.max("entry.id"), select.val(0)).as("id"))
        .where("entry.ticket_id", "=", ticketId)
        .where("entry.to_state", "is not", null)
        .whereRef("entry.from_state", "is distinct from", "entry.to_state")
        .where(stands),
    )
    .orderBy("id")
    .execute();
  return latestResults(rows);
}

/** The latest result of each item of that check list, whenever it was recorded. */
export async function listResultsOf(db: Db, ticketId: number, step: string): Promise<CheckResult[]> {
  const rows = await db
    .selectFrom("entry")
    .select("answers")
    .where("ticket_id", "=", ticketId)
    .where("step", "=", step)
    .where(stands)
    .orderBy("id")
    .execute();
  return latestResults(rows);
}

function latestResults(rows: readonly { answers: Answers }[]): CheckResult[] {
  const results = new Map<string, CheckResult>();
  for (const { answers } of rows) {
    const { check, result, note } = answers;
    if (check !== undefined && result !== undefined) results.set(check, { check, result, note });
  }
  return [...results.values()];
}
