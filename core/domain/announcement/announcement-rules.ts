import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { isWithin } from "../people/substitution-rules.ts";
import type { Acting } from "../ticket/approval-rules.ts";
import { type Freeze, refusalWhileFrozen } from "../ticket/freeze-rules.ts";
import { worksAtDesk } from "../ticket/ticket.ts";
import {
  type Announcement,
  type AnnouncementContent,
  type AnnouncementDecision,
  type AnnouncementVersion,
  isOver,
  isPending,
} from "./announcement.ts";

/** Source for all of these: office practice; that nobody approves their own, by one rule for all approvals (approval-rules.ts). */

/** Those of the desk write announcements. */
export function refusalOfWriting(person: Person): Outcome {
  return worksAtDesk(person) ? accept() : refuse("not-at-desk");
}

/**
 * Changes what waits, or begins a correction of what was sent. A draft is its author's; what was sent is corrected by
 * its author or by leadership.
 *
 * @param working the version that is worked on
 * @param version the one that the button was made for
 */
export function refusalOfChanging(
  person: Person,
  announcement: Announcement,
  working: Pick<AnnouncementVersion, "authorId">,
  version: number,
): Outcome {
  if (announcement.stage === "discarded") return refuse("announcement-changed");
  if (!mayChange(person, announcement, working)) return refuse("not-your-announcement");
  if (announcement.stage === "withdrawn") return refuse("announcement-withdrawn");
  return announcement.version === version ? accept() : refuse("announcement-changed");
}

/** Throws away what waits; what was sent stays. */
export function refusalOfDiscarding(
  person: Person,
  announcement: Announcement,
  working: Pick<AnnouncementVersion, "authorId">,
  version: number,
): Outcome {
  const changing = refusalOfChanging(person, announcement, working, version);
  if (!changing.ok) return changing;
  return isPending(announcement) ? accept() : refuse("announcement-changed");
}

/** Asks leadership to approve exactly this version. */
export function refusalOfAsking(
  person: Person,
  announcement: Announcement,
  asked: Pick<AnnouncementVersion, "version" | "authorId" | "inForceUntil">,
  { version, now }: { version: number; now: Date },
): Outcome {
  if (!worksAtDesk(person) || asked.authorId !== person.id) return refuse("not-your-announcement");
  if (announcement.version !== version) return refuse("announcement-changed");
  if (announcement.stage === "asked") return refuse("announcement-asked-already");
  if (announcement.stage !== "written") return refuse("announcement-changed");
  return isOver(asked, now) ? refuse("announcement-over") : accept();
}

/**
 * Whether this person may approve or reject that version now. While approvals are frozen it can be rejected only. A
 * substitute decides in the exact window, and not on what is of the person they stand in for.
 *
 * @param asked the newest version
 * @param decided the word that was given on the version of the button
 */
export function refusalOfApproving(
  approver: Person,
  announcement: Announcement,
  asked: Pick<AnnouncementVersion, "authorId" | "inForceUntil">,
  facts: {
    version: number;
    decided: AnnouncementDecision | undefined;
    /** Where the approver holds the role for the time of a substitution only. */
    acting: Acting | undefined;
    now: Date;
  } & ({ decision: "approved"; freeze: Freeze } | { decision: "rejected" }),
): Outcome {
  if (!hasRole(approver, "leadership")) return refuse("not-announcement-approver");
  if (facts.decided !== undefined) {
    return refuse("announcement-decided", { announcementId: announcement.id, version: facts.version });
  }
  if (announcement.version !== facts.version || announcement.stage !== "asked") return refuse("announcement-changed");
  const { acting } = facts;
  if (acting !== undefined && !isWithin(acting, facts.now)) return refuse("substitution-not-in-force");
  if (asked.authorId === approver.id) return refuse("not-your-own-announcement");
  if (acting?.forPersonId === asked.authorId) return refuse("not-for-whom-you-substitute");
  if (facts.decision === "rejected") return accept();
  if (isOver(asked, facts.now)) return refuse("announcement-over");
  const frozen = refusalWhileFrozen(facts.freeze);
  return frozen === undefined ? accept() : { ok: false, refusal: frozen };
}

/** Takes back what people have, at once: what is wrong must not stand for as long as an approval takes. */
export function refusalOfWithdrawing(person: Person, announcement: Announcement): Outcome {
  if (announcement.sentVersion === null) return refuse("announcement-changed");
  if (!isResponsible(person, announcement)) return refuse("not-your-announcement");
  return announcement.stage === "withdrawn" ? refuse("announcement-withdrawn") : accept();
}

/** @param receipt of the version that is in force; undefined where it was not sent to that person */
export function refusalOfReading(
  announcement: Announcement,
  version: number,
  receipt: { readAt: Date | null } | undefined,
): Outcome {
  if (announcement.stage === "withdrawn") return refuse("announcement-withdrawn");
  if (announcement.sentVersion !== version) return refuse("announcement-corrected");
  return receipt === undefined ? refuse("announcement-not-for-you") : accept();
}

/** Who may open what was sent: those to whom it was sent, those of its offices while it is in force, and the desk. */
export function mayReadAnnouncement(
  person: Person,
  announcement: Announcement,
  sent: Pick<AnnouncementContent, "officeIds" | "inForceUntil">,
  { isRecipient, now }: { isRecipient: boolean; now: Date },
): boolean {
  if (!person.isActive || announcement.sentVersion === null) return false;
  if (isRecipient || worksAtDesk(person)) return true;
  const isInForce = announcement.stage !== "withdrawn" && !isOver(sent, now);
  return isInForce && (sent.officeIds === null || sent.officeIds.includes(person.officeId));
}

/** The desk follows what was asked or sent; a draft is seen by its author only. */
export function mayFollowAnnouncement(person: Person, announcement: Announcement): boolean {
  if (!worksAtDesk(person) || announcement.stage === "discarded") return false;
  const isShown = announcement.sentVersion !== null || announcement.stage === "asked";
  return isShown || announcement.authorId === person.id;
}

/** What was sent is answered for by its author, while of the desk, and by leadership. */
function isResponsible(person: Person, announcement: Pick<Announcement, "authorId">): boolean {
  return worksAtDesk(person) && (announcement.authorId === person.id || hasRole(person, "leadership"));
}

function mayChange(
  person: Person,
  announcement: Announcement,
  working: Pick<AnnouncementVersion, "authorId">,
): boolean {
  if (isPending(announcement) && working.authorId === person.id) return worksAtDesk(person);
  return announcement.sentVersion !== null && isResponsible(person, announcement);
}
