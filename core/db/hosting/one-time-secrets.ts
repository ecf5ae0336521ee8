import type { Db, Tx } from "../tables.ts";

export type OneTimeSecret = {
  id: number;
  personId: number;
  title: string;
  /** null: it was opened, or has expired. */
  sealed: Buffer | null;
  expiresAt: Date;
  /** It is the address of that heartbeat. */
  checkId: number | null;
  /** Its person is in the register, and has an account. */
  isLinked: boolean;
};

function selectSecrets(db: Db) {
  return db
    .selectFrom("one_time_secret")
    .select(["one_time_secret.id", "one_time_secret.person_id as personId", "title", "sealed"])
    .select(["expires_at as expiresAt", "check_id as checkId"])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("telegram_account")
          .innerJoin("person", "person.id", "telegram_account.person_id")
          .select("person.id")
          .whereRef("person.id", "=", "one_time_secret.person_id")
          .where("unlinked_at", "is", null)
          .where("is_active", "=", true),
      )
        .$castTo<boolean>()
        .as("isLinked"),
    );
}

export function findSecretByToken(db: Db, tokenHash: Buffer): Promise<OneTimeSecret | undefined> {
  return selectSecrets(db).where("token_hash", "=", tokenHash).executeTakeFirst();
}

export function findSecret(db: Db, id: number): Promise<OneTimeSecret | undefined> {
  return selectSecrets(db).where("one_time_secret.id", "=", id).executeTakeFirst();
}

/** It is opened by one, or expires. */
export async function lockSecret(
  tx: Tx,
  by: { tokenHash: Buffer } | { id: number },
): Promise<OneTimeSecret | undefined> {
  const row = await tx
    .selectFrom("one_time_secret")
    .select("id")
    .$if("id" in by, (query) => query.where("id", "=", "id" in by ? by.id : 0))
    .$if("tokenHash" in by, (query) => query.where("token_hash", "=", "tokenHash" in by ? by.tokenHash : Buffer.of()))
    .forUpdate()
    .executeTakeFirst();
  return row && findSecret(tx, row.id);
}

export async function insertSecret(
  tx: Tx,
  secret: { tokenHash: Buffer; personId: number; title: string; sealed: Buffer; now: Date; expiresAt: Date } & {
    checkId?: number | undefined;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("one_time_secret")
    .values({
      token_hash: secret.tokenHash,
      person_id: secret.personId,
      title: secret.title,
      sealed: secret.sealed,
      offered_at: secret.now,
      expires_at: secret.expiresAt,
      check_id: secret.checkId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Nothing of it is left. */
export async function destroySecret(
  tx: Tx,
  id: number,
  because: { openedAt: Date } | { expiredAt: Date },
): Promise<void> {
  const when = "openedAt" in because ? { opened_at: because.openedAt } : { expired_at: because.expiredAt };
  await tx
    .updateTable("one_time_secret")
    .set({ sealed: null, ...when })
    .where("id", "=", id)
    .execute();
}

/** What an earlier one was for: that of a heartbeat is everybody's, others are their person's. */
export type SecretOf = { personId: number; title: string } | { checkId: number };

/** Those for that thing that nobody has opened, locked. */
export function lockUnopened(tx: Tx, of: SecretOf): Promise<{ id: number; personId: number }[]> {
  return tx
    .selectFrom("one_time_secret")
    .select(["id", "person_id as personId"])
    .where((row) =>
      "checkId" in of ? row("check_id", "=", of.checkId) : row.and({ person_id: of.personId, title: of.title }),
    )
    .where("sealed", "is not", null)
    .orderBy("id")
    .forUpdate()
    .execute();
}

/** Those that nobody opened in time. */
export async function listSecretsDue(db: Db, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("one_time_secret")
    .select("id")
    .where("sealed", "is not", null)
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** What is over; the journal knows who opened it. */
export async function deleteSecretsEndedBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("one_time_secret").where("sealed", "is", null).where("expires_at", "<", date).execute();
}
