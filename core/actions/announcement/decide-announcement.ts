import {
  addFormerRecipients,
  addRecipients,
  findAnnouncement,
  findDecision,
  getVersion,
  insertDecision,
  lockAnnouncement,
  updateAnnouncement,
} from "../../db/announcement/announcements.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findActing } from "../../db/ticket/approvals.ts";
import { holdFreeze, readFreeze } from "../../db/ticket/freeze.ts";
import {
  type Announcement,
  type AnnouncementVersion,
  announcementReason,
  contentHashOf,
} from "../../domain/announcement/announcement.ts";
import { refusalOfApproving } from "../../domain/announcement/announcement-rules.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Freeze } from "../../domain/ticket/freeze-rules.ts";
import { editSent, sendToAll, tell } from "../notices.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf("announcement");

export type AnnouncementVerdict = {
  announcementId: number;
  /** The one that the button was made for. */
  version: number;
} & ({ decision: "approved" } | { decision: "rejected"; answers: Answers });

/**
 * The word of leadership on exactly one version; the first one counts. An approved announcement goes out at once, to
 * whom it reaches at this moment; a correction to whom the version before went.
 */
export async function decideAnnouncement(
  tx: Tx,
  approver: Person,
  setting: Setting,
  input: AnnouncementVerdict,
): Promise<Outcome> {
  const { now, rules } = setting;
  const announcement = await lockAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const asked = await getVersion(tx, announcement.id, announcement.version);
  const decided = await findDecision(tx, announcement.id, input.version);
  const verb =
    input.decision === "approved"
      ? ({ decision: "approved", freeze: await holdAndRead(tx) } as const)
      : ({ decision: "rejected" } as const);
  // Rights may have ended while the locks were waited for.
  const present = (await findPerson(tx, approver.id)) ?? approver;
  const acting = await findActing(tx, "leadership", approver.id);
  const mayDecide = refusalOfApproving(present, announcement, asked, {
    ...{ version: input.version, decided, now, acting },
    ...verb,
  });
  if (!mayDecide.ok) return mayDecide;
  if (contentHashOf(asked) !== asked.contentHash) {
    throw new Error(`deciding on announcement ${announcement.id}: version ${asked.version} is not what was written`);
  }
  const fields = input.decision === "rejected" ? [announcementReason] : [];
  const parsed = parseAnswers(fields, input.decision === "rejected" ? input.answers : {}, { now, zone: rules.zone });
  if (!parsed.ok) return parsed;
  const reason = parsed.value.note ?? null;

  const verdict = { decision: input.decision, decidedBy: approver.id, decidedAt: now, reason } as const;
  await insertDecision(tx, announcement.id, asked, verdict);
  await record(tx, approver, setting, `announcement-${input.decision}`, announcement.id, {
    version: asked.version,
    contentHash: asked.contentHash,
  });
  if (input.decision === "approved") await sendVersion(tx, approver, setting, announcement, asked);
  else await updateAnnouncement(tx, announcement.id, { stage: "rejected" });
  await tellOfDecision(tx, announcement, asked, setting);
  if (input.decision === "approved") {
    const forward = { kind: "announcement-to-forward", announcementId: announcement.id } as const;
    await tell(tx, [asked.authorId], forward, setting);
  }
  return accept();
}

/** Nobody sets the freeze until this approval is done. */
async function holdAndRead(tx: Tx): Promise<Freeze> {
  await holdFreeze(tx, { alone: false });
  return readFreeze(tx);
}

/** Whether this person may decide so now, before they are asked why or once more. */
export async function mayDecideNow(
  tx: Tx,
  approver: Person,
  { now }: Setting,
  { announcementId, version, decision }: Pick<AnnouncementVerdict, "announcementId" | "version" | "decision">,
): Promise<Outcome> {
  const announcement = await findAnnouncement(tx, announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const asked = await getVersion(tx, announcementId, announcement.version);
  const decided = await findDecision(tx, announcementId, version);
  const acting = await findActing(tx, "leadership", approver.id);
  const verb = decision === "approved" ? { decision, freeze: await readFreeze(tx) } : { decision };
  return refusalOfApproving(approver, announcement, asked, { version, decided, acting, now, ...verb });
}

async function sendVersion(
  tx: Tx,
  approver: Person,
  setting: Setting,
  { id, sentVersion }: Announcement,
  { version, officeIds }: AnnouncementVersion,
): Promise<void> {
  const { now } = setting;
  if (sentVersion === null) {
    const chatIds = await addRecipients(tx, { id, version, officeIds });
    await updateAnnouncement(tx, id, { stage: "sent", sent_version: version, sent_at: now });
    await record(tx, approver, setting, "announcement-sent", id, { version, recipients: chatIds.length });
    return sendToAll(tx, chatIds, { kind: "announcement", announcementId: id }, setting);
  }
  const chatIds = await addFormerRecipients(tx, { id, version, former: sentVersion });
  await updateAnnouncement(tx, id, { stage: "sent", sent_version: version, corrected_at: now });
  await record(tx, approver, setting, "announcement-corrected", id, { version, recipients: chatIds.length });
  await showChange(tx, id, chatIds, setting);
}

/** What people have is edited where it stands, without a sound; so a short message says that it was. */
export async function showChange(tx: Tx, id: number, chatIds: readonly number[], setting: Setting): Promise<void> {
  const sent = { kind: "announcement", announcementId: id } as const;
  await editSent(tx, sent, sent, setting);
  await sendToAll(tx, chatIds, { kind: "announcement-changed", announcementId: id }, setting);
}

/** All who were asked see who decided what, and when; the author is told. */
async function tellOfDecision(
  tx: Tx,
  { id }: Announcement,
  { version, authorId }: AnnouncementVersion,
  setting: Setting,
): Promise<void> {
  const about = { announcementId: id, version };
  const asked = { kind: "announcement-asked", ...about } as const;
  await editSent(tx, asked, asked, setting);
  await tell(tx, [authorId], { kind: "announcement-decided", ...about }, setting);
}
