import { sql } from "kysely";
import type { CauseCode, Outage } from "../../domain/monitoring/outage.ts";
import type { Target, TargetKind } from "../../domain/monitoring/target.ts";
import { complaints } from "../../domain/procedures/common-steps.ts";
import type { Db, Tx } from "../tables.ts";
import { stands } from "../ticket/entries.ts";

/** An outage for which a ticket was opened. */
export type Incident = Outage & {
  outageId: number;
  ticketId: number;
  targetName: string;
  targetKind: TargetKind;
  causeCode: CauseCode | null;
  isUnwatched: boolean;
};

function selectIncidents(db: Db) {
  return db
    .selectFrom("ticket")
    .innerJoin("outage", "outage.id", "ticket.outage_id")
    .innerJoin("monitor_target as target", "target.id", "outage.target_id")
    .select(["ticket.id as ticketId", "outage.id as outageId", "target.id as targetId", "target.name as targetName"])
    .select(["outage.started_at as startedAt", "outage.confirmed_at as confirmedAt", "outage.ended_at as endedAt"])
    .select(["target.kind as targetKind", "outage.cause_code as causeCode", "outage.is_unwatched as isUnwatched"]);
}

/** undefined: the ticket was not opened for an outage */
export function findIncident(db: Db, ticketId: number): Promise<Incident | undefined> {
  return selectIncidents(db).where("ticket.id", "=", ticketId).executeTakeFirst();
}

/** undefined: no ticket was opened for it yet */
export function findIncidentOf(db: Db, outageId: number): Promise<Incident | undefined> {
  return selectIncidents(db).where("outage.id", "=", outageId).executeTakeFirst();
}

/**
 * Of a target, the latest that lasted at some time from then on, or whose ticket was open then: a ticket goes on with the next
 * outage.
 *
 * @param until null: it lasts
 */
export function findIncidentSince(
  db: Db,
  targetId: number,
  { since, until }: { since: Date; until: Date | null },
): Promise<Incident | undefined> {
  return selectIncidents(db)
    .where("outage.target_id", "=", targetId)
    .where(sql<boolean>`least(outage.started_at, ticket.reported_at) <= coalesce(${until}, 'infinity'::timestamptz)`)
    .where(sql<boolean>`(outage.ended_at is null or ticket.ended_at is null
      or greatest(outage.ended_at, ticket.ended_at) >= ${since})`)
    .orderBy("ticket.id", "desc")
    .executeTakeFirst();
}

/** The open ticket of an earlier outage of the same target: to be taken along by this one. */
export async function findOpenIncidentBefore(
  db: Db,
  { id, targetId }: { id: number; targetId: number },
): Promise<Incident | undefined> {
  return selectIncidents(db)
    .where("outage.target_id", "=", targetId)
    .where("outage.id", "<", id)
    .where("ticket.ended_at", "is", null)
    .orderBy("ticket.id", "desc")
    .executeTakeFirst();
}

/** Its ticket, or the open one of an earlier outage of the same target, which it takes along once it has lasted. */
export async function findTicketFor(db: Db, outage: { id: number; targetId: number }): Promise<Incident | undefined> {
  return (await findIncidentOf(db, outage.id)) ?? findOpenIncidentBefore(db, outage);
}

/** The ticket is of this outage from now on, and who joined the former one with it. */
export async function moveIncident(
  tx: Tx,
  { ticketId, outageId: from }: Pick<Incident, "ticketId" | "outageId">,
  to: number,
): Promise<void> {
  await tx.updateTable("ticket").set({ outage_id: to }).where("id", "=", ticketId).execute();
  await tx.updateTable("outage_affected").set({ outage_id: to }).where("outage_id", "=", from).execute();
}

/** Lasting outages that were certain by then and have no ticket. */
export function listWithoutTicket(
  db: Db,
  certainBy: Date,
): Promise<{ id: number; targetId: number; startedAt: Date }[]> {
  return db
    .selectFrom("outage")
    .select(["id", "target_id as targetId", "started_at as startedAt"])
    .where("ended_at", "is", null)
    .where("confirmed_at", "<=", certainBy)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("ticket").select("ticket.id").whereRef("ticket.outage_id", "=", "outage.id"))),
    )
    .orderBy("id")
    .execute();
}

export type Restored = {
  ticketId: number;
  outageId: number;
  /** the ticket says so already, of this outage */
  isNoted: boolean;
  /** somebody complained since this outage has ended */
  isDoubted: boolean;
};

/** Open tickets whose outage has ended, where the target answers now. */
export function listRestored(db: Db): Promise<Restored[]> {
  return selectRestored(db).orderBy("ticket.id").execute();
}

/** undefined: that ticket is none of them */
export function findRestored(db: Db, ticketId: number): Promise<Restored | undefined> {
  return selectRestored(db).where("ticket.id", "=", ticketId).executeTakeFirst();
}

function selectRestored(db: Db) {
  const since = db
    .selectFrom("entry")
    .select("entry.id")
    .whereRef("entry.ticket_id", "=", sql.ref("ticket.id"))
    .whereRef("entry.at", ">=", sql.ref("outage.ended_at"));
  return db
    .selectFrom("ticket")
    .innerJoin("outage", "outage.id", "ticket.outage_id")
    .innerJoin("monitor_target_state as known", "known.target_id", "outage.target_id")
    .where("ticket.ended_at", "is", null)
    .where("outage.ended_at", "is not", null)
    .where("known.state", "in", ["up", "degraded"])
    .where("known.is_flapping", "=", false)
    .select(["ticket.id as ticketId", "outage.id as outageId"])
    .select(({ exists }) => [
      exists(since.where("entry.kind", "=", "restored"))
        .$castTo<boolean>()
        .as("isNoted"),
      exists(since.where("entry.step", "in", complaints).where(stands))
        .$castTo<boolean>()
        .as("isDoubted"),
    ]);
}

/** What was down behind the target at some time of its outage, by names. @property officeId null: it is everybody's */
export function listBehind(
  db: Db,
  { targetId, startedAt, endedAt }: Outage,
): Promise<Pick<Target, "name" | "kind" | "officeId">[]> {
  return db
    .selectFrom("outage")
    .innerJoin("monitor_target as target", "target.id", "outage.target_id")
    .select(["target.name", "target.kind", "target.office_id as officeId"])
    .distinct()
    .where("outage.root_id", "=", targetId)
    .where((where) => where.or([where("outage.ended_at", "is", null), where("outage.ended_at", ">=", startedAt)]))
    .$if(endedAt !== null, (query) => query.where("outage.started_at", "<=", endedAt ?? startedAt))
    .orderBy("target.name")
    .execute();
}

/** @returns false: they had joined before */
export async function insertAffected(
  tx: Tx,
  { outageId, personId, officeId, now }: { outageId: number; personId: number; officeId: number; now: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto("outage_affected")
    .values({ outage_id: outageId, person_id: personId, office_id: officeId, joined_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("person_id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function isAffected(db: Db, outageId: number, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom("outage_affected")
    .select("person_id")
    .where("outage_id", "=", outageId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** All who joined. */
export async function listAffected(db: Db, outageId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("outage_affected")
    .select("person_id as personId")
    .where("outage_id", "=", outageId)
    .orderBy("person_id")
    .execute();
  return rows.map(({ personId }) => personId);
}

/** Open tickets of outages that this person joined; the latest first. */
export function listJoinedTickets(db: Db, personId: number): Promise<Pick<Incident, "ticketId" | "targetName">[]> {
  return selectIncidents(db)
    .innerJoin("outage_affected as affected", "affected.outage_id", "outage.id")
    .where("affected.person_id", "=", personId)
    .where("ticket.ended_at", "is", null)
    .orderBy("ticket.id", "desc")
    .execute();
}

/** How many joined, by their office's code; the most first. */
export function countAffected(db: Db, outageId: number): Promise<{ officeCode: string; people: number }[]> {
  return db
    .selectFrom("outage_affected as affected")
    .innerJoin("office", "office.id", "affected.office_id")
    .select(({ fn }) => ["office.code as officeCode", fn.countAll<number>().as("people")])
    .where("affected.outage_id", "=", outageId)
    .groupBy("office.code")
    .orderBy("people", "desc")
    .orderBy("officeCode")
    .execute();
}

/** Each is told once that it answers again, and once of the end. @returns who was not told yet, of neither */
export async function markAffectedTold(
  tx: Tx,
  outageId: number,
  what: "told_restored_at" | "told_at",
  now: Date,
): Promise<number[]> {
  const rows = await tx
    .updateTable("outage_affected")
    .set({ [what]: now })
    .where("outage_id", "=", outageId)
    .where("told_at", "is", null)
    .where(what, "is", null)
    .returning("person_id as personId")
    .execute();
  return rows.map(({ personId }) => personId).toSorted((one, other) => one - other);
}
