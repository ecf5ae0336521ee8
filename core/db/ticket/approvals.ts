import type { Role } from "../../domain/people/roles.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { asksApproval, stepsFrom } from "../../domain/procedures/procedure.ts";
import { type Acting, type Approval, approverRole, type Decision } from "../../domain/ticket/approval-rules.ts";
import { termEnd } from "../../domain/ticket/term-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { findLatestPlan } from "../hosting/stack-plans.ts";
import { findWanted } from "../hosting/wanted.ts";
import type { Db, Tx } from "../tables.ts";

/** The latest request for approval of a ticket, in whichever state the ticket is now. */
export async function findApproval(
  db: Db,
  ticket: Pick<Ticket, "id" | "procedure" | "answers">,
  { zone }: { zone: string },
): Promise<Approval | undefined> {
  const row = await db
    .selectFrom("approval")
    .innerJoin("entry as asked", "asked.id", "approval.entry_id")
    .innerJoin("entry as filed", (join) =>
      join.onRef("filed.ticket_id", "=", "approval.ticket_id").on("filed.kind", "=", "filed"),
    )
    .select(["approval.id", "approval.round", "approval.state", "approval.chain", "approval.asked_at as askedAt"])
    .select("approval.entry_id as entryId")
    .select(["asked.person_id as askedBy", "filed.person_id as filedBy"])
    .where("approval.ticket_id", "=", ticket.id)
    .orderBy("approval.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const decisions = await listDecisions(db, row.id);
  const role = approverRole({ chain: row.chain, decisions });
  return {
    ...row,
    ...(await listPreparers(db, ticket)),
    decisions,
    remindedAt: await findLastReminder(db, row.id),
    acting: role === undefined ? [] : await listActing(db, role),
    termEndsAt: termEnd(findProcedure(ticket.procedure), ticket.answers, zone),
    planExpiresAt: isOfPlan(ticket, row.state) ? ((await findPlanExpiry(db, ticket.id)) ?? null) : null,
  };
}

/** Whether a plan is what is approved in that state. */
function isOfPlan({ procedure }: Pick<Ticket, "procedure">, state: string): boolean {
  return stepsFrom(findProcedure(procedure), state).some(({ takes }) => takes === "plan");
}

/** Until when the newest plan of a ticket can be built; undefined: it has none. */
export async function findPlanExpiry(db: Db, ticketId: number): Promise<Date | undefined> {
  const wanted = await findWanted(db, ticketId);
  return (wanted && (await findLatestPlan(db, wanted)))?.expiresAt;
}

/** Nothing where the procedure has no such steps. */
async function listPreparers(
  db: Db,
  ticket: Pick<Ticket, "id" | "procedure">,
): Promise<{ preparedBy?: (number | null)[] }> {
  const steps = findProcedure(ticket.procedure).steps.filter(({ preparesApproval }) => preparesApproval);
  if (steps.length === 0) return {};
  const rows = await db
    .selectFrom("entry")
    .select("person_id as personId")
    .distinct()
    .where("ticket_id", "=", ticket.id)
    .where(
      "step",
      "in",
      steps.map(({ name }) => name),
    )
    .execute();
  return { preparedBy: rows.map(({ personId }) => personId) };
}

/** What was decided in one request, oldest first. */
function listDecisions(db: Db, approvalId: number): Promise<Decision[]> {
  return db
    .selectFrom("decision")
    .leftJoin("substitution", "substitution.id", "decision.substitution_id")
    .select(["decision.link", "decision.role", "decision.person_id as personId", "decision.decision", "decision.at"])
    .select("substitution.for_person_id as actedForId")
    .where("decision.approval_id", "=", approvalId)
    .orderBy("decision.id")
    .execute();
}

/** The plan that the last approval of a request was for; undefined: it was for none. */
export async function findApprovedPlanId(db: Db, approvalId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("decision")
    .innerJoin("entry", "entry.id", "decision.entry_id")
    .select("entry.answers")
    .where("decision.approval_id", "=", approvalId)
    .where("decision.decision", "=", "approved")
    .orderBy("decision.id", "desc")
    .limit(1)
    .executeTakeFirst();
  const plan = row?.answers.plan;
  return plan === undefined ? undefined : Number(plan);
}

/** A decision with the names that belong to it, and what was said. */
export type ShownDecision = Decision & {
  personName: string | null;
  actingKind: Acting["kind"] | null;
  note: string | null;
};

/** Oldest first; of the latest round where none is named. */
export async function listShownDecisions(db: Db, ticketId: number, round?: number): Promise<ShownDecision[]> {
  const rows = await db
    .selectFrom("decision")
    .innerJoin("entry", "entry.id", "decision.entry_id")
    .leftJoin("person", "person.id", "decision.person_id")
    .leftJoin("substitution", "substitution.id", "decision.substitution_id")
    .select(["decision.link", "decision.role", "decision.person_id as personId", "decision.decision", "decision.at"])
    .select(["substitution.for_person_id as actedForId", "person.name as personName"])
    .select(["substitution.kind as actingKind", "entry.answers"])
    .where("decision.ticket_id", "=", ticketId)
    .where("decision.round", "=", (where) =>
      round === undefined
        ? where
            .selectFrom("approval")
            .select((select) => select.fn.coalesce(select.fn.max("approval.round"), select.val(0)).as("round"))
            .where("approval.ticket_id", "=", ticketId)
        : where.val(round),
    )
    .orderBy("decision.id")
    .execute();
  return rows.map(({ answers, ...row }) => ({ ...row, note: answers.note ?? null }));
}

async function findLastReminder(db: Db, approvalId: number): Promise<Date | null> {
  const { at } = await db
    .selectFrom("approval_reminder")
    .select((select) => select.fn.max("at").as("at"))
    .where("approval_id", "=", approvalId)
    .executeTakeFirstOrThrow();
  return at;
}

/** Who holds that role for the time of a substitution only. */
export function listActing(db: Db, role: Role): Promise<Acting[]> {
  return db
    .selectFrom("person_role")
    .innerJoin("substitution", "substitution.id", "person_role.substitution_id")
    .select(["substitution.id", "substitution.person_id as personId", "substitution.for_person_id as forPersonId"])
    .select(["substitution.kind", "substitution.starts_at as startsAt", "substitution.ends_at as endsAt"])
    .where("person_role.role", "=", role)
    .execute();
}

/** The substitution by which somebody holds that role now. */
export async function findActing(db: Db, role: Role, personId: number): Promise<Acting | undefined> {
  return (await listActing(db, role)).find((acting) => acting.personId === personId);
}

/** A new round, asked by that entry. */
export async function insertApproval(
  tx: Tx,
  approval: { ticketId: number; state: string; chain: readonly Role[]; entryId: number; now: Date },
): Promise<number> {
  const { round } = await tx
    .selectFrom("approval")
    .select((select) => select.fn.countAll<number>().as("round"))
    .where("ticket_id", "=", approval.ticketId)
    .executeTakeFirstOrThrow();
  const { id } = await tx
    .insertInto("approval")
    .values({
      ticket_id: approval.ticketId,
      round: round + 1,
      state: approval.state,
      chain: [...approval.chain],
      entry_id: approval.entryId,
      asked_at: approval.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertDecision(
  tx: Tx,
  approval: Pick<Approval, "id" | "round">,
  decision: Omit<Decision, "actedForId"> & { ticketId: number; entryId: number; substitutionId: number | null },
): Promise<void> {
  await tx
    .insertInto("decision")
    .values({
      approval_id: approval.id,
      ticket_id: decision.ticketId,
      round: approval.round,
      link: decision.link,
      role: decision.role,
      person_id: decision.personId,
      substitution_id: decision.substitutionId,
      decision: decision.decision,
      entry_id: decision.entryId,
      at: decision.at,
    })
    .execute();
}

export async function insertApprovalReminder(tx: Tx, approvalId: number, now: Date): Promise<void> {
  await tx.insertInto("approval_reminder").values({ approval_id: approvalId, at: now }).execute();
}

/**
 * The open tickets whose approval waits for one of these roles, oldest first.
 *
 * @param notOf who decides on nothing of their own
 */
export async function listTicketsAwaitingApproval(db: Db, roles: readonly Role[], notOf?: number): Promise<number[]> {
  if (roles.length === 0) return [];
  const rows = await db
    .selectFrom("ticket")
    .select(["id", "procedure", "state"])
    .where("holder", "in", roles)
    .$if(notOf !== undefined, (query) => query.where("requester_id", "<>", notOf ?? 0))
    .where((where) =>
      where.exists(
        where
          .selectFrom("approval")
          .select("approval.id")
          .whereRef("approval.ticket_id", "=", "ticket.id")
          .whereRef("approval.state", "=", "ticket.state"),
      ),
    )
    .orderBy("id")
    .execute();
  return rows.filter(({ procedure, state }) => asksApproval(findProcedure(procedure), state)).map(({ id }) => id);
}
