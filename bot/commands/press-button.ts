import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm, draftAt } from "../forms/fill-in.ts";
import { filingForm, subjectOfFiling } from "../forms/ticket/filing-form.ts";
import { proceduresToFileFor, reportForm } from "../forms/ticket/report-form.ts";
import { ticketSearchForm } from "../forms/ticket/ticket-search-form.ts";
import { isAddressPress } from "../presses/address-press.ts";
import { isAssetPress } from "../presses/asset-press.ts";
import { isCablePress } from "../presses/cable-press.ts";
import { isHostingPress } from "../presses/hosting-press.ts";
import { isMonitorPress } from "../presses/monitor-press.ts";
import { isNamePress } from "../presses/name-press.ts";
import { isOutagePress } from "../presses/outage-press.ts";
import type { Press } from "../presses/press.ts";
import { isRackPress } from "../presses/rack-press.ts";
import { isRosterPress } from "../presses/roster-press.ts";
import { isWatchPress } from "../presses/watch-press.ts";
import { pressOnAddress } from "./address-presses.ts";
import { pressOnAnnouncement } from "./announcement-presses.ts";
import * as approvals from "./approval-presses.ts";
import { pressOnAsset } from "./asset-presses.ts";
import { pressOnCable } from "./cable-presses.ts";
import * as duty from "./duty-presses.ts";
import { pressInForm } from "./form-presses.ts";
import { pressOnHosting } from "./hosting-presses.ts";
import { beginImport, decideImport } from "./import-presses.ts";
import * as lists from "./list-presses.ts";
import { pressOnMonitor } from "./monitor-presses.ts";
import { pressOnName } from "./name-presses.ts";
import { pressOnOutage } from "./outage-presses.ts";
import * as people from "./people-presses.ts";
import { pressOnRack } from "./rack-presses.ts";
import { rate } from "./rating-presses.ts";
import * as registrations from "./registration-presses.ts";
import { pressOnRoster } from "./roster-presses.ts";
import * as tickets from "./ticket-presses.ts";
import { pressOnWatch } from "./watch-presses.ts";

/** What each button does. */
export async function pressButton(conversation: Conversation, press: Press): Promise<Outcome> {
  if (isAddressPress(press)) return pressOnAddress(conversation, press);
  if (isCablePress(press)) return pressOnCable(conversation, press);
  if (isRackPress(press)) return pressOnRack(conversation, press);
  if (isRosterPress(press)) return pressOnRoster(conversation, press);
  if (isNamePress(press)) return pressOnName(conversation, press);
  if (isAssetPress(press)) return pressOnAsset(conversation, press);
  if (isHostingPress(press)) return pressOnHosting(conversation, press);
  if (isWatchPress(press)) return pressOnWatch(conversation, press);
  if (isMonitorPress(press)) return pressOnMonitor(conversation, press);
  if (isOutagePress(press)) return pressOnOutage(conversation, press);
  switch (press.do) {
    case "menu":
    case "help":
      await reply(conversation, { kind: press.do });
      return accept();
    case "list":
      return lists.showTicketList(conversation, press);
    case "begin-search":
      return beginForm(conversation, ticketSearchForm, {});
    case "search":
      return lists.turnResults(conversation, press);
    case "overview":
      return lists.showOverview(conversation);
    case "loads":
    case "weaknesses":
      return lists.showOfOverview(conversation, press);

    case "duty":
      return duty.showDuty(conversation);
    case "begin-shift":
      return duty.begin(conversation);
    case "hand-over-shift":
      return duty.handOver(conversation, press);
    case "accept-shift":
      return duty.takeOver(conversation, press);
    case "end-shift":
      return duty.end(conversation, press);
    case "shift-notes":
      return duty.showShiftNotes(conversation, press);

    case "file":
      return beginForm(conversation, filingForm, subjectOfFiling(press));
    case "requests": {
      const { page, draftId } = press;
      // Where its words became a ticket, its question stands there by now.
      const found = draftId === undefined ? accept() : await draftAt(conversation, draftId);
      if (!found.ok) return found;
      const screen = { kind: "request-list", page, ...(draftId === undefined ? {} : { draftId }) } as const;
      await reply(conversation, screen, { inPlace: press.turns === true });
      return accept();
    }
    case "report":
      return proceduresToFileFor(conversation.person).length > 0
        ? beginForm(conversation, reportForm, {})
        : refuse("not-your-role", { role: "help-desk" });

    case "open-ticket":
      return tickets.openTicket(conversation, press.ticketId);
    case "take":
      return tickets.take(conversation, press);
    case "step":
      return tickets.step(conversation, press);
    case "more":
      return tickets.showMore(conversation, press);
    case "ticket-form":
      return tickets.beginTicketForm(conversation, press);
    case "resume-ticket":
      return tickets.resume(conversation, press);
    case "write":
      return tickets.write(conversation, press);
    case "history":
      return tickets.showHistory(conversation, press);
    case "files":
      return tickets.showFiles(conversation, press);
    case "full-request":
      return approvals.showInFull(conversation, press.ticketId);
    case "print-handover":
      return tickets.printHandover(conversation, press);
    case "full-text":
      return tickets.showFullText(conversation, press);
    case "rate":
      return rate(conversation, press);

    case "answer":
    case "skip":
    case "drop-files":
    case "offer-upload":
    case "back":
    case "choices":
    case "submit":
    case "change-answer":
    case "discard":
    case "resume":
    case "sort-as-ticket":
    case "sort-to-ticket":
      return pressInForm(conversation, press);

    case "people": {
      const screen = { kind: "people", search: "", page: press.page } as const;
      return people.showPeople(conversation, screen, { inPlace: press.turns === true });
    }
    case "person":
      return people.showPeople(conversation, { kind: "person", personId: press.personId }, { inPlace: true });
    case "choose-role":
      return people.showPeople(conversation, { kind: "roles-of", personId: press.personId }, { inPlace: true });
    case "find-person":
      return people.beginSearch(conversation);
    case "add-person":
      return people.beginPersonForm(conversation);
    case "correct-person":
      return people.beginPersonForm(conversation, press.personId);
    case "grant":
    case "withdraw":
      return people.changeRole(conversation, press);
    case "decide-role":
      return people.decide(conversation, press);
    case "issue-code":
      return people.issueCode(conversation, press.personId);
    case "unlink":
      return people.unlink(conversation, press.personId);
    case "transfer":
    case "deactivate":
      return people.beginLeaving(conversation, press);
    case "reactivate":
      return people.reactivate(conversation, press.personId);

    case "exceptions":
      return approvals.showExceptions(conversation, press);
    case "change-freeze":
      return approvals.beginFreezeChange(conversation, press);
    case "substitutions":
      return approvals.showSubstitutions(conversation, press);
    case "name-substitute":
      return approvals.beginNaming(conversation, press);
    case "end-substitution":
      return approvals.endNaming(conversation, press);
    case "decide-substitution":
      return approvals.decideNaming(conversation, press);

    case "find-poster":
      return registrations.findPosterOf(conversation);
    case "poster":
    case "ask-new-poster":
      return registrations.showPoster(conversation, press);
    case "print-poster":
      return registrations.printPoster(conversation, press);
    case "replace-poster":
      return registrations.replacePoster(conversation, press);
    case "waiting-registrations":
      return lists.showWaitingRegistrations(conversation);
    case "decide-registration":
      return registrations.decideOnRegistration(conversation, press);

    case "send-people-file":
      return beginImport(conversation);
    case "import-people":
    case "discard-import":
      return decideImport(conversation, press);

    case "announcements":
    case "announcement":
    case "read-announcement":
    case "write-announcement":
    case "choose-announcement-part":
    case "change-announcement":
    case "ask-announcement":
    case "ask-discarding-announcement":
    case "discard-announcement":
    case "ask-approving-announcement":
    case "decide-announcement":
    case "withdraw-announcement":
    case "announcement-reading":
    case "announcement-to-forward":
      return pressOnAnnouncement(conversation, press);
  }
}
