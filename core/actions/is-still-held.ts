import { listAddressesOfTicket } from "../db/address-lists.ts";
import { listNamesOfTicket } from "../db/names.ts";
import type { Tx } from "../db/tables.ts";
import type { Application } from "../domain/hosting/application.ts";

/** Whether the addresses and the name of an application are still its ticket's: the register may have given them to others since. */
export async function isStillHeld(tx: Tx, application: Application): Promise<boolean> {
  const { ticketId, gateway, address, nextAddress, domainName } = application;
  const addresses = new Set((await listAddressesOfTicket(tx, ticketId)).map(({ first }) => first));
  const names = await listNamesOfTicket(tx, ticketId);
  return (
    [gateway, address, nextAddress].every((each) => addresses.has(each)) &&
    names.some(({ name }) => name === domainName)
  );
}
