import type { Tx } from "../../db/tables.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { listOpenTicketsOfRequester } from "../../db/ticket/tickets.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askWaitingApprovals } from "./approvals.ts";
import { refreshCards } from "./refresh-cards.ts";

/** As many open tickets as a person plausibly has. */
const manyTickets = { offset: 0, limit: 100 };

/** Somebody can be reached from now on, or again: the cards are true, and a question that was missed is asked. */
export async function askAgain(tx: Tx, personId: number, setting: Setting): Promise<void> {
  for (const ticket of await listOpenTicketsOfRequester(tx, personId, manyTickets)) {
    await refreshCards(tx, ticket.id, setting);
    const entryId = ticket.holder === "user" ? await findArrival(tx, ticket.id, ticket.state) : undefined;
    if (entryId !== undefined) await tell(tx, [personId], { kind: "step-told", ticketId: ticket.id, entryId }, setting);
  }
  await askWaitingApprovals(tx, personId, setting);
}
