import { deleteHeardBefore, heardDays } from "../db/heard-messages.ts";
import { deleteSecretsEndedBefore } from "../db/hosting/one-time-secrets.ts";
import { deleteEndedBefore } from "../db/inbox.ts";
import { addressImports, assetImports, nameImports, peopleImports, targetImports } from "../db/list-imports.ts";
import { deleteBefore, deleteToUnlinkedBefore } from "../db/outbox.ts";
import { deletePapersBefore } from "../db/papers.ts";
import { deleteRegistrationsBefore } from "../db/people/registrations.ts";
import { forgetStrangersSince } from "../db/people/strangers.ts";
import { deleteRatesBefore } from "../db/rates.ts";
import type { Tx } from "../db/tables.ts";
import { deleteLooseAttachments } from "../db/ticket/attachments.ts";
import { deleteExpiredDrafts } from "../db/ticket/drafts.ts";
import { deleteUploadsExpiredBefore } from "../db/upload/uploads.ts";
import { dayInMilliseconds } from "../domain/durations.ts";
import { expireRegistrations } from "./people/decide-registration.ts";
import type { Setting } from "./setting.ts";

/** Lists of people and papers: who needs one again sends or asks for it again. Source: office practice. */
const listDays = 7;
/** Buttons of a message live as long as its row. Source: office practice. */
const outboxDays = 90;

/** Ends registrations that nobody decided on, and forgets drafts that have expired, strangers, handled updates, which messages became what, lists and what was sent long ago. */
export async function cleanUp(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayInMilliseconds);
  await deleteExpiredDrafts(tx, now);
  await deleteHeardBefore(tx, daysAgo(heardDays));
  await expireRegistrations(tx, setting);
  await deleteRegistrationsBefore(tx, daysAgo(rules.strangerRowsDays));
  await peopleImports.deleteBefore(tx, daysAgo(listDays));
  await addressImports.deleteBefore(tx, daysAgo(listDays));
  await nameImports.deleteBefore(tx, daysAgo(listDays));
  await assetImports.deleteBefore(tx, daysAgo(listDays));
  await targetImports.deleteBefore(tx, daysAgo(listDays));
  await deletePapersBefore(tx, daysAgo(listDays));
  await deleteUploadsExpiredBefore(tx, daysAgo(listDays));
  await deleteSecretsEndedBefore(tx, daysAgo(listDays));
  await deleteLooseAttachments(tx);
  await forgetStrangersSince(tx, daysAgo(rules.strangerRowsDays));
  await deleteToUnlinkedBefore(tx, daysAgo(rules.strangerRowsDays));
  await deleteEndedBefore(tx, daysAgo(rules.strangerRowsDays));
  await deleteBefore(tx, daysAgo(outboxDays));
  await deleteRatesBefore(tx, daysAgo(1));
}
