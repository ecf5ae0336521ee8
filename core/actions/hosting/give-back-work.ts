import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { assignTicket, lockAssigned } from "../../db/ticket/tickets.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { workersOf } from "../ticket/readers-of-ticket.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/**
 * What somebody works on goes back to the teams, which are told. Called after the roles were taken away.
 *
 * @param input.roles the roles that ended; all of them where none are named
 */
export async function giveBackWork(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number; roles?: readonly Role[] },
): Promise<void> {
  for (const ticket of await lockAssigned(tx, input.personId)) {
    if (ticket.holder === null || input.roles?.includes(ticket.holder) === false) continue;
    // Without a recipient, and without a role: nobody becomes the team's last worker by it.
    const entryId = await insertEntry(tx, {
      ticketId: ticket.id,
      kind: "handed-over",
      personId: administrator.id,
      at: setting.now,
    });
    await assignTicket(tx, ticket.id, null, setting.now);
    await writeJournal(tx, {
      at: setting.now,
      actorId: administrator.id,
      event: "ticket-given-back",
      subject: { kind: "ticket", id: ticket.id },
      details: { from: input.personId, entryId },
    });
    await refreshCards(tx, ticket.id, setting);
    const team = await workersOf(tx, { holder: ticket.holder, assigneeId: null });
    await tell(tx, team, { kind: "ticket-card", ticketId: ticket.id, news: "given-back" }, setting);
  }
}
