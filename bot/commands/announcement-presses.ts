import { askAnnouncementApproval } from "../../core/actions/announcement/ask-announcement-approval.ts";
import { decideAnnouncement, mayDecideNow } from "../../core/actions/announcement/decide-announcement.ts";
import { readAnnouncement } from "../../core/actions/announcement/read-announcement.ts";
import { discardAnnouncement, refusalOfBeginningChange } from "../../core/actions/announcement/write-announcement.ts";
import { findAnnouncement, getVersion, isRecipient } from "../../core/db/announcement/announcements.ts";
import { workingVersion } from "../../core/domain/announcement/announcement.ts";
import {
  mayFollowAnnouncement,
  mayReadAnnouncement,
  refusalOfDiscarding,
  refusalOfWithdrawing,
  refusalOfWriting,
} from "../../core/domain/announcement/announcement-rules.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";
import { announcementForm, changeForm } from "../forms/announcement/announcement-form.ts";
import { announcementRejectionForm, withdrawalForm } from "../forms/announcement/announcement-reason-forms.ts";
import { beginForm } from "../forms/fill-in.ts";
import type { PressOf } from "../presses/press.ts";

type AnnouncementPress = PressOf<
  | "announcements"
  | "announcement"
  | "read-announcement"
  | "write-announcement"
  | "choose-announcement-part"
  | "change-announcement"
  | "ask-announcement"
  | "ask-discarding-announcement"
  | "discard-announcement"
  | "ask-approving-announcement"
  | "decide-announcement"
  | "withdraw-announcement"
  | "announcement-reading"
  | "announcement-to-forward"
>;

/** Buttons of announcements. Who may not do it is told before anything is asked; its action asks the same again. */
export async function pressOnAnnouncement(conversation: Conversation, press: AnnouncementPress): Promise<Outcome> {
  switch (press.do) {
    case "announcements":
      await reply(conversation, { kind: "announcements", page: press.page }, { inPlace: press.turns === true });
      return accept();
    case "announcement":
      return openAnnouncement(conversation, press.announcementId);
    case "read-announcement":
      return read(conversation, press);
    case "write-announcement": {
      const mayWrite = refusalOfWriting(conversation.person);
      return mayWrite.ok ? beginForm(conversation, announcementForm, {}) : mayWrite;
    }
    case "choose-announcement-part":
    case "change-announcement":
      return beginChange(conversation, press);
    case "ask-announcement":
    case "discard-announcement":
      return askOrDiscard(conversation, press);
    case "ask-discarding-announcement":
      return askDiscarding(conversation, press);
    case "ask-approving-announcement":
      return askApproving(conversation, press);
    case "decide-announcement":
      return decide(conversation, press);
    case "withdraw-announcement":
      return beginWithdrawal(conversation, press.announcementId);
    case "announcement-reading":
    case "announcement-to-forward":
      return showToDesk(conversation, press);
  }
}

/** To the desk its page, to others what was sent. */
async function openAnnouncement(conversation: Conversation, announcementId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const announcement = await findAnnouncement(tx, announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  if (mayFollowAnnouncement(person, announcement)) {
    await reply(conversation, { kind: "announcement-page", announcementId });
    return accept();
  }
  if (announcement.sentVersion === null) return refuse("no-such-announcement");
  const sent = await getVersion(tx, announcementId, announcement.sentVersion);
  const facts = { isRecipient: await isRecipient(tx, announcementId, person.id), now: setting.now };
  if (!mayReadAnnouncement(person, announcement, sent, facts)) return refuse("no-such-announcement");
  await reply(conversation, { kind: "announcement", announcementId });
  return accept();
}

async function read(conversation: Conversation, press: PressOf<"read-announcement">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await readAnnouncement(tx, person, setting, press);
  if (done.ok) {
    const { announcementId } = press;
    await reply(conversation, { kind: "announcement", announcementId }, { inPlace: true });
  }
  return done;
}

async function beginChange(
  conversation: Conversation,
  press: PressOf<"choose-announcement-part" | "change-announcement">,
): Promise<Outcome> {
  const { tx, person } = conversation;
  const { announcementId, version } = press;
  const mayChange = await refusalOfBeginningChange(tx, person, press);
  if (!mayChange.ok) return mayChange;
  if (press.do === "change-announcement") {
    return beginForm(conversation, changeForm, { announcementId, version, part: press.part });
  }
  await reply(conversation, { kind: "announcement-parts", announcementId });
  return accept();
}

/** The question before it is thrown away. */
async function askDiscarding(
  conversation: Conversation,
  { announcementId, version }: PressOf<"ask-discarding-announcement">,
): Promise<Outcome> {
  const { tx, person } = conversation;
  const announcement = await findAnnouncement(tx, announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const working = await getVersion(tx, announcementId, workingVersion(announcement));
  const mayDiscard = refusalOfDiscarding(person, announcement, working, version);
  if (!mayDiscard.ok) return mayDiscard;
  await reply(conversation, { kind: "announcement-discarding", announcementId, version }, { inPlace: true });
  return accept();
}

async function askOrDiscard(
  conversation: Conversation,
  press: PressOf<"ask-announcement" | "discard-announcement">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const act = press.do === "ask-announcement" ? askAnnouncementApproval : discardAnnouncement;
  const done = await act(tx, person, setting, press);
  const { announcementId } = press;
  if (done.ok) await reply(conversation, { kind: "announcement-page", announcementId }, { inPlace: true });
  return done;
}

/** The question before it goes out. */
async function askApproving(
  conversation: Conversation,
  { announcementId, version, isOnPage }: PressOf<"ask-approving-announcement">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const mayApprove = await mayDecideNow(tx, person, setting, { announcementId, version, decision: "approved" });
  if (!mayApprove.ok) return mayApprove;
  const screen = { kind: "announcement-approving", announcementId, version, ...(isOnPage && { isOnPage }) } as const;
  await reply(conversation, screen, { inPlace: isOnPage === true });
  return accept();
}

/** Approves at once, where that was asked before; a rejection asks for its reason first. The messages that asked for it say what was decided. */
async function decide(conversation: Conversation, press: PressOf<"decide-announcement">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { announcementId, version, decision } = press;
  if (decision === "rejected") {
    const mayReject = await mayDecideNow(tx, person, setting, press);
    return mayReject.ok ? beginForm(conversation, announcementRejectionForm, { announcementId, version }) : mayReject;
  }
  const done = await decideAnnouncement(tx, person, setting, { announcementId, version, decision });
  if (!done.ok) return done;
  const screen = press.isOnPage
    ? ({ kind: "announcement-page", announcementId } as const)
    : ({ kind: "said", what: "sent" } as const);
  await reply(conversation, screen, { inPlace: true });
  return accept();
}

async function beginWithdrawal(conversation: Conversation, announcementId: number): Promise<Outcome> {
  const announcement = await findAnnouncement(conversation.tx, announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const mayWithdraw = refusalOfWithdrawing(conversation.person, announcement);
  return mayWithdraw.ok ? beginForm(conversation, withdrawalForm, { announcementId }) : mayWithdraw;
}

async function showToDesk(
  conversation: Conversation,
  press: PressOf<"announcement-reading" | "announcement-to-forward">,
): Promise<Outcome> {
  const { announcementId } = press;
  const announcement = await findAnnouncement(conversation.tx, announcementId);
  const mayFollow = announcement !== undefined && mayFollowAnnouncement(conversation.person, announcement);
  if (!mayFollow) return refuse("no-such-announcement");
  if (press.do === "announcement-to-forward") {
    await reply(conversation, { kind: press.do, announcementId });
    return accept();
  }
  const screen = { kind: "announcement-reading", announcementId, page: press.page } as const;
  await reply(conversation, screen, { inPlace: press.turns === true });
  return accept();
}
