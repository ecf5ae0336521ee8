import type { Db, Tx } from "../tables.ts";

/** The requester's verdict on one closing of a ticket. */
export type Rating = {
  id: number;
  ticketId: number;
  closingEntryId: number;
  stars: number;
  /** Where the requester's words stand. */
  commentEntryId: number | null;
};

function selectRatings(db: Db) {
  return db
    .selectFrom("rating")
    .select([
      "id",
      "ticket_id as ticketId",
      "closing_entry_id as closingEntryId",
      "stars",
      "comment_entry_id as commentEntryId",
    ]);
}

export function findRating(db: Db, id: number): Promise<Rating | undefined> {
  return selectRatings(db).where("id", "=", id).executeTakeFirst();
}

export function findRatingOfClosing(db: Db, closingEntryId: number): Promise<Rating | undefined> {
  return selectRatings(db).where("closing_entry_id", "=", closingEntryId).executeTakeFirst();
}

/** The rating to which these words belong. */
export function findRatingOfComment(db: Db, commentEntryId: number): Promise<Rating | undefined> {
  return selectRatings(db).where("comment_entry_id", "=", commentEntryId).executeTakeFirst();
}

/** One for each closing; a second press changes it. */
export async function saveRating(
  tx: Tx,
  rating: { ticketId: number; closingEntryId: number; personId: number; stars: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("rating")
    .values({
      ticket_id: rating.ticketId,
      closing_entry_id: rating.closingEntryId,
      person_id: rating.personId,
      stars: rating.stars,
      rated_at: rating.now,
    })
    .onConflict((conflict) =>
      conflict.column("closing_entry_id").doUpdateSet({ stars: rating.stars, rated_at: rating.now }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function saveRatingComment(tx: Tx, id: number, commentEntryId: number): Promise<void> {
  await tx.updateTable("rating").set({ comment_entry_id: commentEntryId }).where("id", "=", id).execute();
}
