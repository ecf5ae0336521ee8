import { insertKnownOutages, listFiledBeside } from "../../db/monitoring/known-outages.ts";
import { findTroubles } from "../../db/monitoring/troubles.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** Who is told of an outage and files all the same may have another trouble, or the same: the desk reads what was known. */
export async function keepKnownOutages(
  tx: Tx,
  { now }: Setting,
  { ticketId, requester, ...filed }: { ticketId: number; requester: Person; procedure: string; answers: Answers },
): Promise<void> {
  const known = (await findTroubles(tx, requester, filed, now)).flatMap(({ found }) => found?.outage.id ?? []);
  await insertKnownOutages(tx, ticketId, known);
}

/** The tickets that were filed beside an outage say that it has its own by now, or that it is over. */
export async function refreshFiledBeside(tx: Tx, outageId: number, setting: Setting): Promise<void> {
  for (const ticketId of await listFiledBeside(tx, outageId)) await refreshCards(tx, ticketId, setting);
}
