import { sql } from "kysely";
import type {
  Announcement,
  AnnouncementContent,
  AnnouncementDecision,
  AnnouncementVersion,
} from "../../domain/announcement/announcement.ts";
import type { Db, Tables, Tx } from "../tables.ts";

function selectAnnouncements(db: Db) {
  return db
    .selectFrom("announcement")
    .select([
      "announcement.id",
      "announcement.author_id as authorId",
      "announcement.version",
      "announcement.stage",
      "announcement.sent_version as sentVersion",
      "announcement.sent_at as sentAt",
      "announcement.corrected_at as correctedAt",
      "announcement.withdrawn_by as withdrawnBy",
      "announcement.withdrawn_at as withdrawnAt",
      "announcement.withdrawn_because as withdrawnBecause",
    ]);
}

export function findAnnouncement(db: Db, id: number): Promise<Announcement | undefined> {
  return selectAnnouncements(db).where("announcement.id", "=", id).executeTakeFirst();
}

/** One change, one decision and one sending of an announcement at a time. */
export function lockAnnouncement(tx: Tx, id: number): Promise<Announcement | undefined> {
  return selectAnnouncements(tx).where("announcement.id", "=", id).forUpdate().executeTakeFirst();
}

export async function insertAnnouncement(tx: Tx, announcement: { authorId: number; now: Date }): Promise<number> {
  const { id } = await tx
    .insertInto("announcement")
    .values({ author_id: announcement.authorId, written_at: announcement.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateAnnouncement(
  tx: Tx,
  id: number,
  changes: Partial<
    Pick<
      Tables["announcement"],
      "asked_at" | "sent_version" | "sent_at" | "corrected_at" | "withdrawn_by" | "withdrawn_at" | "withdrawn_because"
    > & { version: number; stage: Announcement["stage"] }
  >,
): Promise<void> {
  await tx.updateTable("announcement").set(changes).where("id", "=", id).execute();
}

export async function insertVersion(
  tx: Tx,
  announcementId: number,
  version: AnnouncementVersion,
  now: Date,
): Promise<void> {
  const { officeIds } = version;
  await tx
    .insertInto("announcement_version")
    .values({
      announcement_id: announcementId,
      version: version.version,
      author_id: version.authorId,
      written_at: now,
      kind: version.kind,
      title: version.title,
      body: version.text,
      in_force_until: version.inForceUntil,
      is_for_all: officeIds === null,
      ticket_id: version.ticketId,
      content_hash: version.contentHash,
    })
    .execute();
  if (officeIds === null) return;
  const key = { announcement_id: announcementId, version: version.version };
  await tx
    .insertInto("announcement_office")
    .values(officeIds.map((officeId) => ({ ...key, office_id: officeId })))
    .execute();
}

/** For a version that a foreign key, or the announcement's own count, vouches for. */
export async function getVersion(db: Db, announcementId: number, version: number): Promise<AnnouncementVersion> {
  const { body, isForAll, ...row } = await db
    .selectFrom("announcement_version")
    .select(["version", "author_id as authorId", "kind", "title", "body", "in_force_until as inForceUntil"])
    .select(["is_for_all as isForAll", "ticket_id as ticketId", "content_hash as contentHash"])
    .where("announcement_id", "=", announcementId)
    .where("version", "=", version)
    .executeTakeFirstOrThrow();
  const offices = await db
    .selectFrom("announcement_office")
    .select("office_id")
    .where("announcement_id", "=", announcementId)
    .where("version", "=", version)
    .orderBy("office_id")
    .execute();
  return { ...row, text: body, officeIds: isForAll ? null : offices.map(({ office_id }) => office_id) };
}

export function findDecision(
  db: Db,
  announcementId: number,
  version: number,
): Promise<AnnouncementDecision | undefined> {
  return db
    .selectFrom("announcement_decision")
    .select(["decision", "decided_by as decidedBy", "decided_at as decidedAt", "reason"])
    .where("announcement_id", "=", announcementId)
    .where("version", "=", version)
    .executeTakeFirst();
}

/** The foreign key refuses a word on another content than that of the version, the primary key a second one. */
export async function insertDecision(
  tx: Tx,
  announcementId: number,
  { version, authorId, contentHash }: AnnouncementVersion,
  { decision, decidedBy, decidedAt, reason }: AnnouncementDecision,
): Promise<void> {
  await tx
    .insertInto("announcement_decision")
    .values({
      ...{ announcement_id: announcementId, version, author_id: authorId, content_hash: contentHash },
      ...{ decision, decided_by: decidedBy, decided_at: decidedAt, reason },
    })
    .execute();
}

/** An account that the bot can write to, of somebody who is active. */
const reachableAccount = sql`telegram_account account
  on account.person_id = person.id and account.unlinked_at is null and account.unreachable_since is null`;

function isOfAudience(officeIds: AnnouncementContent["officeIds"]) {
  return officeIds === null ? sql`true` : sql`person.office_id = any(${officeIds}::bigint[])`;
}

/** Fixes to whom the first version goes: who is of those offices now, and can be reached. @returns their chats */
export async function addRecipients(
  tx: Tx,
  { id, version, officeIds }: { id: number; version: number; officeIds: AnnouncementContent["officeIds"] },
): Promise<number[]> {
  const { rows } = await sql<{ chatId: number }>`
    with recipient as (
      select person.id, person.office_id, account.telegram_user_id
      from person join ${reachableAccount}
      where person.is_active and ${isOfAudience(officeIds)}
    ), fixed as (
      insert into announcement_receipt (announcement_id, version, person_id, office_id)
      select ${id}, ${version}, id, office_id from recipient
    )
    select telegram_user_id as "chatId" from recipient order by id`.execute(tx);
  return rows.map(({ chatId }) => chatId);
}

/** A correction goes to whom the version before went, as far as they can still be reached, wherever they are now. */
export async function addFormerRecipients(
  tx: Tx,
  { id, version, former }: { id: number; version: number; former: number },
): Promise<number[]> {
  const { rows } = await sql<{ chatId: number }>`
    with recipient as (
      select person.id, receipt.office_id, account.telegram_user_id
      from announcement_receipt receipt join person on person.id = receipt.person_id join ${reachableAccount}
      where receipt.announcement_id = ${id} and receipt.version = ${former} and person.is_active
    ), fixed as (
      insert into announcement_receipt (announcement_id, version, person_id, office_id)
      select ${id}, ${version}, id, office_id from recipient
    )
    select telegram_user_id as "chatId" from recipient order by id`.execute(tx);
  return rows.map(({ chatId }) => chatId);
}

/** The chats of those to whom that version was sent, as far as they can be reached now. */
export async function listRecipientChats(db: Db, id: number, version: number): Promise<number[]> {
  const { rows } = await sql<{ chatId: number }>`
    select account.telegram_user_id as "chatId"
    from announcement_receipt receipt join person on person.id = receipt.person_id join ${reachableAccount}
    where receipt.announcement_id = ${id} and receipt.version = ${version} and person.is_active
    order by person.id`.execute(db);
  return rows.map(({ chatId }) => chatId);
}

export function findReceipt(
  db: Db,
  receipt: { announcementId: number; version: number; personId: number },
): Promise<{ readAt: Date | null } | undefined> {
  return db
    .selectFrom("announcement_receipt")
    .select("read_at as readAt")
    .where("announcement_id", "=", receipt.announcementId)
    .where("version", "=", receipt.version)
    .where("person_id", "=", receipt.personId)
    .executeTakeFirst();
}

/** Of whichever version. */
export async function isRecipient(db: Db, announcementId: number, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom("announcement_receipt")
    .select("version")
    .where("person_id", "=", personId)
    .where("announcement_id", "=", announcementId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The first time counts. */
export async function markRead(
  tx: Tx,
  receipt: { announcementId: number; version: number; personId: number; now: Date },
): Promise<void> {
  await tx
    .updateTable("announcement_receipt")
    .set({ read_at: receipt.now })
    .where("announcement_id", "=", receipt.announcementId)
    .where("version", "=", receipt.version)
    .where("person_id", "=", receipt.personId)
    .where("read_at", "is", null)
    .execute();
}
