import { type Wanted, wantedApplication } from "../../domain/hosting/wanted.ts";
import type { Db, Tx } from "../tables.ts";
import { findApplicationOfTicket, lockApplicationOfTicket } from "./applications.ts";
import { findStackOfTicket, lockStackOfTicket } from "./stacks.ts";

/** What a ticket has planned and built, if that was not given up. */
export async function findWanted(db: Db, ticketId: number): Promise<Wanted | undefined> {
  const application = await findApplicationOfTicket(db, ticketId);
  return application === undefined ? findStackOfTicket(db, ticketId) : wantedApplication(application);
}

/** After its ticket, as everybody locks them. */
export async function lockWanted(tx: Tx, ticketId: number): Promise<Wanted | undefined> {
  const application = await lockApplicationOfTicket(tx, ticketId);
  return application === undefined ? lockStackOfTicket(tx, ticketId) : wantedApplication(application);
}
