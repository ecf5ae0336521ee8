import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OfficeRules } from "../../core/actions/setting.ts";
import { isWrittenAnew } from "../../core/db/outbox.ts";
import { findPersonByTelegramUser } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment, listAttachments } from "../../core/db/ticket/attachments.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { maySee, readsInternalNotes, ticketNumber, worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { showSize } from "../../core/domain/upload/size-text.ts";
import type { Render, Rendered } from "../rendered.ts";
import type { Screen } from "../screens/screens.ts";
import {
  renderAnnouncementAsked,
  renderAnnouncementDecided,
  renderAnnouncementPage,
  renderDeskAnnouncements,
} from "./announcement/announcement-pages.ts";
import {
  renderAnnouncementApproving,
  renderAnnouncementDiscarding,
  renderAnnouncementParts,
} from "./announcement/announcement-questions.ts";
import { renderAnnouncementReading } from "./announcement/announcement-reading.ts";
import {
  renderAnnouncement,
  renderAnnouncementChanged,
  renderInForce,
  renderToForward,
} from "./announcement/announcements.ts";
import { cableScreens } from "./cable/cable-screens.ts";
import { hostingScreens } from "./hosting/hosting-screens.ts";
import { watchScreens } from "./hosting/watch-screens.ts";
import { html, lines } from "./html.ts";
import { assetScreens } from "./inventory/asset-screens.ts";
import { addressScreens } from "./ipam/address-screens.ts";
import { renderJournalHead, renderJournalTrouble, renderPin } from "./journal.ts";
import { renderHistory, renderTicketList } from "./lists.ts";
import { commandsFor, renderHelp, renderMenu, renderRolesChanged, renderTransferred, renderWelcome } from "./menu.ts";
import { monitorScreens } from "./monitoring/monitor-screens.ts";
import { outageScreens } from "./monitoring/outage-screens.ts";
import { nameScreens } from "./names/name-screens.ts";
import { renderAboutTicket, renderEntryTold, renderStepTold } from "./notices.ts";
import { type OfficeWords, showTime } from "./office-words.ts";
import { renderDraftLeft, renderOpenQuestion } from "./open-form.ts";
import { renderLoads, renderOverview } from "./overview.ts";
import { renderPaper } from "./papers.ts";
import { renderLinkCode, renderPeople, renderPerson, renderRolesOf } from "./people/people.ts";
import { renderImport, renderImportProblems } from "./people/people-import.ts";
import { renderNewPoster, renderPoster } from "./people/posters.ts";
import { registrationCancelled, renderRegistration, renderRegistrationAsked } from "./people/registration.ts";
import { renderNobodyHolds, renderProposal, renderRightsEnded } from "./people/rights.ts";
import { renderSubstitutionNews, renderSubstitutionProposed, renderSubstitutions } from "./people/substitutions.ts";
import { rackScreens } from "./rack/rack-screens.ts";
import { explain } from "./refusals.ts";
import { renderMorningDigest, renderWeaknesses } from "./reports.ts";
import { renderSaid } from "./said.ts";
import { dutyScreens } from "./shift/duty-screens.ts";
import { renderGroupHealed, renderGroupHint, renderGroupTrouble } from "./staff-group.ts";
import { renderFullEntry } from "./ticket/approval-in-full.ts";
import { renderApprovalAsked, renderApprovalEnded, renderNoApprover } from "./ticket/approvals.ts";
import { type CardContext, renderCard } from "./ticket/card.ts";
import { renderChecks } from "./ticket/check-list.ts";
import { renderExceptions } from "./ticket/exceptions.ts";
import { renderFreezeChanged } from "./ticket/freeze.ts";
import { renderMore } from "./ticket/more.ts";
import { renderLowRating } from "./ticket/rating.ts";
import { renderRequests } from "./ticket/requests.ts";
import { renderSearchResults } from "./ticket/search.ts";
import { renderInTopic } from "./ticket/topic.ts";
import { renderWritten } from "./ticket/written.ts";
import { uploadScreens } from "./upload/upload-screens.ts";

/** A bot cannot send more. https://core.telegram.org/bots/api#senddocument */
const largestSentBytes = 50 * 1000 * 1000;

export type RenderSetting = {
  office: OfficeWords;
  rules: OfficeRules;
  /** Folder in which files lie under their hash. */
  filesFolder: string;
};

/**
 * Turns a message of the outbox into words, for the person whose chat it is at this moment: what is shown is true when
 * it is sent, and a chat that is no longer linked gets nothing but the word that it was unlinked.
 */
export function openRenderer(setting: RenderSetting): Render {
  return async (db, row, now) => {
    const screen = row.message as Screen;
    const { topicTicketId, personIds } = row;
    // What stands there by now has buttons of its own.
    if (screen.kind === "question-passed") return (await isWrittenAnew(db, row)) ? undefined : { as: "no-buttons" };
    if (topicTicketId !== null) {
      return renderInTopic(db, { topicTicketId, personIds }, screen, (viewer) =>
        renderFor(db, viewer, screen, now, setting, { isInTopic: true }),
      );
    }
    const viewer = await findPersonByTelegramUser(db, row.chatId);
    const forAnybody = await renderForAnybody(db, row.chatId, screen, viewer, setting.office);
    if (forAnybody !== undefined) return forAnybody;
    const place = row.editsMessageId === null ? {} : { isEdit: true as const };
    return viewer === undefined ? undefined : renderFor(db, viewer, screen, now, setting, place);
  };
}

async function renderForAnybody(
  db: Db,
  chatId: number,
  screen: Screen,
  viewer: Person | undefined,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  switch (screen.kind) {
    case "command-menu":
      return { as: "commands", commands: commandsFor(viewer, office) };
    case "journal-head":
      return renderJournalHead(db, screen, office);
    case "pin-journal-head":
      return renderPin(db, screen);
    case "stranger": {
      const text = html`Akun Telegram Anda belum terdaftar di meja layanan Diskominfo ${office.regency}. Minta tautan pendaftaran ke administrator Diskominfo, atau pindai poster pendaftaran di kantor Anda.`;
      return { as: "text", html: text.markup };
    }
    case "not-linked":
      return { as: "text", html: html`⚠️ ${await explain(db, screen.refusal, office)}`.markup };
    case "unlinked":
      return {
        as: "text",
        html: html`✂️ Akun Telegram ini tidak lagi terhubung dengan meja layanan. Tombol-tombol di atas tidak berlaku.`
          .markup,
      };
    case "registration":
      return renderRegistration(db, chatId, screen, office);
    case "registration-cancelled":
      return registrationCancelled;
    case "group-hint":
      return renderGroupHint(screen);
    default:
      return undefined;
  }
}

async function renderFor(
  db: Db,
  viewer: Person,
  screen: Screen,
  now: Date,
  { office, rules, filesFolder }: RenderSetting,
  place: Pick<CardContext, "isInTopic" | "isEdit"> = {},
): Promise<Rendered | undefined> {
  const context = { office, now, rules, ...rules, ...place };
  if (nameScreens.knows(screen)) return nameScreens.render(db, viewer, screen, office, now);
  if (rackScreens.knows(screen)) return rackScreens.render(db, viewer, screen, office, now);
  if (cableScreens.knows(screen)) return cableScreens.render(db, viewer, screen, office, now);
  if (addressScreens.knows(screen)) return addressScreens.render(db, viewer, screen, office, now);
  if (assetScreens.knows(screen)) return assetScreens.render(db, viewer, screen, office, now);
  if (hostingScreens.knows(screen)) return hostingScreens.render(db, viewer, screen, office, now);
  if (watchScreens.knows(screen)) return watchScreens.render(db, viewer, screen, office, now);
  if (monitorScreens.knows(screen)) return monitorScreens.render(db, viewer, screen, office, now);
  if (dutyScreens.knows(screen)) return dutyScreens.render(db, viewer, screen, office, now);
  if (outageScreens.knows(screen)) return outageScreens.render(db, viewer, screen, office, now);
  if (uploadScreens.knows(screen)) return uploadScreens.render(db, viewer, screen, office, now);
  switch (screen.kind) {
    case "menu":
      return renderMenu(db, viewer, office);
    case "welcome":
      return renderWelcome(db, viewer, office);
    case "roles-changed":
      return renderRolesChanged(db, viewer, office);
    case "help":
      return renderHelp(viewer, office);
    case "said":
      return renderSaid(screen, place);
    case "refused":
      return { as: "text", html: html`⚠️ ${await explain(db, screen.refusal, office)}`.markup };

    case "ticket-card":
      return renderCard(db, viewer, screen, context);
    case "step-told":
      return renderStepTold(db, viewer, screen, context);
    case "step-taken-back":
    case "pending-on-you":
    case "reclassified":
    case "misuse-recorded":
      return renderEntryTold(db, viewer, screen);
    case "comment-added":
    case "reply-received":
    case "reply-sent":
      return renderWritten(db, viewer, screen);
    case "rating-low":
      return renderLowRating(db, viewer, screen);
    case "taken-over":
    case "requester-unreachable":
    case "card-moved":
    case "question-repeated":
    case "phone-requester":
    case "file-not-stored":
    case "topic-remade":
      return renderAboutTicket(db, viewer, screen, context);
    case "request-list":
      return renderRequests(screen, office);
    case "ticket-list":
      return renderTicketList(db, viewer, screen, office);
    case "search-results":
      return renderSearchResults(db, viewer, screen, office);
    case "overview":
      return renderOverview(db, viewer, context);
    case "loads":
      return renderLoads(db, viewer, screen, now);
    case "morning-digest":
      return renderMorningDigest(db, viewer, screen, { ...context, calendar: rules.calendar });
    case "weaknesses":
      return renderWeaknesses(db, viewer, screen, context);
    case "nobody-holds":
      return renderNobodyHolds(db, viewer, screen, office);
    case "history":
      return renderHistory(db, viewer, screen, office);
    case "checks-told":
      return renderChecks(db, viewer, screen, office);
    case "full-entry":
      return renderFullEntry(db, viewer, screen, office);
    case "full-text":
      return renderFullText(db, viewer, screen);
    case "file":
      return renderFile(db, viewer, screen, filesFolder);
    case "ticket-more":
      return renderMore(db, viewer, screen, context);

    case "question":
      return renderOpenQuestion(db, viewer, screen, now, office);
    case "draft-left":
      return renderDraftLeft(db, viewer, screen, now, office);

    case "people":
      return renderPeople(db, viewer, screen);
    case "person":
      return renderPerson(db, viewer, screen, office);
    case "roles-of":
      return renderRolesOf(db, viewer, screen, office, rules);
    case "link-code":
      return renderLinkCode(db, viewer, screen, office, rules);
    case "approval-asked":
      return renderApprovalAsked(db, viewer, screen, context);
    case "approval-ended":
      return renderApprovalEnded(db, viewer, screen, context);
    case "no-approver":
      return renderNoApprover(db, viewer, screen, context);
    case "freeze-changed":
      return renderFreezeChanged(db, viewer, screen, office);
    case "exceptions":
      return renderExceptions(db, viewer, screen, now, office);
    case "substitutions":
      return renderSubstitutions(db, viewer, screen, now, office);
    case "substitution-proposed":
      return renderSubstitutionProposed(db, viewer, screen, now, office);
    case "substitution-news":
      return renderSubstitutionNews(db, viewer, screen, office);

    case "role-proposed":
    case "role-decided":
      return renderProposal(db, viewer, screen, office);
    case "rights-ended":
      return renderRightsEnded(db, viewer, screen, office);
    case "transferred":
      return renderTransferred(db, viewer, office);

    case "registration-asked":
      return renderRegistrationAsked(db, viewer, screen, office);
    case "poster":
      return renderPoster(db, viewer, screen, office);
    case "new-poster":
      return renderNewPoster(db, viewer, screen);
    case "paper":
      return renderPaper(db, viewer, screen, { filesFolder, office, now });
    case "people-import":
      return renderImport(db, viewer, screen, office);
    case "import-problems":
      return renderImportProblems(db, viewer, screen);

    case "announcements":
      return worksAtDesk(viewer)
        ? renderDeskAnnouncements(db, viewer, screen, now)
        : renderInForce(db, viewer, screen, now, office);
    case "announcement":
      return renderAnnouncement(db, viewer, screen, now, office);
    case "announcement-changed":
      return renderAnnouncementChanged(db, viewer, screen);
    case "announcement-page":
      return renderAnnouncementPage(db, viewer, screen, context);
    case "announcement-asked":
      return renderAnnouncementAsked(db, viewer, screen, context);
    case "announcement-decided":
      return renderAnnouncementDecided(db, viewer, screen, office);
    case "announcement-to-forward":
      return renderToForward(db, viewer, screen, office);
    case "announcement-parts":
      return renderAnnouncementParts(db, viewer, screen);
    case "announcement-discarding":
      return renderAnnouncementDiscarding(db, viewer, screen);
    case "announcement-approving":
      return renderAnnouncementApproving(db, viewer, screen);
    case "announcement-reading":
      return renderAnnouncementReading(db, viewer, screen);

    case "apology":
      return {
        as: "text",
        html: html`⚠️ Pesan Anda tidak dapat diproses (rujukan M-${screen.inboxId}). Administrator sudah diberi tahu; coba sekali lagi lewat /menu.`
          .markup,
      };
    case "update-parked":
      return renderForAdministrator(
        viewer,
        html`🛑 Sebuah pesan masuk tidak dapat diproses (rujukan M-${screen.inboxId}). Lihat log server dengan rujukan itu.`,
      );
    case "updates-late": {
      const since = showTime(new Date(screen.since), office);
      const until = showTime(new Date(screen.until), office);
      const text = html`ℹ️ Bot sempat tidak tersambung ke Telegram: ${since} sampai ${until}. Tidak ada pesan yang hilang; pesan dari masa itu baru diterima sekarang.`;
      return { as: "text", html: text.markup };
    }
    case "updates-missing": {
      const since = showTime(new Date(screen.since), office);
      const text = html`⚠️ Bot tidak tersambung ke Telegram sejak ${since}. Telegram hanya menyimpan pesan 24 jam: pesan dari masa itu mungkin hilang.`;
      return { as: "text", html: text.markup };
    }
    case "message-dead":
      return renderForAdministrator(
        viewer,
        html`🛑 Sebuah pesan keluar ditolak Telegram (rujukan K-${screen.outboxId}). Lihat log server dengan rujukan itu.`,
      );
    case "journal-chat-trouble":
      return renderJournalTrouble(viewer, screen);
    case "staff-group-trouble":
      return renderGroupTrouble(viewer, screen);
    case "staff-group-healed":
      return renderGroupHealed(viewer);
    case "ticket-topic":
    case "question-passed":
    case "group-hint":
    case "command-menu":
    case "journal-head":
    case "pin-journal-head":
    case "stranger":
    case "not-linked":
    case "unlinked":
    case "registration":
    case "registration-cancelled":
      return undefined;
  }
}

function renderForAdministrator(viewer: Person, text: ReturnType<typeof html>): Rendered | undefined {
  return hasRole(viewer, "administrator") ? { as: "text", html: text.markup } : undefined;
}

async function renderFullText(
  db: Db,
  viewer: Person,
  { ticketId, field }: { ticketId: number; field: string },
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  const text = ticket?.answers[field];
  if (ticket === undefined || text === undefined || !maySee(viewer, ticket)) return undefined;
  return { as: "text", html: lines(html`<b>${ticketNumber(ticketId)}</b>`, html`${text}`).markup };
}

/** A file of a ticket, from our own store: Telegram's id of it may be dead. */
async function renderFile(
  db: Db,
  viewer: Person,
  { attachmentId }: { attachmentId: number },
  filesFolder: string,
): Promise<Rendered | undefined> {
  const ticketId = (await findAttachment(db, attachmentId))?.ticketId ?? undefined;
  const ticket = ticketId === undefined ? undefined : await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const visible = await listAttachments(db, ticket.id, { withInternalNotes: readsInternalNotes(viewer, ticket) });
  const attachment = visible.find(({ id }) => id === attachmentId);
  if (attachment === undefined) return undefined;
  const caption = `${ticketNumber(ticket.id)} · ${attachment.name}`;
  if (attachment.sha256 === null) {
    const why = attachment.state === "failed" ? "tidak berhasil diambil" : "masih diambil, coba sebentar lagi";
    return { as: "text", html: html`📎 ${caption}: ${why}.`.markup };
  }
  if ((attachment.sizeBytes ?? 0) > largestSentBytes) {
    const { sha256, sizeBytes } = attachment;
    const head = html`📎 ${caption} (${showSize(sizeBytes ?? 0)}): terlalu besar untuk dikirim lewat chat; tersimpan di server.`;
    return { as: "text", html: lines(head, html`SHA-256: <code>${sha256}</code>`).markup };
  }
  const bytes = await readFile(join(filesFolder, attachment.sha256));
  return { as: "file", fileKind: attachment.kind, bytes, name: attachment.name, caption: html`${caption}`.markup };
}
