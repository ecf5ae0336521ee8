import { countAudience } from "../../../core/db/announcement/announcement-reach.ts";
import { findAnnouncement, getVersion } from "../../../core/db/announcement/announcements.ts";
import type { Db } from "../../../core/db/tables.ts";
import {
  type AnnouncementPart,
  announcementParts,
  workingVersion,
} from "../../../core/domain/announcement/announcement.ts";
import { mayFollowAnnouncement, refusalOfDiscarding } from "../../../core/domain/announcement/announcement-rules.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { inRows } from "../ticket/card.ts";
import { openButton } from "./announcements.ts";

const partLabels: Record<AnnouncementPart, string> = {
  kind: "Jenis",
  audience: "Sasaran",
  ticket: "Tiket terkait",
  title: "Judul",
  text: "Isi",
  until: "Berlaku sampai",
};

/** Which part is to be changed. Whom it went to is a fact, so that a correction leaves the audience alone. */
export async function renderAnnouncementParts(
  db: Db,
  viewer: Person,
  { announcementId }: { announcementId: number },
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement === undefined || !mayFollowAnnouncement(viewer, announcement)) return undefined;
  const { version, sentVersion } = announcement;
  const isSent = sentVersion !== null;
  const parts = announcementParts.filter((part) => !isSent || part !== "audience");
  const text = isSent
    ? html`✏️ Apa yang diralat? Ralat juga perlu disetujui. Sasarannya tetap; untuk kantor lain tulis pengumuman baru.`
    : html`✏️ Apa yang diubah? Setelah diubah, pengumuman perlu dikirim untuk disetujui lagi.`;
  const buttons = parts.map(
    (part): Button => ({
      label: partLabels[part],
      press: { do: "change-announcement", announcementId, version, part },
    }),
  );
  return {
    as: "text",
    html: text.markup,
    buttons: [...inRows(buttons, 2), [openButton("◀️ Kembali", announcementId)]],
  };
}

/** Asked once more: a text that may be long is gone. */
export async function renderAnnouncementDiscarding(
  db: Db,
  viewer: Person,
  about: { announcementId: number; version: number },
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, about.announcementId);
  if (announcement === undefined) return undefined;
  const working = await getVersion(db, about.announcementId, workingVersion(announcement));
  if (!refusalOfDiscarding(viewer, announcement, working, about.version).ok) return undefined;
  const what = announcement.sentVersion === null ? "pengumuman" : "ralat";
  return askOnceMore(
    html`🗑 Buang ${what} <b>${working.title}</b>? Tulisannya tidak dapat dibuka lagi.`,
    { label: "Ya, buang", press: { do: "discard-announcement", ...about } },
    { do: "announcement", announcementId: about.announcementId },
  );
}

/** Asked once more: what has gone out can be corrected or withdrawn, but not unsaid. */
export async function renderAnnouncementApproving(
  db: Db,
  viewer: Person,
  { announcementId, version, isOnPage }: { announcementId: number; version: number; isOnPage?: true },
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement === undefined || !hasRole(viewer, "leadership")) return undefined;
  const { title, officeIds } = await getVersion(db, announcementId, version);
  const { reachable } = await countAudience(db, officeIds);
  const whom =
    announcement.sentVersion === null ? `${reachable} orang` : "semua orang yang menerima pengumuman aslinya";
  const about = { announcementId, version, ...(isOnPage && { isOnPage }) };
  return askOnceMore(
    lines(
      html`📢 Setujui dan kirim <b>${title}</b> sekarang?`,
      html`Langsung terkirim kepada ${whom}. Setelah itu hanya dapat diralat atau ditarik.`,
    ),
    { label: "Ya, setujui dan kirim", press: { do: "decide-announcement", ...about, decision: "approved" } },
    { do: "announcement", announcementId },
  );
}
