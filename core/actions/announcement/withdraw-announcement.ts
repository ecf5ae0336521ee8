import { listRecipientChats, lockAnnouncement, updateAnnouncement } from "../../db/announcement/announcements.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { announcementReason } from "../../domain/announcement/announcement.ts";
import { refusalOfWithdrawing } from "../../domain/announcement/announcement-rules.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { showChange } from "./decide-announcement.ts";
import { voidRequest } from "./write-announcement.ts";

/** Takes back what people have, at once and with a reason; a correction that waits ends with it. */
export async function withdrawAnnouncement(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { announcementId: number; answers: Answers },
): Promise<Outcome> {
  const { now, rules } = setting;
  const announcement = await lockAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const mayWithdraw = refusalOfWithdrawing(person, announcement);
  if (!mayWithdraw.ok) return mayWithdraw;
  const parsed = parseAnswers([announcementReason], input.answers, { now, zone: rules.zone });
  if (!parsed.ok) return parsed;

  const { id, sentVersion } = announcement;
  await updateAnnouncement(tx, id, {
    stage: "withdrawn",
    withdrawn_by: person.id,
    withdrawn_at: now,
    withdrawn_because: parsed.value.note ?? "",
  });
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "announcement-withdrawn",
    subject: { kind: "announcement", id },
    details: { version: sentVersion },
  });
  await voidRequest(tx, announcement, setting);
  await showChange(tx, id, await listRecipientChats(tx, id, sentVersion ?? 0), setting);
  return accept();
}
