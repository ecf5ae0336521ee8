import { sql } from "kysely";
import type { UploadStanding } from "../../domain/upload/upload-rules.ts";
import type { Db, Tables, Tx } from "../tables.ts";

export type Upload = UploadStanding & {
  id: number;
  personId: number;
  field: string;
  title: string;
  /** null: nothing was begun. */
  name: string | null;
  mimeType: string | null;
  lengthBytes: number | null;
  receivedBytes: number;
  /** With `ticketId`: the part of the ticket that the form became. */
  entryId: number | null;
};

function selectUploads(db: Db) {
  return db
    .selectFrom("upload")
    .select(["upload.id", "upload.person_id as personId", "draft_id as draftId", "field", "title"])
    .select(["ticket_id as ticketId", "entry_id as entryId"])
    .select(["expires_at as expiresAt", "upload.name", "mime_type as mimeType", "length_bytes as lengthBytes"])
    .select(["received_bytes as receivedBytes", "attachment_id as attachmentId"])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("telegram_account")
          .innerJoin("person", "person.id", "telegram_account.person_id")
          .select("person.id")
          .whereRef("person.id", "=", "upload.person_id")
          .where("unlinked_at", "is", null)
          .where("is_active", "=", true),
      )
        .$castTo<boolean>()
        .as("isLinked"),
    );
}

export function findUpload(db: Db, id: number): Promise<Upload | undefined> {
  return selectUploads(db).where("upload.id", "=", id).executeTakeFirst();
}

export function findUploadByToken(db: Db, tokenHash: Buffer): Promise<Upload | undefined> {
  return selectUploads(db).where("token_hash", "=", tokenHash).executeTakeFirst();
}

/** Bytes are taken by one at a time. The draft first, as whoever sends the form locks it. */
export async function lockUploadByToken(tx: Tx, tokenHash: Buffer): Promise<Upload | undefined> {
  const found = await findUploadByToken(tx, tokenHash);
  if (found === undefined) return undefined;
  if (found.draftId !== null) {
    await tx.selectFrom("draft").select("id").where("id", "=", found.draftId).forKeyShare().execute();
  }
  await tx.selectFrom("upload").select("id").where("id", "=", found.id).forUpdate().execute();
  return findUpload(tx, found.id);
}

export async function insertUpload(
  tx: Tx,
  upload: {
    tokenHash: Buffer;
    personId: number;
    draftId: number;
    field: string;
    title: string;
    now: Date;
    expiresAt: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("upload")
    .values({
      token_hash: upload.tokenHash,
      person_id: upload.personId,
      draft_id: upload.draftId,
      field: upload.field,
      title: upload.title,
      offered_at: upload.now,
      expires_at: upload.expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateUpload(
  tx: Tx,
  id: number,
  changes: Partial<
    Pick<Tables["upload"], "name" | "mime_type" | "length_bytes" | "attachment_id"> & { received_bytes: number }
  >,
): Promise<void> {
  await tx.updateTable("upload").set(changes).where("id", "=", id).execute();
}

/** Files that are on the way for a form that is being sent come to what it became. */
export async function passOnUploads(tx: Tx, draftId: number, to: { ticketId: number; entryId: number }): Promise<void> {
  await tx
    .updateTable("upload")
    .set({ draft_id: null, ticket_id: to.ticketId, entry_id: to.entryId })
    .where("draft_id", "=", draftId)
    .where("length_bytes", "is not", null)
    .where("attachment_id", "is", null)
    .execute();
}

/** Links of that form that nobody has begun to use. */
export async function deleteUnbegunUploads(tx: Tx, draftId: number): Promise<void> {
  await tx.deleteFrom("upload").where("draft_id", "=", draftId).where("length_bytes", "is", null).execute();
}

function stillOpen(db: Db, now: Date) {
  return db
    .selectFrom("upload")
    .where("attachment_id", "is", null)
    .where((where) => where.or([where("draft_id", "is not", null), where("ticket_id", "is not", null)]))
    .where("expires_at", ">", now);
}

/** How many files are on the way. */
export async function countBegunUploads(db: Db, personId: number, now: Date): Promise<number> {
  const { count } = await stillOpen(db, now)
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("person_id", "=", personId)
    .where("length_bytes", "is not", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** What files that were begun still lack, in bytes, but for that one. */
export async function sumPromisedBytes(db: Db, now: Date, butId?: number): Promise<number> {
  const { bytes } = await stillOpen(db, now)
    .select(sql<number>`coalesce(sum(length_bytes - received_bytes), 0)::bigint`.as("bytes"))
    .$if(butId !== undefined, (query) => query.where("id", "<>", butId ?? 0))
    .executeTakeFirstOrThrow();
  return bytes;
}

/** Whose bytes must be kept: more of them may come, or they are about to go into the store. */
export async function listUploadsToKeep(db: Db, now: Date): Promise<number[]> {
  const waiting = db
    .selectFrom("upload")
    .innerJoin("attachment", "attachment.id", "attachment_id")
    .select("upload.id")
    .where("attachment.state", "=", "waiting");
  const rows = await stillOpen(db, now).select("id").union(waiting).execute();
  return rows.map(({ id }) => id);
}

export async function deleteUploadsExpiredBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("upload").where("expires_at", "<", date).execute();
}
