import type { Revision } from "../../domain/hosting/application.ts";
import type { Db, Tx } from "../tables.ts";

function selectRevisions(db: Db) {
  return db
    .selectFrom("application_revision")
    .select(["id", "ticket_id as ticketId", "change", "domain_name as domainName", "size"])
    .select(["attachment_id as attachmentId", "dump_id as dumpId", "image_id as imageId", "slot"])
    .select(["is_running as isRunning", "state"]);
}

export async function findRevision(db: Db, id: number): Promise<Revision | undefined> {
  return selectRevisions(db).where("id", "=", id).executeTakeFirst();
}

/** What is under way of an application: asked for, and neither built nor given up. */
export async function findOpenRevision(db: Db, applicationId: number): Promise<Revision | undefined> {
  return selectRevisions(db)
    .where("application_id", "=", applicationId)
    .where("state", "in", ["planned", "building", "failed"])
    .executeTakeFirst();
}

/** A version is what brought another image. @property number of the first, 1 @property fileName that was handed in */
export type Version = Revision & { number: number; builtAt: Date; fileName: string };

/** What stood one after the other, the latest first. */
export async function listVersions(db: Db, applicationId: number): Promise<Version[]> {
  const rows = await db
    .selectFrom("application_revision as revision")
    .innerJoin("attachment", "attachment.id", "revision.attachment_id")
    .select(["revision.id", "revision.ticket_id as ticketId", "change", "domain_name as domainName", "size"])
    .select(["attachment_id as attachmentId", "dump_id as dumpId", "image_id as imageId", "slot"])
    .select(["is_running as isRunning", "revision.state", "changed_at as builtAt", "attachment.name as fileName"])
    .where("application_id", "=", applicationId)
    .where("revision.state", "=", "built")
    .where("change", "in", ["new", "version"])
    .orderBy("revision.id")
    .execute();
  return rows.map((row, index) => ({ ...row, number: index + 1 })).toReversed();
}

/** What the revisions of an application were built of, and those of no other that is still there. */
export async function listImagesOfNoOther(db: Db, applicationId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("application_revision as own")
    .select("own.image_id as imageId")
    .distinct()
    .where("own.application_id", "=", applicationId)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("application_revision as another")
            .innerJoin("application", "application.id", "another.application_id")
            .whereRef("another.image_id", "=", "own.image_id")
            .where("application.id", "<>", applicationId)
            .where("application.state", "<>", "removed")
            .select("another.id"),
        ),
      ),
    )
    .execute();
  return rows.flatMap(({ imageId }) => imageId ?? []);
}

/** The tickets by which an application was asked for and changed, the latest first: what the registers hold for them is its own. */
export async function listTicketsOfApplication(db: Db, applicationId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("application_revision")
    .select("ticket_id as ticketId")
    .distinct()
    .where("application_id", "=", applicationId)
    .orderBy("ticket_id", "desc")
    .execute();
  return rows.map(({ ticketId }) => ticketId);
}

/** Deleted applications whose kept time is over and whose network and name were not released yet. */
export async function listToRelease(db: Db, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("application")
    .select("id")
    .where("state", "=", "deleted")
    .where("released_at", "is", null)
    .where("kept_until", "<=", now)
    .orderBy("kept_until")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Its network and name are nobody's from now on. */
export async function markReleased(tx: Tx, applicationId: number, now: Date): Promise<void> {
  await tx.updateTable("application").set({ released_at: now }).where("id", "=", applicationId).execute();
}
