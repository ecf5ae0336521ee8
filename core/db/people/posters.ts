import type { Db, Tx } from "../tables.ts";

export type Poster = { officeId: number; token: string; issuedAt: Date };

function selectPosters(db: Db) {
  return db.selectFrom("poster").select(["office_id as officeId", "token", "issued_at as issuedAt"]);
}

export function findPoster(db: Db, officeId: number): Promise<Poster | undefined> {
  return selectPosters(db).where("office_id", "=", officeId).executeTakeFirst();
}

export function findPosterByToken(db: Db, token: string): Promise<Poster | undefined> {
  return selectPosters(db).where("token", "=", token).executeTakeFirst();
}

/** The first poster of an office, or the one that it has: of two that are asked for at once there is one token. */
export async function keepPoster(
  tx: Tx,
  poster: { officeId: number; token: string; issuedBy: number; now: Date },
): Promise<{ isNew: boolean }> {
  const row = await tx
    .insertInto("poster")
    .values({
      office_id: poster.officeId,
      token: poster.token,
      issued_by: poster.issuedBy,
      issued_at: poster.now,
    })
    .onConflict((conflict) => conflict.column("office_id").doNothing())
    .returning("office_id")
    .executeTakeFirst();
  return { isNew: row !== undefined };
}

/** The former token is void. @returns false where the office has no poster, or has got another token meanwhile */
export async function replacePoster(
  tx: Tx,
  poster: { officeId: number; formerToken: string; token: string; issuedBy: number; now: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable("poster")
    .set({ token: poster.token, issued_by: poster.issuedBy, issued_at: poster.now })
    .where("office_id", "=", poster.officeId)
    .where("token", "=", poster.formerToken)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
