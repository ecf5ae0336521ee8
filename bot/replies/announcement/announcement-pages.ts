import {
  countReading,
  type ListedAnnouncement,
  listForDesk,
} from "../../../core/db/announcement/announcement-reach.ts";
import { findAnnouncement, findDecision, getVersion } from "../../../core/db/announcement/announcements.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import {
  type Announcement,
  type AnnouncementVersion,
  isOver,
  isPending,
  workingVersion,
} from "../../../core/domain/announcement/announcement.ts";
import {
  mayFollowAnnouncement,
  refusalOfChanging,
  refusalOfWithdrawing,
} from "../../../core/domain/announcement/announcement-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton as openTicketButton } from "../open-button.ts";
import { decidingPart, decisionLine } from "./announcement-decision.ts";
import { audienceLine, type Context, isCorrection, preview } from "./announcement-preview.ts";
import { readingButton, readingWords } from "./announcement-reading.ts";
import { announcementMessage, kindWords, openButton } from "./announcements.ts";

const announcementsOnPage = 6;
const longestName = 60;
const longestTitle = 60;
const longestReasonShown = 150;

/** All announcements for the desk, with what became of them. */
export async function renderDeskAnnouncements(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  now: Date,
): Promise<Rendered> {
  const { items, hasMore } = await onePage(page, announcementsOnPage, (range) => listForDesk(db, viewer.id, range));
  const rows = items.map(
    (item) => html`\n${kindWords[item.kind].icon} <b>${item.title}</b>\n${listedState(item, now)}`,
  );
  return {
    as: "text",
    html: lines(html`<b>Pengumuman</b>`, ...(items.length === 0 ? [html`Belum ada pengumuman.`] : rows)).markup,
    buttons: [
      [{ label: "➕ Tulis pengumuman", press: { do: "write-announcement" } }],
      ...items.map(({ id, kind, title }) => [
        openButton(`${kindWords[kind].icon} ${shorten(title, longestTitle)}`, id),
      ]),
      pageButtons(page, hasMore, (to) => ({ do: "announcements", page: to, turns: true })),
    ],
  };
}

function listedState({ stage, sentVersion, inForceUntil, sent, read }: ListedAnnouncement, now: Date): string {
  if (sentVersion === null) return stageWords[stage];
  const counted = `dibaca ${read} dari ${sent}`;
  if (stage === "withdrawn") return `Ditarik, ${counted}`;
  const state = isOver({ inForceUntil }, now) ? "Sudah lewat" : "Berlaku";
  return `${state}, ${counted}${stage === "asked" ? ", ralat menunggu persetujuan" : ""}`;
}

const stageWords: Record<Announcement["stage"], string> = {
  written: "Belum dikirim untuk disetujui",
  asked: "Menunggu persetujuan pimpinan",
  rejected: "Ditolak",
  sent: "Terkirim",
  withdrawn: "Ditarik",
  discarded: "Dibuang",
};

/** The announcement for the desk: the preview of what waits, or what was sent and who has read it. */
export async function renderAnnouncementPage(
  db: Db,
  viewer: Person,
  { announcementId }: { announcementId: number },
  context: Context,
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, announcementId);
  if (announcement?.stage === "discarded" && announcement.authorId === viewer.id) {
    return { as: "text", html: html`Pengumuman dibuang.`.markup };
  }
  if (announcement === undefined || !mayFollowAnnouncement(viewer, announcement)) return undefined;
  const working = await getVersion(db, announcementId, workingVersion(announcement));
  const isItsAuthor = working.authorId === viewer.id;
  const isShownPending =
    isPending(announcement) &&
    (announcement.sentVersion === null ||
      isItsAuthor ||
      (hasRole(viewer, "leadership") && announcement.stage === "asked"));
  if (isShownPending) return renderPending(db, viewer, announcement, working, context);
  return renderSent(db, viewer, announcement, context);
}

async function renderPending(
  db: Db,
  viewer: Person,
  announcement: Announcement,
  pending: AnnouncementVersion,
  context: Context,
): Promise<Rendered> {
  const { id: announcementId, version, stage, sentVersion } = announcement;
  const about = { announcementId, version };
  const decision = await findDecision(db, announcementId, version);
  const facts = { decided: decision, now: context.now, isOnPage: true };
  const deciding = await decidingPart(db, viewer, announcement, pending, facts);
  const isItsAuthor = pending.authorId === viewer.id;
  const own: Button[][] = [
    stage === "written" ? [{ label: "📨 Kirim untuk disetujui", press: { do: "ask-announcement", ...about } }] : [],
    [{ label: "✏️ Ubah", press: { do: "choose-announcement-part", ...about } }],
    [{ label: "🗑 Buang", press: { do: "ask-discarding-announcement", ...about } }],
  ];
  const withdrawal = withdrawalButton(viewer, announcement);
  return {
    as: "text",
    html: lines(
      html`<b>${sentVersion === null ? "Pratinjau" : "Pratinjau ralat"}</b> · ${stageWords[stage]}`,
      decision === undefined ? undefined : await decisionLine(db, decision, context.office),
      deciding.hint,
      await preview(db, announcement, pending, context),
    ).markup,
    buttons: [
      ...deciding.buttons,
      ...(isItsAuthor ? own : []),
      sentVersion === null ? [] : [readingButton(announcementId)],
      withdrawal === undefined ? [] : [withdrawal],
    ],
  };
}

async function renderSent(
  db: Db,
  viewer: Person,
  announcement: Announcement,
  { office }: Context,
): Promise<Rendered | undefined> {
  const { id: announcementId, version, stage, sentVersion, sentAt, correctedAt } = announcement;
  if (sentVersion === null || sentAt === null) return undefined;
  const sent = await getVersion(db, announcementId, sentVersion);
  const decision = await findDecision(db, announcementId, sentVersion);
  const author = await getPerson(db, sent.authorId);
  const isChangeable = refusalOfChanging(viewer, announcement, sent, version).ok;
  const withdrawal = withdrawalButton(viewer, announcement);
  return {
    as: "text",
    html: lines(
      announcementMessage(sent, { sentAt, correctedAt }, office),
      html`——————`,
      html`Penulis: ${shorten(author.name, longestName)}`,
      decision === undefined ? undefined : await decisionLine(db, decision, office),
      stage === "withdrawn" ? await withdrawalLine(db, announcement, office) : undefined,
      isPending(announcement) ? html`Sebuah ralat sedang disiapkan.` : undefined,
      await audienceLine(db, sent.officeIds),
      html`${readingWords(await countReading(db, announcementId, sentVersion))}`,
    ).markup,
    buttons: [
      [
        readingButton(announcementId),
        ...(stage === "withdrawn"
          ? []
          : [{ label: "📋 Teks untuk diteruskan", press: { do: "announcement-to-forward", announcementId } } as const]),
      ],
      [
        ...(isChangeable
          ? [{ label: "✏️ Ralat", press: { do: "choose-announcement-part", announcementId, version } } as const]
          : []),
        ...(withdrawal === undefined ? [] : [withdrawal]),
      ],
      sent.ticketId === null ? [] : [openTicketButton(sent.ticketId)],
    ],
  };
}

/** For those who approve: what is asked, with the buttons until somebody decided, and then who decided what and when. */
export async function renderAnnouncementAsked(
  db: Db,
  viewer: Person,
  about: { announcementId: number; version: number },
  context: Context,
): Promise<Rendered | undefined> {
  const announcement = await findAnnouncement(db, about.announcementId);
  if (announcement === undefined || !hasRole(viewer, "leadership")) return undefined;
  const asked = await getVersion(db, about.announcementId, about.version);
  const decided = await findDecision(db, about.announcementId, about.version);
  const isWaiting = announcement.stage === "asked" && announcement.version === about.version;
  const facts = { decided, now: context.now, isOnPage: false };
  const deciding = await decidingPart(db, viewer, announcement, asked, facts);
  const ending =
    decided === undefined
      ? html`✖️ Permintaan ini tidak berlaku lagi: pengumumannya diubah, dibuang, atau ditarik.`
      : await decisionLine(db, decided, context.office);
  return {
    as: "text",
    html: lines(
      html`🖋 <b>${isCorrection(announcement, about.version) ? "Ralat pengumuman" : "Pengumuman"}${isWaiting ? " menunggu persetujuan" : ""}</b>`,
      isWaiting ? deciding.hint : ending,
      await preview(db, announcement, asked, context),
    ).markup,
    buttons: deciding.buttons,
  };
}

/** For the author of that version. */
export async function renderAnnouncementDecided(
  db: Db,
  viewer: Person,
  { announcementId, version }: { announcementId: number; version: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const decision = await findDecision(db, announcementId, version);
  if (decision === undefined) return undefined;
  const { title, authorId } = await getVersion(db, announcementId, version);
  if (authorId !== viewer.id) return undefined;
  const { sent } = await countReading(db, announcementId, version);
  const result =
    decision.decision === "approved"
      ? html`Dikirim kepada ${sent} orang.`
      : html`Buka pengumuman, tekan Ubah, lalu kirim lagi untuk disetujui.`;
  const fullReason = decision.reason === null ? undefined : html`<blockquote>${decision.reason}</blockquote>`;
  return {
    as: "text",
    html: lines(
      html`📢 <b>${title}</b>`,
      await decisionLine(db, { ...decision, reason: null }, office),
      fullReason,
      result,
    ).markup,
    buttons: [[openButton("📢 Buka pengumuman", announcementId)]],
  };
}

async function withdrawalLine(db: Db, announcement: Announcement, office: OfficeWords): Promise<Html | undefined> {
  const { withdrawnBy, withdrawnAt, withdrawnBecause } = announcement;
  if (withdrawnBy === null || withdrawnAt === null) return undefined;
  const by = shorten((await getPerson(db, withdrawnBy)).name, longestName);
  const reason = shorten(withdrawnBecause ?? "", longestReasonShown);
  return html`🗑 Ditarik ${by}, ${showTime(withdrawnAt, office)}. Alasan: ${reason}`;
}

function withdrawalButton(viewer: Person, announcement: Announcement): Button | undefined {
  if (!refusalOfWithdrawing(viewer, announcement).ok) return undefined;
  return {
    label: "🗑 Tarik pengumuman",
    press: { do: "withdraw-announcement", announcementId: announcement.id },
  };
}
