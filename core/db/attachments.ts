import type { Db, Tables, Tx } from "./tables.ts";

export type Attachment = {
  id: number;
  ticketId: number | null;
  personId: number;
  kind: "photo" | "document";
  name: string;
  mimeType: string;
  telegramFileId: string;
  state: "waiting" | "stored" | "failed";
  sha256: string | null;
  sizeBytes: number | null;
};

function selectAttachments(db: Db) {
  return db
    .selectFrom("attachment")
    .select([
      "id",
      "ticket_id as ticketId",
      "person_id as personId",
      "kind",
      "name",
      "mime_type as mimeType",
      "telegram_file_id as telegramFileId",
      "state",
      "sha256",
      "size_bytes as sizeBytes",
    ]);
}

export function findAttachment(db: Db, id: number): Promise<Attachment | undefined> {
  return selectAttachments(db).where("id", "=", id).executeTakeFirst();
}

export function listAttachments(db: Db, ticketId: number): Promise<Attachment[]> {
  return selectAttachments(db).where("ticket_id", "=", ticketId).orderBy("id").execute();
}

export async function countDraftAttachments(db: Db, draftId: number): Promise<number> {
  const { count } = await db
    .selectFrom("attachment")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("draft_id", "=", draftId)
    .executeTakeFirstOrThrow();
  return count;
}

export async function insertAttachment(
  tx: Tx,
  attachment: Pick<Attachment, "personId" | "kind" | "name" | "mimeType" | "telegramFileId"> & {
    draftId: number;
    now: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("attachment")
    .values({
      draft_id: attachment.draftId,
      person_id: attachment.personId,
      kind: attachment.kind,
      name: attachment.name,
      mime_type: attachment.mimeType,
      telegram_file_id: attachment.telegramFileId,
      received_at: attachment.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** What was sent while a form was filled in becomes part of the ticket. */
export async function attachDraftFiles(
  tx: Tx,
  draftId: number,
  to: { ticketId: number; entryId: number },
): Promise<number> {
  const result = await tx
    .updateTable("attachment")
    .set({ draft_id: null, ticket_id: to.ticketId, entry_id: to.entryId })
    .where("draft_id", "=", draftId)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** The files of one form are carried on by the form that it turned into. */
export async function moveDraftFiles(tx: Tx, fromDraftId: number, toDraftId: number): Promise<void> {
  await tx.updateTable("attachment").set({ draft_id: toDraftId }).where("draft_id", "=", fromDraftId).execute();
}

export async function updateAttachment(
  tx: Tx,
  id: number,
  changes: Pick<Tables["attachment"], "sha256" | "size_bytes"> & { state: "stored" | "failed" },
): Promise<void> {
  await tx.updateTable("attachment").set(changes).where("id", "=", id).execute();
}
