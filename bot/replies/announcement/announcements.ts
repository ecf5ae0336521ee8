import { DateTime } from "luxon";
import { countAudience, listInForce, listWithoutAccount } from "../../../core/db/announcement/announcement-reach.ts";
import { findAnnouncement, findReceipt, getVersion, isRecipient } from "../../../core/db/announcement/announcements.ts";
import type { Db } from "../../../core/db/tables.ts";
import type {
  Announcement,
  AnnouncementContent,
  AnnouncementKind,
} from "../../../core/domain/announcement/announcement.ts";
import { mayFollowAnnouncement, mayReadAnnouncement } from "../../../core/domain/announcement/announcement-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showShortTime, showTime } from "../office-words.ts";

export const kindWords: Record<AnnouncementKind, { icon: string; label: string }> = {
  outage: { icon: "🔴", label: "Gangguan" },
  maintenance: { icon: "🛠", label: "Pemeliharaan" },
  restored: { icon: "✅", label: "Pulih / selesai" },
  information: { icon: "ℹ️", label: "Informasi" },
};

const announcementsOnPage = 6;
const longestTitle = 60;
const officesListed = 15;

/** What those get to whom it is sent; a preview is made of the same. */
export function announcementMessage(
  { kind, title, text, inForceUntil }: AnnouncementContent,
  { sentAt, correctedAt }: { sentAt: Date; correctedAt: Date | null },
  office: OfficeWords,
): Html {
  const { icon, label } = kindWords[kind];
  return lines(
    html`${icon} <b>${label}: ${title}</b>`,
    html`\n${text}\n`,
    inForceUntil === null ? undefined : html`🗓 Berlaku sampai ${lastDay(inForceUntil, office)}`,
    html`<i>Diskominfo ${office.regency}, ${showTime(sentAt, office)}</i>`,
    correctedAt === null ? undefined : html`<i>(diralat, ${showTime(correctedAt, office)})</i>`,
  );
}

/** "30 Nov 2026": the day whose end is the end. */
function lastDay(end: Date, { zone }: Pick<OfficeWords, "zone">): string {
  return DateTime.fromJSDate(end, { zone }).minus({ seconds: 1 }).setLocale("id").toFormat("d MMM yyyy");
}

/** As it stands now: also in a message that was sent long before. */
export async function renderAnnouncement(
  db: Db,
  viewer: Person,
  { announcementId }: { announcementId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement?.sentVersion == null || announcement.sentAt === null) return undefined;
  const { sentVersion, sentAt, correctedAt } = announcement;
  const sent = await getVersion(db, announcementId, sentVersion);
  const wasSent = await isRecipient(db, announcementId, viewer.id);
  if (!mayReadAnnouncement(viewer, announcement, sent, { isRecipient: wasSent, now })) return undefined;
  if (announcement.stage === "withdrawn")
    return { as: "text", html: withdrawnMessage(announcement, sent, office).markup };

  const receipt = await findReceipt(db, { announcementId, version: sentVersion, personId: viewer.id });
  const message = announcementMessage(sent, { sentAt, correctedAt }, office);
  if (receipt === undefined) return { as: "text", html: message.markup };
  if (receipt.readAt !== null) {
    return { as: "text", html: lines(message, html`\n✔️ Dibaca, ${showShortTime(receipt.readAt, office)}`).markup };
  }
  const press = { do: "read-announcement", announcementId, version: sentVersion } as const;
  return { as: "text", html: message.markup, buttons: [[{ label: "✔️ Sudah dibaca", press }]] };
}

function withdrawnMessage(announcement: Announcement, { title }: AnnouncementContent, office: OfficeWords): Html {
  const { withdrawnAt, withdrawnBecause } = announcement;
  return lines(
    html`🗑 <b>Pengumuman ditarik: ${title}</b>`,
    html`\nPengumuman ini tidak berlaku lagi${withdrawnAt === null ? "" : ` sejak ${showTime(withdrawnAt, office)}`}.`,
    html`<blockquote>${withdrawnBecause ?? ""}</blockquote>`,
  );
}

/** Comes with a sound, as the edit of the message above does not. */
export async function renderAnnouncementChanged(
  db: Db,
  viewer: Person,
  { announcementId }: { announcementId: number },
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement?.sentVersion == null || !(await isRecipient(db, announcementId, viewer.id))) return undefined;
  const { title } = await getVersion(db, announcementId, announcement.sentVersion);
  const isWithdrawn = announcement.stage === "withdrawn";
  const text = isWithdrawn
    ? html`🗑 Pengumuman <b>${title}</b> ditarik: tidak berlaku lagi. Alasannya ada pada pesan aslinya.`
    : html`✏️ Pengumuman <b>${title}</b> diralat. Baca isi yang benar pada pesan aslinya, atau buka di sini.`;
  return { as: "text", html: text.markup, buttons: [[openButton("📢 Buka pengumuman", announcementId)]] };
}

export function openButton(label: string, announcementId: number): Button {
  return { label, press: { do: "announcement", announcementId } };
}

/** What is in force for the office of somebody who is not of the desk. */
export async function renderInForce(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const { items, hasMore } = await onePage(page, announcementsOnPage, (range) =>
    listInForce(db, { officeId: viewer.officeId, now, ...range }),
  );
  const rows = items.map(({ kind, title, sentAt }) => {
    const at = sentAt === null ? "" : `, ${showShortTime(sentAt, office)}`;
    return html`\n${kindWords[kind].icon} ${title}${at}`;
  });
  const empty = html`Tidak ada pengumuman yang berlaku untuk kantor Anda.`;
  return {
    as: "text",
    html: lines(html`<b>Pengumuman yang berlaku</b>`, ...(items.length === 0 ? [empty] : rows)).markup,
    buttons: [
      ...items.map(({ id, kind, title }) => [
        openButton(`${kindWords[kind].icon} ${shorten(title, longestTitle)}`, id),
      ]),
      pageButtons(page, hasMore, (to) => ({ do: "announcements", page: to, turns: true })),
    ],
  };
}

/** Plain text for other ways, which a tap copies, and for whom it is: people of the register without an account. */
export async function renderToForward(
  db: Db,
  viewer: Person,
  { announcementId }: { announcementId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement?.sentVersion == null || !mayFollowAnnouncement(viewer, announcement)) return undefined;
  if (announcement.stage === "withdrawn" || announcement.sentAt === null) return undefined;
  const sent = await getVersion(db, announcementId, announcement.sentVersion);
  return {
    as: "text",
    html: lines(
      html`📋 <b>Teks untuk diteruskan</b> kepada yang belum punya akun. Ketuk untuk menyalin.`,
      html`<pre>${plainText(sent, announcement.sentAt, announcement.correctedAt, office)}</pre>`,
      await withoutAccount(db, sent.officeIds),
    ).markup,
  };
}

function plainText(
  { kind, title, text, inForceUntil }: AnnouncementContent,
  sentAt: Date,
  correctedAt: Date | null,
  office: OfficeWords,
): string {
  return [
    `${correctedAt === null ? "PENGUMUMAN" : "RALAT PENGUMUMAN"}: ${kindWords[kind].label}`,
    title,
    "",
    text,
    "",
    ...(inForceUntil === null ? [] : [`Berlaku sampai ${lastDay(inForceUntil, office)}`]),
    `Diskominfo ${office.regency}, ${showTime(correctedAt ?? sentAt, office)}`,
  ].join("\n");
}

async function withoutAccount(db: Db, officeIds: AnnouncementContent["officeIds"]): Promise<Html> {
  const { withoutAccount: people } = await countAudience(db, officeIds);
  if (people === 0) return html`Semua orang di daftar punya akun yang terhubung.`;
  const offices = await listWithoutAccount(db, officeIds, officesListed + 1);
  const listed = offices.slice(0, officesListed).map((each) => `${shorten(each.officeCode, 20)} (${each.people})`);
  const more = offices.length > officesListed ? ", dan kantor lain" : "";
  return html`Belum punya akun yang terhubung: ${people} orang. ${listed.join(", ")}${more}.`;
}
