import { countAudience, countReading } from "../../../core/db/announcement/announcement-reach.ts";
import { listOffices } from "../../../core/db/people/offices.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type {
  Announcement,
  AnnouncementContent,
  AnnouncementVersion,
} from "../../../core/domain/announcement/announcement.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { type Html, html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { readingWords } from "./announcement-reading.ts";
import { announcementMessage } from "./announcements.ts";

const longestName = 60;
const longestOffices = 200;

/** What an announcement is shown with: when, and in whose words. */
export type Context = { now: Date; office: OfficeWords };

/** Exactly what the recipients would see, and who they are. */
export async function preview(
  db: Db,
  announcement: Announcement,
  version: AnnouncementVersion,
  { now, office }: Context,
): Promise<Html> {
  const correctedAt = isCorrection(announcement, version.version) ? now : null;
  const sentAt = announcement.sentAt ?? now;
  const author = await getPerson(db, version.authorId);
  return lines(
    html`——————`,
    announcementMessage(version, { sentAt, correctedAt }, office),
    html`——————`,
    html`Penulis: ${shorten(author.name, longestName)}`,
    version.ticketId === null ? undefined : html`Tiket: ${ticketNumber(version.ticketId)}`,
    await audienceLine(db, version.officeIds),
    await reachLine(db, announcement, version),
    version.kind === "outage" && announcement.stage === "written"
      ? html`Gangguan pun baru terkirim setelah disetujui pimpinan.`
      : undefined,
  );
}

/** What would take the place of the version that people have. */
export function isCorrection({ sentVersion }: Announcement, version: number): boolean {
  return sentVersion !== null && sentVersion < version;
}

export async function audienceLine(db: Db, officeIds: AnnouncementContent["officeIds"]): Promise<Html> {
  if (officeIds === null) return html`Sasaran: semua perangkat daerah`;
  const offices = (await listOffices(db)).filter(({ id }) => officeIds.includes(id));
  return html`Sasaran: ${shorten(offices.map(({ name }) => name).join(", "), longestOffices)}`;
}

async function reachLine(db: Db, announcement: Announcement, version: AnnouncementVersion): Promise<Html> {
  const { id, sentVersion } = announcement;
  if (sentVersion !== null && isCorrection(announcement, version.version)) {
    const { sent, unreachable } = await countReading(db, id, sentVersion);
    return html`Ralat dikirim kepada ${sent - unreachable} orang yang menerima pengumuman aslinya.`;
  }
  if (sentVersion !== null) return html`${readingWords(await countReading(db, id, version.version))}`;
  const { offices, reachable, withoutAccount } = await countAudience(db, version.officeIds);
  const others = withoutAccount === 0 ? "" : " (bagi mereka ada teks untuk diteruskan setelah disetujui)";
  return html`${offices} perangkat daerah · ${reachable} orang punya akun · ${withoutAccount} belum punya akun${others}`;
}
