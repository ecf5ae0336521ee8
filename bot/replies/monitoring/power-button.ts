import type { StoredOutage } from "../../../core/db/monitoring/outages.ts";
import type { PowerQuestion } from "../../../core/db/monitoring/power-questions.ts";
import type { SiteContact } from "../../../core/db/monitoring/site-contacts.ts";
import { listAccounts } from "../../../core/db/people/accounts.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Button } from "../../rendered.ts";

/** Whether the contact of a site can be asked in a chat. */
export async function isReached(db: Db, contact: SiteContact | undefined): Promise<boolean> {
  const id = contact?.person?.id;
  const accounts = id === undefined ? [] : await listAccounts(db, [id]);
  return accounts.some(({ unreachableSince }) => unreachableSince === null);
}

/**
 * "Listrik padam?", while the contact was not asked. What is down by something else has its power, as far as anybody knows.
 *
 * @param on the outage's own page, which the answer to the press replaces, or the message of the outage, which stays
 */
export function powerButtons(
  { id: outageId, rootId }: Pick<StoredOutage, "id" | "rootId">,
  contact: SiteContact | undefined,
  { questions, hasChat }: { questions: readonly PowerQuestion[]; hasChat: boolean },
  on: "page" | "message",
): Button[] {
  const canAsk = hasChat && rootId === null && !questions.some(({ personId }) => personId === contact?.person?.id);
  const inMessage = on === "message" ? { inMessage: true as const } : {};
  return canAsk ? [{ label: "⚡ Listrik padam?", press: { do: "ask-power", outageId, ...inMessage } }] : [];
}
