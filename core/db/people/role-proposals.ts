import type { Role } from "../../domain/people/roles.ts";
import type { Db, Tx } from "../tables.ts";

export type RoleProposal = {
  id: number;
  personId: number;
  role: Role;
  proposedBy: number;
  proposedAt: Date;
  decidedBy: number | null;
  decidedAt: Date | null;
  decision: "confirmed" | "rejected" | null;
};

function selectProposals(db: Db) {
  return db
    .selectFrom("role_proposal")
    .select([
      "id",
      "person_id as personId",
      "role",
      "proposed_by as proposedBy",
      "proposed_at as proposedAt",
      "decided_by as decidedBy",
      "decided_at as decidedAt",
      "decision",
    ]);
}

export function findProposal(db: Db, id: number): Promise<RoleProposal | undefined> {
  return selectProposals(db).where("id", "=", id).executeTakeFirst();
}

/** What waits for a second administrator, for one person. */
export function listOpenProposals(db: Db, personId: number): Promise<RoleProposal[]> {
  return selectProposals(db).where("person_id", "=", personId).where("decision", "is", null).orderBy("id").execute();
}

/** What waits for a second administrator and cannot be decided any more once this person leaves: for them, or by them. */
export function lockOpenProposalsAround(tx: Tx, personId: number): Promise<RoleProposal[]> {
  return selectProposals(tx)
    .where("decision", "is", null)
    .where((where) => where.or([where("person_id", "=", personId), where("proposed_by", "=", personId)]))
    .orderBy("id")
    .forUpdate()
    .execute();
}

export function lockProposal(tx: Tx, id: number): Promise<RoleProposal | undefined> {
  return selectProposals(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** @returns undefined when the same is proposed already */
export async function insertProposal(
  tx: Tx,
  proposal: { personId: number; role: Role; proposedBy: number; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("role_proposal")
    .values({
      person_id: proposal.personId,
      role: proposal.role,
      proposed_by: proposal.proposedBy,
      proposed_at: proposal.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function decideProposalRow(
  tx: Tx,
  id: number,
  decision: { by: number; decision: "confirmed" | "rejected"; now: Date },
): Promise<void> {
  await tx
    .updateTable("role_proposal")
    .set({ decided_by: decision.by, decided_at: decision.now, decision: decision.decision })
    .where("id", "=", id)
    .where("decision", "is", null)
    .execute();
}
