import { getVersion, lockAnnouncement, updateAnnouncement } from "../../db/announcement/announcements.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { listActing } from "../../db/ticket/approvals.ts";
import { refusalOfAsking } from "../../domain/announcement/announcement-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tell } from "../notices.ts";
import { reachable } from "../people/reachable.ts";
import type { Setting } from "../setting.ts";

/**
 * Asks leadership to approve exactly this version. There is no way around it, also not for an outage: where nobody
 * can approve, the author is told whom to turn to.
 */
export async function askAnnouncementApproval(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { announcementId: number; version: number },
): Promise<Outcome> {
  const { now } = setting;
  const announcement = await lockAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const { id, version } = announcement;
  const asked = await getVersion(tx, id, version);
  const mayAsk = refusalOfAsking(person, announcement, asked, { version: input.version, now });
  if (!mayAsk.ok) return mayAsk;
  const approvers = await reachable(tx, await listOthersOfLeadership(tx, person.id));
  if (approvers.length === 0) return refuse("no-announcement-approver");

  await updateAnnouncement(tx, id, { stage: "asked", asked_at: now });
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "announcement-asked",
    subject: { kind: "announcement", id },
    details: { version, contentHash: asked.contentHash },
  });
  const ids = approvers.map(({ personId }) => personId);
  await tell(tx, ids, { kind: "announcement-asked", announcementId: id, version }, setting);
  return accept();
}

/** Neither the author nor who stands in for them. */
async function listOthersOfLeadership(tx: Tx, authorId: number): Promise<number[]> {
  const substitutes = (await listActing(tx, "leadership")).filter(({ forPersonId }) => forPersonId === authorId);
  const excluded = [authorId, ...substitutes.map(({ personId }) => personId)];
  const leaders = await listPeopleWithRole(tx, "leadership");
  return leaders.map(({ id }) => id).filter((id) => !excluded.includes(id));
}
