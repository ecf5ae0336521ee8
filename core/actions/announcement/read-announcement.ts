import { findAnnouncement, findReceipt, markRead } from "../../db/announcement/announcements.ts";
import type { Tx } from "../../db/tables.ts";
import { refusalOfReading } from "../../domain/announcement/announcement-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";

/** Somebody says that they have read it; the first time counts. It stands in the receipts, so the journal has no row of it. */
export async function readAnnouncement(
  tx: Tx,
  person: Person,
  { now }: Setting,
  { announcementId, version }: { announcementId: number; version: number },
): Promise<Outcome> {
  const announcement = await findAnnouncement(tx, announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const receipt = await findReceipt(tx, { announcementId, version, personId: person.id });
  const mayRead = refusalOfReading(announcement, version, receipt);
  if (!mayRead.ok) return mayRead;
  await markRead(tx, { announcementId, version, personId: person.id, now });
  return accept();
}
