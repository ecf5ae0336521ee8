import { type ExpressionBuilder, sql } from "kysely";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { Db, Tables, Tx } from "../tables.ts";
import { passOnUploads } from "../upload/uploads.ts";
import { deskOnlyKinds } from "./entries.ts";
import type { FileKind } from "./ticket-tables.ts";

export type Attachment = {
  id: number;
  ticketId: number | null;
  personId: number;
  kind: FileKind;
  name: string;
  mimeType: string;
  /** null: it came over a page, or is fetched from a registry. */
  telegramFileId: string | null;
  state: "waiting" | "stored" | "failed";
  sha256: string | null;
  sizeBytes: number | null;
  /** The question of a form that it answers; null where it came along with something. */
  field: string | null;
  /** of an image that is fetched from a registry into it */
  imageReference: string | null;
  /** why it could not be fetched */
  trouble: HostingFailure | null;
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
      "field",
      "image_reference as imageReference",
      "trouble",
    ]);
}

export function findAttachment(db: Db, id: number): Promise<Attachment | undefined> {
  return selectAttachments(db).where("id", "=", id).executeTakeFirst();
}

/** What became of a file is recorded by one at a time. */
export function lockAttachment(tx: Tx, id: number): Promise<Attachment | undefined> {
  return selectAttachments(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Files of internal notes, and of steps that the desk did, are left out for who must not read those. */
export function listAttachments(
  db: Db,
  ticketId: number,
  options: { withInternalNotes: boolean },
): Promise<Attachment[]> {
  return selectAttachments(db)
    .where("attachment.ticket_id", "=", ticketId)
    .$if(!options.withInternalNotes, (query) => query.where(isNotInternal))
    .orderBy("attachment.id")
    .execute();
}

function isNotInternal(where: ExpressionBuilder<Tables, "attachment">) {
  const note = where
    .selectFrom("entry")
    .whereRef("entry.id", "=", "attachment.entry_id")
    .where((entry) =>
      entry.or([
        entry("kind", "in", deskOnlyKinds),
        entry.and([entry("kind", "=", "step"), entry("role", "<>", "user")]),
      ]),
    )
    .select("entry.id");
  return where.not(where.exists(note));
}

export async function countDraftAttachments(db: Db, draftId: number): Promise<number> {
  const { count } = await db
    .selectFrom("attachment")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("draft_id", "=", draftId)
    .executeTakeFirstOrThrow();
  return count;
}

/** How many files answer each question of a form that is being filled in. */
export async function countDraftFilesByField(db: Db, draftId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("attachment")
    .select((select) => ["field", select.fn.countAll<number>().as("count")])
    .where("draft_id", "=", draftId)
    .where("field", "is not", null)
    .groupBy("field")
    .$narrowType<{ field: string }>()
    .execute();
  return new Map(rows.map(({ field, count }) => [field, count]));
}

export async function insertAttachment(
  tx: Tx,
  attachment: Pick<Attachment, "personId" | "kind" | "name" | "mimeType" | "telegramFileId"> & {
    /** null for a file that no form collects, such as a list of people. */
    draftId: number | null;
    field: string | null;
    ticketId?: number;
    entryId?: number;
    imageReference?: string;
    now: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("attachment")
    .values({
      draft_id: attachment.draftId,
      field: attachment.field,
      ticket_id: attachment.ticketId ?? null,
      entry_id: attachment.entryId ?? null,
      person_id: attachment.personId,
      kind: attachment.kind,
      name: attachment.name,
      mime_type: attachment.mimeType,
      telegram_file_id: attachment.telegramFileId,
      image_reference: attachment.imageReference ?? null,
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
  // A file that is just completing on a page comes before, or after.
  await tx.selectFrom("draft").select("id").where("id", "=", draftId).forUpdate().execute();
  const result = await tx
    .updateTable("attachment")
    .set({ draft_id: null, ticket_id: to.ticketId, entry_id: to.entryId })
    .where("draft_id", "=", draftId)
    .executeTakeFirst();
  await passOnUploads(tx, draftId, to);
  return Number(result.numUpdatedRows);
}

/** The files of one question belong to the form no more. */
export async function releaseDraftFiles(tx: Tx, draftId: number, field: string): Promise<void> {
  await tx
    .updateTable("attachment")
    .set({ draft_id: null })
    .where("draft_id", "=", draftId)
    .where("field", "=", field)
    .execute();
}

/** The files of one form are carried on by the form that it turned into. */
export async function moveDraftFiles(tx: Tx, fromDraftId: number, toDraftId: number): Promise<void> {
  await tx.updateTable("attachment").set({ draft_id: toDraftId }).where("draft_id", "=", fromDraftId).execute();
}

export async function updateAttachment(
  tx: Tx,
  id: number,
  changes: Pick<Tables["attachment"], "sha256" | "size_bytes"> & {
    state: "stored" | "failed";
    trouble?: HostingFailure | null;
  },
): Promise<void> {
  await tx.updateTable("attachment").set(changes).where("id", "=", id).execute();
}

const lists = ["people_import", "address_import", "name_import", "asset_import", "target_import"] as const;

/** Files of forms that were discarded or have expired, and lists whose import is forgotten. */
export async function deleteLooseAttachments(tx: Tx): Promise<void> {
  const belongsToList = lists.map(
    (list) => sql<boolean>`exists (select from ${sql.table(list)} as list where list.attachment_id = attachment.id)`,
  );
  await tx
    .deleteFrom("attachment")
    .where("draft_id", "is", null)
    .where("ticket_id", "is", null)
    .where((attachment) => attachment.not(attachment.or(belongsToList)))
    .execute();
}

/** What the file store must keep. */
export async function listStoredHashes(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("attachment")
    .select("sha256")
    .where("sha256", "is not", null)
    .union(db.selectFrom("paper").select("sha256").where("sha256", "is not", null))
    .$narrowType<{ sha256: string }>()
    .execute();
  return rows.map(({ sha256 }) => sha256);
}
