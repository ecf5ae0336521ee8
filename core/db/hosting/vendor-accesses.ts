import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { AccessEnd, VendorAccess } from "../../domain/hosting/vendor-access.ts";
import type { Db, Tx } from "../tables.ts";

/** For whoever joins it as `access`; see `partAccess`. */
export const accessColumns = [
  "access.id as accessId",
  "access.ticket_id as accessTicketId",
  "access.kind as accessKind",
  "access.vendor as accessVendor",
  "access.person_name as accessPersonName",
  "access.public_key as accessPublicKey",
  "access.sources as accessSources",
  "access.until as accessUntil",
  "access.port as accessPort",
  "access.host_key as accessHostKey",
  "access.fingerprint as accessFingerprint",
  "access.account_password as accessAccountPassword",
  "access.granted_at as accessGrantedAt",
] as const;

/** What was joined. That it has not ended is the join's own condition. */
type Joined = {
  id: number;
  accessId: number | null;
  accessTicketId: number | null;
  accessKind: VendorAccess["kind"] | null;
  accessVendor: string | null;
  accessPersonName: string | null;
  accessPublicKey: string | null;
  accessSources: string | null;
  accessUntil: Date | null;
  accessPort: number | null;
  accessHostKey: string | null;
  accessFingerprint: string | null;
  accessAccountPassword: string | null;
  accessGrantedAt: Date | null;
};

/** The access of an application's row, and what else the row has. */
export function partAccess<Row extends Joined>(row: Row) {
  const { accessId, accessTicketId, accessKind, accessVendor, accessPersonName, accessPublicKey, ...more } = row;
  const { accessSources, accessUntil, accessPort, accessHostKey, accessFingerprint, accessGrantedAt, ...rest } = more;
  const { accessAccountPassword, ...others } = rest;
  const access: VendorAccess | null =
    accessId === null
      ? null
      : {
          ...{ id: accessId, applicationId: row.id, ticketId: accessTicketId ?? 0, kind: accessKind ?? "sftp" },
          ...{ vendor: accessVendor ?? "", personName: accessPersonName ?? "", publicKey: accessPublicKey ?? "" },
          ...{ sources: accessSources, until: accessUntil ?? new Date(0), port: accessPort ?? 0 },
          ...{ hostKey: accessHostKey, fingerprint: accessFingerprint, accountPassword: accessAccountPassword },
          grantedAt: accessGrantedAt,
          ...{ endedAt: null, endedBecause: null, shutAt: null, closedAt: null, trouble: null },
        };
  return { access, others };
}

function selectAccesses(db: Db) {
  return db
    .selectFrom("vendor_access as access")
    .select(["access.id", "application_id as applicationId", "access.ticket_id as ticketId", "access.kind", "vendor"])
    .select(["person_name as personName", "public_key as publicKey", "sources", "until", "access.port"])
    .select(["host_key as hostKey", "fingerprint", "account_password as accountPassword"])
    .select(["granted_at as grantedAt", "ended_at as endedAt"])
    .select(["ended_because as endedBecause", "shut_at as shutAt", "closed_at as closedAt", "trouble"]);
}

export function findAccess(db: Db, id: number): Promise<VendorAccess | undefined> {
  return selectAccesses(db).where("access.id", "=", id).executeTakeFirst();
}

/** After its application, where that is locked, too. */
export function lockAccess(tx: Tx, id: number): Promise<VendorAccess | undefined> {
  return selectAccesses(tx).where("access.id", "=", id).forUpdate().executeTakeFirst();
}

/** Of which something may stand on its host. */
export function findUnclosedAccess(db: Db, applicationId: number): Promise<VendorAccess | undefined> {
  return selectAccesses(db)
    .where("application_id", "=", applicationId)
    .where("closed_at", "is", null)
    .executeTakeFirst();
}

/** Whose time is over by then, and that have not ended. */
export async function listOverdue(db: Db, now: Date): Promise<number[]> {
  const rows = await selectAccesses(db).where("until", "<=", now).where("ended_at", "is", null).execute();
  return rows.map(({ id }) => id);
}

/** Ended, and not closed yet. @param which.isForAll those by which nobody gets in any more, too */
export async function listToClose(db: Db, { isForAll }: { isForAll: boolean }): Promise<number[]> {
  const rows = await selectAccesses(db)
    .where("ended_at", "is not", null)
    .where("closed_at", "is", null)
    .$if(!isForAll, (all) => all.where("shut_at", "is", null))
    .execute();
  return rows.map(({ id }) => id);
}

/** Who gets in from outside, those first that end first. */
export function listGranted(
  db: Db,
  { officeId, limit }: { officeId?: number | undefined; limit: number },
): Promise<(VendorAccess & { stack: string })[]> {
  return selectAccesses(db)
    .innerJoin("application", "application.id", "access.application_id")
    .select("application.stack")
    .where("granted_at", "is not", null)
    .where("ended_at", "is", null)
    .$if(officeId !== undefined, (all) => all.where("application.office_id", "=", officeId ?? 0))
    .orderBy("until")
    .limit(limit)
    .execute();
}

export async function listPortsInUse(db: Db, target: string): Promise<number[]> {
  const rows = await db
    .selectFrom("vendor_access")
    .select("port")
    .where("target", "=", target)
    .where("closed_at", "is", null)
    .execute();
  return rows.map(({ port }) => port);
}

type Asked = Pick<
  VendorAccess,
  "applicationId" | "ticketId" | "kind" | "vendor" | "personName" | "publicKey" | "sources" | "until" | "port"
>;

/** @returns undefined: somebody else has just got that port */
export async function insertAccess(
  tx: Tx,
  { applicationId, ticketId, personName, publicKey, ...same }: Asked & { target: string },
  now: Date,
): Promise<number | undefined> {
  const row = await tx
    .insertInto("vendor_access")
    .values({
      ...same,
      application_id: applicationId,
      ticket_id: ticketId,
      person_name: personName,
      public_key: publicKey,
      asked_at: now,
    })
    .onConflict((conflict) => conflict.columns(["target", "port"]).where("closed_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** By what it is known and opened, drawn when it is planned. */
export type AccessSecrets = Pick<VendorAccess, "accountPassword"> & { hostKey: string; fingerprint: string };

/** Its server gets a key of its own, and its account a password, and keeps it. */
export async function insertAccessSecrets(
  tx: Tx,
  id: number,
  { hostKey, fingerprint, accountPassword }: AccessSecrets,
): Promise<void> {
  await tx
    .updateTable("vendor_access")
    .set({ host_key: hostKey, fingerprint, account_password: accountPassword })
    .where("id", "=", id)
    .where("host_key", "is", null)
    .execute();
}

/** @returns whether it was still to be granted */
export async function markGranted(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("vendor_access")
    .set({ granted_at: now })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false: it had ended before, and because of that */
export async function markEnded(
  tx: Tx,
  id: number,
  { because, personId, now }: { because: AccessEnd; personId: number | null; now: Date },
): Promise<boolean> {
  const ended = { ended_at: now, ended_because: because, ended_by: personId };
  const { numUpdatedRows } = await tx
    .updateTable("vendor_access")
    .set(ended)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Nobody gets in any more. */
export async function markShut(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable("vendor_access").set({ shut_at: now, trouble: null }).where("id", "=", id).execute();
}

export async function markTrouble(tx: Tx, id: number, trouble: HostingFailure): Promise<void> {
  await tx.updateTable("vendor_access").set({ trouble }).where("id", "=", id).execute();
}

/** Its account in the database is gone. */
export async function markAccountDropped(tx: Tx, id: number): Promise<void> {
  await tx.updateTable("vendor_access").set({ account_password: null }).where("id", "=", id).execute();
}

export async function markClosed(tx: Tx, id: number, now: Date): Promise<void> {
  const closed = { closed_at: now, account_password: null, trouble: null };
  await tx.updateTable("vendor_access").set(closed).where("id", "=", id).execute();
}
