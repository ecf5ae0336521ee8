import { deleteLooseAttachments } from "../db/attachments.ts";
import { deleteExpiredDrafts } from "../db/drafts.ts";
import { deleteEndedBefore } from "../db/inbox.ts";
import { deleteBefore } from "../db/outbox.ts";
import { deleteRatesBefore } from "../db/rates.ts";
import { forgetStrangersSince } from "../db/strangers.ts";
import type { Tx } from "../db/tables.ts";
import { dayInMilliseconds } from "../domain/durations.ts";
import type { Setting } from "./setting.ts";

/** Buttons of a message live as long as its row. Source: office practice. */
const outboxDays = 90;

/** Forgets drafts that have expired, strangers, handled updates and what was sent long ago. */
export async function cleanUp(tx: Tx, { now, rules }: Setting): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayInMilliseconds);
  await deleteExpiredDrafts(tx, now);
  await deleteLooseAttachments(tx);
  await forgetStrangersSince(tx, daysAgo(rules.strangerRowsDays));
  await deleteEndedBefore(tx, daysAgo(rules.strangerRowsDays));
  await deleteBefore(tx, daysAgo(outboxDays));
  await deleteRatesBefore(tx, daysAgo(1));
}
