import { sql } from "kysely";
import type { Application, ApplicationState, Revision, RevisionState } from "../../domain/hosting/application.ts";
import type { Db, Tx } from "../tables.ts";
import { accessColumns, partAccess } from "./vendor-accesses.ts";

function selectApplications(db: Db) {
  return db
    .selectFrom("application")
    .innerJoin("application_revision as revision", "revision.application_id", "application.id")
    .innerJoin("stack", "stack.name", "application.stack")
    .leftJoin("application_database as secrets", "secrets.application_id", "application.id")
    .leftJoin("vendor_access as access", (join) =>
      join.onRef("access.application_id", "=", "application.id").on("access.ended_at", "is", null),
    )
    .select(accessColumns)
    .select([
      "secrets.admin_password as adminPassword",
      "secrets.password",
      "secrets.url",
      "secrets.filled_at as filledAt",
    ])
    .select([
      "application.id",
      "application.stack",
      "application.ticket_id as ticketId",
      "office_id as officeId",
      "title",
    ])
    .select([
      "application.target",
      "runtime",
      "database",
      "reach",
      "application.port",
      "health_path as healthPath",
      "prefix_id as prefixId",
      "subnet",
      "gateway",
    ])
    .select(["address", "next_address as nextAddress", "database_address as databaseAddress", "application.state"])
    .select([
      "application.revision_id as standingId",
      "stack.begun_plan_id as begunId",
      "stack.built_plan_id as builtId",
    ])
    .select([
      "revision.id as revisionId",
      "revision.ticket_id as askedBy",
      "change",
      "domain_name as domainName",
      "size",
    ])
    .select(["attachment_id as attachmentId", "dump_id as dumpId", "image_id as imageId", "slot"])
    .select(["is_running as isRunning", "revision.state as progress"])
    .select((select) =>
      select
        .selectFrom("attachment as dump")
        .select("dump.sha256")
        .whereRef("dump.id", "=", "revision.dump_id")
        .as("dumpSha256"),
    )
    .select(["kept_until as keptUntil", "released_at as releasedAt"])
    .select(
      sql<string[] | null>`(select built.input::jsonb -> 'volumes' from stack_plan as built
        where built.id = stack.built_plan_id)`.as("volumes"),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof selectApplications>["executeTakeFirstOrThrow"]>>;

function toApplication(row: Row): Application {
  const { begunId, builtId, revisionId, askedBy, change, domainName, size, ...others } = row;
  const { attachmentId, dumpId, imageId, slot, isRunning, progress, releasedAt, ...known } = others;
  const { adminPassword, password, url, filledAt, volumes, ...withAccess } = known;
  const { access, others: application } = partAccess(withAccess);
  const hasSecrets = adminPassword !== null && password !== null && url !== null;
  return {
    ...application,
    isKept: releasedAt === null,
    access,
    volumes: volumes ?? [],
    secrets: hasSecrets ? { adminPassword, password, url, isFilled: filledAt !== null } : null,
    begunPlanId: begunId === builtId ? null : begunId,
    revision: {
      ...{ id: revisionId, ticketId: askedBy, change, domainName, size, attachmentId, dumpId, imageId },
      ...{ slot, isRunning, state: progress },
    },
  };
}

/** With the revision that stands; of what does not stand yet with the latest. */
function selectPresent(db: Db) {
  return selectApplications(db).where((where) =>
    where.or([
      where("application.revision_id", "=", where.ref("revision.id")),
      where.and([
        where("application.revision_id", "is", null),
        where("revision.id", "=", (select) =>
          select
            .selectFrom("application_revision as any")
            .whereRef("any.application_id", "=", "application.id")
            .select(({ fn }) => fn.max("any.id").as("latest")),
        ),
      ]),
    ]),
  );
}

/** With the revision that stands, or is the first to. */
export async function findApplication(db: Db, id: number): Promise<Application | undefined> {
  const row = await selectPresent(db).where("application.id", "=", id).executeTakeFirst();
  return row && toApplication(row);
}

/** What a ticket asks for, if that was not given up; with its latest revision. */
export async function findApplicationOfTicket(db: Db, ticketId: number): Promise<Application | undefined> {
  const row = await selectOfTicket(db, ticketId).executeTakeFirst();
  return row && toApplication(row);
}

function selectOfTicket(db: Db, ticketId: number) {
  return selectApplications(db)
    .where("revision.ticket_id", "=", ticketId)
    .where("revision.state", "<>", "given-up")
    .orderBy("revision.id", "desc")
    .limit(1);
}

/** After its ticket, as everybody locks them. */
export async function lockApplicationOfTicket(tx: Tx, ticketId: number): Promise<Application | undefined> {
  const row = await selectOfTicket(tx, ticketId).forUpdate(["application", "revision", "stack"]).executeTakeFirst();
  return row && toApplication(row);
}

/** After the ticket by which it is looked at. With the revision that stands, or is the first to. */
export async function lockApplication(tx: Tx, id: number): Promise<Application | undefined> {
  await tx.selectFrom("application").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
  return findApplication(tx, id);
}

/** With the revision that stands, or is the first to. */
export async function findApplicationByStack(db: Db, stack: string): Promise<Application | undefined> {
  const row = await selectPresent(db)
    .where("application.stack", "=", stack)
    .where("application.state", "<>", "removed")
    .executeTakeFirst();
  return row && toApplication(row);
}

/** Whether a stack of that name is planned or there. */
export async function isStackTaken(db: Db, stack: string): Promise<boolean> {
  const found = await db
    .selectFrom("application")
    .select("id")
    .where("stack", "=", stack)
    .where("state", "<>", "removed")
    .executeTakeFirst();
  return found !== undefined;
}

/** Those that run on that target, and those that are isolated there, for the routes of its proxy. */
export async function listRouted(db: Db, target: string): Promise<Application[]> {
  const rows = await selectPresent(db)
    .where("application.target", "=", target)
    .where("application.state", "in", ["built", "isolated"])
    .orderBy("application.stack")
    .execute();
  return rows.map(toApplication);
}

/** Something of that target is being built just now. */
export async function isTargetChanging(db: Db, target: string): Promise<boolean> {
  const row = await db
    .selectFrom("application_revision as revision")
    .innerJoin("application", "application.id", "revision.application_id")
    .select("revision.id")
    .where("application.target", "=", target)
    .where("revision.state", "=", "building")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

type Page = { offset: number; limit: number };

/** What is hosted or was begun, office by office, or of one office. @param only "released": deleted, and kept for its time */
export async function listHosted(
  db: Db,
  { offset, limit, officeId, only }: Page & { officeId?: number | undefined; only?: "standing" | "released" },
): Promise<(Application & { officeCode: string })[]> {
  const rows = await selectPresent(db)
    .innerJoin("office", "office.id", "application.office_id")
    .select("office.code as officeCode")
    .where("application.state", "<>", "removed")
    .$if(only !== undefined, (all) => all.where("application.revision_id", "is not", null))
    .$if(only === "released", (all) => all.where("application.released_at", "is not", null))
    .$if(officeId !== undefined, (all) => all.where("application.office_id", "=", officeId ?? 0))
    .orderBy("office.code")
    .orderBy("application.stack")
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(({ officeCode, ...row }) => ({ ...toApplication(row), officeCode }));
}

export async function insertApplication(
  tx: Tx,
  application: Omit<
    Application,
    | ("id" | "begunPlanId" | "standingId" | "keptUntil" | "isKept" | "revision")
    | ("secrets" | "dumpSha256" | "access" | "volumes")
  >,
  now: Date,
): Promise<number> {
  const { ticketId, officeId, prefixId, nextAddress, databaseAddress, healthPath, ...same } = application;
  const { id } = await tx
    .insertInto("application")
    .values({
      ...same,
      ticket_id: ticketId,
      office_id: officeId,
      prefix_id: prefixId,
      next_address: nextAddress,
      database_address: databaseAddress,
      health_path: healthPath,
      changed_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Refused by the database while another change of the application is under way. */
export async function insertRevision(
  tx: Tx,
  applicationId: number,
  revision: Omit<Revision, "id">,
  now: Date,
): Promise<number> {
  const { ticketId, domainName, attachmentId, dumpId, imageId, isRunning, ...same } = revision;
  const { id } = await tx
    .insertInto("application_revision")
    .values({
      ...same,
      application_id: applicationId,
      ticket_id: ticketId,
      domain_name: domainName,
      attachment_id: attachmentId,
      dump_id: dumpId,
      image_id: imageId,
      is_running: isRunning,
      changed_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateRevision(
  tx: Tx,
  id: number,
  { state, imageId }: { state?: RevisionState; imageId?: string },
  now: Date,
): Promise<void> {
  await tx
    .updateTable("application_revision")
    .set({ ...(state && { state }), ...(imageId && { image_id: imageId }), changed_at: now })
    .where("id", "=", id)
    .execute();
}

/** What is only planned is to be made otherwise, in the network that it has. */
export async function replanApplication(
  tx: Tx,
  id: number,
  { healthPath, ...planned }: Pick<Application, "title" | "runtime" | "database" | "reach" | "port" | "healthPath">,
  now: Date,
): Promise<void> {
  await tx
    .updateTable("application")
    .set({ ...planned, health_path: healthPath, changed_at: now })
    .where("id", "=", id)
    .execute();
}

/** @param revisionId that stands from now on @param keptUntil of what is deleted */
export async function updateApplication(
  tx: Tx,
  id: number,
  { state, revisionId, keptUntil = null }: { state: ApplicationState; revisionId?: number; keptUntil?: Date | null },
  now: Date,
): Promise<void> {
  await tx
    .updateTable("application")
    .set({ state, ...(revisionId && { revision_id: revisionId }), kept_until: keptUntil, changed_at: now })
    .where("id", "=", id)
    .execute();
}
