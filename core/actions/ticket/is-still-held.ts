import { listTicketsOfApplication } from "../../db/hosting/application-revisions.ts";
import { listAddressesOfTicket } from "../../db/ipam/address-lists.ts";
import { findNameNow } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { Wanted } from "../../domain/hosting/wanted.ts";

/**
 * Whether the addresses and the name of what is an application are still its own: the register may have given them to others since.
 * What is purged has none any more.
 */
export async function isStillHeld(tx: Tx, { application }: Wanted): Promise<boolean> {
  if (application === undefined) return true;
  const { ticketId, gateway, address, nextAddress, database, databaseAddress, revision } = application;
  if (revision.change === "purge") return true;
  const needed = [gateway, address, nextAddress, ...(database === null ? [] : [databaseAddress])];
  const addresses = new Set((await listAddressesOfTicket(tx, ticketId)).map(({ first }) => first));
  const tickets = await listTicketsOfApplication(tx, application.id);
  const grounds = (await findNameNow(tx, revision.domainName))?.grounds;
  return (
    needed.every((each) => each !== null && addresses.has(each)) && tickets.some((each) => each === grounds?.ticketId)
  );
}
