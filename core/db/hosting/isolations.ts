import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { Isolation, IsolationDecision } from "../../domain/hosting/isolation.ts";
import type { Db, Tx } from "../tables.ts";

function selectIsolations(db: Db) {
  return db
    .selectFrom("isolation")
    .innerJoin("person", "person.id", "isolation.begun_by")
    .select(["isolation.id", "application_id as applicationId", "begun_by as begunById", "person.name as begunByName"])
    .select(["begun_at as begunAt", "reason", "closed_at as closedAt", "contained_at as containedAt"])
    .select(["evidence_at as evidenceAt", "trouble", "reminded_at as remindedAt", "ended_at as endedAt"]);
}

type Row = Omit<Isolation, "decisions">;

async function withDecisions(db: Db, row: Row | undefined): Promise<Isolation | undefined> {
  return row && { ...row, decisions: await listDecisions(db, row.id) };
}

function listDecisions(db: Db, isolationId: number): Promise<Isolation["decisions"][number][]> {
  return db
    .selectFrom("isolation_decision as decided")
    .innerJoin("person", "person.id", "decided.person_id")
    .select(["decided.decision", "person.id as personId", "person.name as personName", "decided.at", "decided.reason"])
    .where("isolation_id", "=", isolationId)
    .orderBy("decided.at")
    .execute();
}

export async function findIsolation(db: Db, id: number): Promise<Isolation | undefined> {
  return withDecisions(db, await selectIsolations(db).where("isolation.id", "=", id).executeTakeFirst());
}

/** That has not ended. */
export async function findOpenIsolation(db: Db, applicationId: number): Promise<Isolation | undefined> {
  const open = selectIsolations(db).where("application_id", "=", applicationId).where("ended_at", "is", null);
  return withDecisions(db, await open.executeTakeFirst());
}

/** After the application. */
export async function lockIsolation(tx: Tx, id: number): Promise<Isolation | undefined> {
  const row = await selectIsolations(tx).where("isolation.id", "=", id).forUpdate("isolation").executeTakeFirst();
  return withDecisions(tx, row);
}

export async function listOpenIsolations(db: Db): Promise<Isolation[]> {
  const rows = await selectIsolations(db).where("ended_at", "is", null).orderBy("isolation.id").execute();
  return Promise.all(rows.map(async (row) => ({ ...row, decisions: await listDecisions(db, row.id) })));
}

/** Refused by the database where the application is isolated. */
export async function insertIsolation(
  tx: Tx,
  { applicationId, personId, reason, now }: { applicationId: number; personId: number; reason: string; now: Date },
): Promise<number> {
  const begun = { application_id: applicationId, begun_by: personId, begun_at: now, reason, reminded_at: now };
  const { id } = await tx.insertInto("isolation").values(begun).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function updateIsolation(
  tx: Tx,
  id: number,
  {
    closedAt,
    containedAt,
    evidenceAt,
    trouble,
    remindedAt,
    endedAt,
  }: Partial<Pick<Isolation, "closedAt" | "containedAt" | "evidenceAt" | "remindedAt" | "endedAt">> & {
    trouble?: HostingFailure | null;
  },
): Promise<void> {
  const changes = {
    ...(closedAt === undefined ? {} : { closed_at: closedAt }),
    ...(containedAt === undefined ? {} : { contained_at: containedAt }),
    ...(evidenceAt === undefined ? {} : { evidence_at: evidenceAt }),
    ...(trouble === undefined ? {} : { trouble }),
    ...(remindedAt === undefined ? {} : { reminded_at: remindedAt }),
    ...(endedAt === undefined ? {} : { ended_at: endedAt }),
  };
  if (Object.keys(changes).length > 0) {
    await tx.updateTable("isolation").set(changes).where("id", "=", id).execute();
  }
}

export async function insertDecision(
  tx: Tx,
  isolationId: number,
  { decision, personId, reason, now }: { decision: IsolationDecision; personId: number; reason: string; now: Date },
): Promise<void> {
  const decided = { isolation_id: isolationId, decision, person_id: personId, at: now, reason };
  await tx.insertInto("isolation_decision").values(decided).execute();
}
