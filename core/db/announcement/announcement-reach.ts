import { sql } from "kysely";
import type { Announcement, AnnouncementContent, AnnouncementKind } from "../../domain/announcement/announcement.ts";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";

/** Whom an announcement would reach now. Who was only noted by the help desk is in no register, and not counted. */
export async function countAudience(
  db: Db,
  officeIds: AnnouncementContent["officeIds"],
): Promise<{ offices: number; reachable: number; withoutAccount: number }> {
  const { rows } = await sql<{ offices: number; reachable: number; withoutAccount: number }>`
    select count(distinct office.id) as offices,
           count(person.id) filter (where account.id is not null) as reachable,
           count(person.id) filter (where account.id is null and not person.is_provisional) as "withoutAccount"
    from office
    left join person on person.office_id = office.id and person.is_active
    left join telegram_account account
      on account.person_id = person.id and account.unlinked_at is null and account.unreachable_since is null
    where ${isAmong(officeIds)}`.execute(db);
  return rows[0] ?? { offices: 0, reachable: 0, withoutAccount: 0 };
}

/** Offices whose people have no account that can be reached, the most people first. */
export async function listWithoutAccount(
  db: Db,
  officeIds: AnnouncementContent["officeIds"],
  limit: number,
): Promise<{ officeCode: string; people: number }[]> {
  const { rows } = await sql<{ officeCode: string; people: number }>`
    select office.code as "officeCode", count(*) as people
    from person join office on office.id = person.office_id
    where person.is_active and not person.is_provisional and ${isAmong(officeIds)}
      and not exists (
        select from telegram_account account
        where account.person_id = person.id and account.unlinked_at is null and account.unreachable_since is null
      )
    group by office.code
    order by people desc, office.code
    limit ${limit}`.execute(db);
  return rows;
}

function isAmong(officeIds: AnnouncementContent["officeIds"]) {
  return officeIds === null ? sql`true` : sql`office.id = any(${officeIds}::bigint[])`;
}

/** `unreachable`: to whom it was sent, who have not read it, and who have no account now or have blocked the bot. */
export type Reading = { sent: number; read: number; unreachable: number };

const reading = sql`
  count(*) as sent, count(receipt.read_at) as read,
  count(*) filter (where receipt.read_at is null and (account.id is null or not person.is_active)) as unreachable`;

const receipts = sql`announcement_receipt receipt
  join person on person.id = receipt.person_id
  left join telegram_account account
    on account.person_id = person.id and account.unlinked_at is null and account.unreachable_since is null`;

export async function countReading(db: Db, id: number, version: number): Promise<Reading> {
  const { rows } = await sql<Reading>`
    select ${reading} from ${receipts} where receipt.announcement_id = ${id} and receipt.version = ${version}`.execute(
    db,
  );
  return rows[0] ?? { sent: 0, read: 0, unreachable: 0 };
}

/** By the office of whoever got it, as it was then; the fewest readers first. */
export async function listReadingByOffice(
  db: Db,
  { id, version, offset, limit }: { id: number; version: number } & Page,
): Promise<(Reading & { officeName: string })[]> {
  const { rows } = await sql<Reading & { officeName: string }>`
    select office.name as "officeName", ${reading}
    from ${receipts} join office on office.id = receipt.office_id
    where receipt.announcement_id = ${id} and receipt.version = ${version}
    group by office.id
    order by count(receipt.read_at)::float / count(*), office.name
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** What was sent before the present version, oldest first: its count is kept. */
export async function listFormerReading(
  db: Db,
  id: number,
  before: number,
): Promise<(Reading & { version: number })[]> {
  const { rows } = await sql<Reading & { version: number }>`
    select receipt.version, ${reading} from ${receipts}
    where receipt.announcement_id = ${id} and receipt.version < ${before}
    group by receipt.version order by receipt.version`.execute(db);
  return rows;
}

export type ListedAnnouncement = {
  id: number;
  stage: Announcement["stage"];
  sentVersion: number | null;
  sentAt: Date | null;
  inForceUntil: Date | null;
  kind: AnnouncementKind;
  title: string;
  sent: number;
  read: number;
};

/** Newest first, for the desk: what was asked or sent, and one's own drafts; as it was sent, or else as it is written. */
export async function listForDesk(db: Db, personId: number, { offset, limit }: Page): Promise<ListedAnnouncement[]> {
  const { rows } = await sql<ListedAnnouncement>`
    select ${listed},
           (select count(*) from announcement_receipt receipt
            where receipt.announcement_id = announcement.id and receipt.version = announcement.sent_version) as sent,
           (select count(receipt.read_at) from announcement_receipt receipt
            where receipt.announcement_id = announcement.id and receipt.version = announcement.sent_version) as read
    from ${withShownVersion}
    where announcement.stage <> 'discarded'
      and (announcement.sent_version is not null or announcement.stage = 'asked' or announcement.author_id = ${personId})
    order by announcement.id desc
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** What is in force for somebody of that office, newest first. */
export async function listInForce(
  db: Db,
  { officeId, now, offset, limit }: { officeId: number; now: Date } & Page,
): Promise<ListedAnnouncement[]> {
  const { rows } = await sql<ListedAnnouncement>`
    select ${listed}, 0 as sent, 0 as read
    from ${withShownVersion}
    where announcement.sent_version is not null and announcement.stage <> 'withdrawn'
      and (shown.in_force_until is null or shown.in_force_until > ${now})
      and (shown.is_for_all or exists (
        select from announcement_office audience
        where audience.announcement_id = shown.announcement_id and audience.version = shown.version
          and audience.office_id = ${officeId}))
    order by announcement.sent_at desc, announcement.id desc
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

const listed = sql`announcement.id, announcement.stage, announcement.sent_version as "sentVersion",
  announcement.sent_at as "sentAt", shown.in_force_until as "inForceUntil", shown.kind, shown.title`;

const withShownVersion = sql`announcement join announcement_version shown
  on shown.announcement_id = announcement.id
  and shown.version = coalesce(announcement.sent_version, announcement.version)`;
