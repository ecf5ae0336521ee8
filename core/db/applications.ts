import type { Application, ApplicationPlan, ApplicationState } from "../domain/hosting/application.ts";
import type { Db, Tx } from "./tables.ts";

function selectApplications(db: Db) {
  return db
    .selectFrom("application")
    .select(["id", "stack", "ticket_id as ticketId", "office_id as officeId", "title", "domain_name as domainName"])
    .select(["target", "runtime", "size", "reach", "port", "prefix_id as prefixId", "subnet", "gateway", "address"])
    .select(["next_address as nextAddress", "attachment_id as attachmentId", "image_id as imageId", "state"])
    .select("begun_plan_id as begunPlanId");
}

export function findApplication(db: Db, id: number): Promise<Application | undefined> {
  return selectApplications(db).where("id", "=", id).executeTakeFirst();
}

/** The one that a ticket has, if it has one that was not given up. */
export function findApplicationOfTicket(db: Db, ticketId: number): Promise<Application | undefined> {
  return selectApplications(db).where("ticket_id", "=", ticketId).where("state", "<>", "removed").executeTakeFirst();
}

/** After its ticket, as everybody locks them. */
export function lockApplicationOfTicket(tx: Tx, ticketId: number): Promise<Application | undefined> {
  return selectApplications(tx)
    .where("ticket_id", "=", ticketId)
    .where("state", "<>", "removed")
    .forUpdate()
    .executeTakeFirst();
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

/** Those that were built on that target, for the routes of its proxy. */
export function listBuilt(db: Db, target: string): Promise<Application[]> {
  return selectApplications(db).where("target", "=", target).where("state", "=", "built").orderBy("stack").execute();
}

/** What is hosted or was begun, office by office. */
export function listHosted(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<(Application & { officeCode: string })[]> {
  return selectApplications(db)
    .innerJoin("office", "office.id", "application.office_id")
    .clearSelect()
    .select(["application.id", "stack", "ticket_id as ticketId", "office_id as officeId", "title"])
    .select(["domain_name as domainName", "target", "runtime", "size", "reach", "port", "prefix_id as prefixId"])
    .select(["subnet", "gateway", "address", "next_address as nextAddress", "attachment_id as attachmentId"])
    .select(["image_id as imageId", "state", "begun_plan_id as begunPlanId"])
    .select("office.code as officeCode")
    .where("state", "<>", "removed")
    .orderBy("office.code")
    .orderBy("stack")
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function insertApplication(
  tx: Tx,
  {
    ticketId,
    officeId,
    domainName,
    prefixId,
    nextAddress,
    attachmentId,
    imageId,
    ...same
  }: Omit<Application, "id" | "begunPlanId">,
  now: Date,
): Promise<number> {
  const { id } = await tx
    .insertInto("application")
    .values({
      ...same,
      ticket_id: ticketId,
      office_id: officeId,
      domain_name: domainName,
      prefix_id: prefixId,
      next_address: nextAddress,
      attachment_id: attachmentId,
      image_id: imageId,
      changed_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateApplication(
  tx: Tx,
  id: number,
  changes: { state?: ApplicationState; imageId?: string; begunPlanId?: number },
  now: Date,
): Promise<void> {
  const { imageId, begunPlanId, ...state } = changes;
  await tx
    .updateTable("application")
    .set({ ...state, changed_at: now })
    .$if(imageId !== undefined, (update) => update.set({ image_id: imageId ?? null }))
    .$if(begunPlanId !== undefined, (update) => update.set({ begun_plan_id: begunPlanId ?? null }))
    .where("id", "=", id)
    .execute();
}

export async function insertPlan(tx: Tx, plan: Omit<ApplicationPlan, "id">): Promise<number> {
  const { hashes, changes, steps } = plan;
  const { id } = await tx
    .insertInto("application_plan")
    .values({
      application_id: plan.applicationId,
      input: plan.input,
      inputs_hash: hashes.inputs,
      preview_hash: hashes.preview,
      program_hash: hashes.program,
      state_hash: hashes.state,
      image_id: plan.imageId,
      changes: JSON.stringify(changes),
      steps: JSON.stringify(steps),
      made_at: plan.madeAt,
      expires_at: plan.expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The newest; any before it counts no more. */
export async function findLatestPlan(db: Db, applicationId: number): Promise<ApplicationPlan | undefined> {
  const row = await db
    .selectFrom("application_plan")
    .selectAll()
    .where("application_id", "=", applicationId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      applicationId: row.application_id,
      input: row.input,
      imageId: row.image_id,
      hashes: {
        preview: row.preview_hash,
        program: row.program_hash,
        inputs: row.inputs_hash,
        state: row.state_hash,
      },
      changes: row.changes,
      steps: row.steps,
      madeAt: row.made_at,
      expiresAt: row.expires_at,
    }
  );
}
