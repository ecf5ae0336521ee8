import type { Db, Tx } from "../tables.ts";

export type LinkCode = { personId: number; issuedBy: number | null; expiresAt: Date; usedAt: Date | null };

/** A new code makes the person's older ones void, but for those that are kept beside it. Only the hash is kept. */
export async function replaceLinkCode(
  tx: Tx,
  code: { hash: Buffer; personId: number; issuedBy: number | null; now: Date; expiresAt: Date },
  { beside = 0 }: { beside?: number } = {},
): Promise<void> {
  await deleteUnusedCodes(tx, code.personId, { butNewest: beside });
  await tx
    .insertInto("link_code")
    .values({
      code_hash: code.hash,
      person_id: code.personId,
      issued_by: code.issuedBy,
      issued_at: code.now,
      expires_at: code.expiresAt,
    })
    .execute();
}

/** Codes that were given out and not used yet are void. */
export async function deleteUnusedCodes(tx: Tx, personId: number, { butNewest = 0 } = {}): Promise<void> {
  const unused = tx
    .selectFrom("link_code")
    .select("code_hash")
    .where("person_id", "=", personId)
    .where("used_at", "is", null)
    .orderBy("issued_at", "desc")
    .offset(butNewest);
  await tx.deleteFrom("link_code").where("code_hash", "in", unused).execute();
}

function selectLinkCode(db: Db, hash: Buffer) {
  return db
    .selectFrom("link_code")
    .select(["person_id as personId", "issued_by as issuedBy", "expires_at as expiresAt", "used_at as usedAt"])
    .where("code_hash", "=", hash);
}

export function findLinkCode(db: Db, hash: Buffer): Promise<LinkCode | undefined> {
  return selectLinkCode(db, hash).executeTakeFirst();
}

/** Locked, so that two accounts cannot use one code at once; after its person, as whoever issues a code does. */
export function lockLinkCode(tx: Tx, hash: Buffer): Promise<LinkCode | undefined> {
  return selectLinkCode(tx, hash).forUpdate().executeTakeFirst();
}

export async function markLinkCodeUsed(tx: Tx, hash: Buffer, now: Date): Promise<void> {
  await tx.updateTable("link_code").set({ used_at: now }).where("code_hash", "=", hash).execute();
}
