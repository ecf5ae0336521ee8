import type { OfficeRules } from "../../core/actions/setting.ts";
import { findPersonByTelegramUser } from "../../core/db/people/people.ts";
import { isWrittenAnew } from "../../core/db/sent-messages.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Render, Rendered } from "../rendered.ts";
import type { Screen } from "../screens/screens.ts";
import { announcementScreens } from "./announcement/announcement-screens.ts";
import { cableScreens } from "./cable/cable-screens.ts";
import { hostingScreens } from "./hosting/hosting-screens.ts";
import { watchScreens } from "./hosting/watch-screens.ts";
import { html } from "./html.ts";
import { assetScreens } from "./inventory/asset-screens.ts";
import { addressScreens } from "./ipam/address-screens.ts";
import { renderJournalHead, renderJournalTrouble, renderPin } from "./journal.ts";
import { renderHistory, renderTicketList } from "./lists.ts";
import { commandsFor, renderHelp, renderMenu, renderRolesChanged, renderTransferred, renderWelcome } from "./menu.ts";
import { missedMessages } from "./missed-messages.ts";
import { monitorScreens } from "./monitoring/monitor-screens.ts";
import { outageScreens } from "./monitoring/outage-screens.ts";
import { nameScreens } from "./names/name-screens.ts";
import { renderAboutTicket, renderEntryTold, renderStepTold } from "./notices.ts";
import type { OfficeWords } from "./office-words.ts";
import { renderDraftLeft, renderOpenQuestion } from "./open-form.ts";
import { renderLoads, renderOverview } from "./overview.ts";
import { renderPaper } from "./papers.ts";
import { renderLinkCode, renderRolesOf } from "./people/people.ts";
import { peopleScreens } from "./people/people-screens.ts";
import { registrationCancelled, renderRegistration } from "./people/registration.ts";
import { rackScreens } from "./rack/rack-screens.ts";
import { explain } from "./refusals.ts";
import { renderMorningDigest, renderWeaknesses } from "./reports.ts";
import { renderSaid } from "./said.ts";
import { dutyScreens } from "./shift/duty-screens.ts";
import { renderGroupHealed, renderGroupHint, renderGroupTrouble } from "./staff-group.ts";
import { renderFullEntry, renderFullText } from "./ticket/approval-in-full.ts";
import { renderApprovalAsked, renderApprovalEnded, renderNoApprover } from "./ticket/approvals.ts";
import { type CardContext, renderCard } from "./ticket/card.ts";
import { renderChecks } from "./ticket/check-list.ts";
import { renderExceptions } from "./ticket/exceptions.ts";
import { renderFreezeChanged } from "./ticket/freeze.ts";
import { renderMore } from "./ticket/more.ts";
import { renderLowRating } from "./ticket/rating.ts";
import { renderRequests } from "./ticket/requests.ts";
import { renderSearchResults } from "./ticket/search.ts";
import { renderFile } from "./ticket/ticket-file.ts";
import { renderInTopic } from "./ticket/topic.ts";
import { renderWritten } from "./ticket/written.ts";
import { uploadScreens } from "./upload/upload-screens.ts";

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
  if (peopleScreens.knows(screen)) return peopleScreens.render(db, viewer, screen, office, now);
  if (announcementScreens.knows(screen)) return announcementScreens.render(db, viewer, screen, office, now);
  if (missedMessages.knows(screen)) return missedMessages.render(db, viewer, screen, office, now);
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
    case "transferred":
      return renderTransferred(db, viewer, office);
    case "paper":
      return renderPaper(db, viewer, screen, { filesFolder, office, now });

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
