import {
  countReading,
  listFormerReading,
  listReadingByOffice,
  type Reading,
} from "../../../core/db/announcement/announcement-reach.ts";
import { findAnnouncement, getVersion } from "../../../core/db/announcement/announcements.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayFollowAnnouncement } from "../../../core/domain/announcement/announcement-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { openButton } from "./announcements.ts";

const officesOnPage = 12;
const longestName = 60;

/** Who has read it, office by office; the fewest readers first. */
export async function renderAnnouncementReading(
  db: Db,
  viewer: Person,
  { announcementId, page }: { announcementId: number; page: number },
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement?.sentVersion == null || !mayFollowAnnouncement(viewer, announcement)) return undefined;
  const { id, sentVersion } = announcement;
  const { title } = await getVersion(db, id, sentVersion);
  const { items, hasMore } = await onePage(page, officesOnPage, (range) =>
    listReadingByOffice(db, { id, version: sentVersion, ...range }),
  );
  const former = page > 0 ? [] : await listFormerReading(db, id, sentVersion);
  return {
    as: "text",
    html: lines(
      html`📊 <b>${title}</b>`,
      html`${readingWords(await countReading(db, id, sentVersion))}`,
      ...former.map((each) => html`Sebelum diralat: dibaca ${each.read} dari ${each.sent}.`),
      ...items.map((each) => html`\n${shorten(each.officeName, longestName)}\n${readingWords(each)}`),
    ).markup,
    buttons: [
      pageButtons(page, hasMore, (to) => ({ do: "announcement-reading", announcementId, page: to, turns: true })),
      [openButton("📢 Buka pengumuman", announcementId)],
    ],
  };
}

export function readingWords({ sent, read, unreachable }: Reading): string {
  return `Terkirim ${sent} · dibaca ${read} · tidak terjangkau ${unreachable}`;
}

export function readingButton(announcementId: number): Button {
  return { label: "📊 Siapa sudah membaca", press: { do: "announcement-reading", announcementId, page: 0 } };
}
