import { listPeopleWithRole, listReachable } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";

/**
 * A ticket has come to a role that nobody holds whom the bot can write to: it would lie there unseen. The help desk and
 * the administrators are told; nobody else gets the right to act on it.
 */
export async function tellIfNobodyHolds(
  tx: Tx,
  { id: ticketId, holder: role }: Pick<Ticket, "id" | "holder">,
  setting: Setting,
): Promise<void> {
  if (role === null || role === "user" || (await listReachable(tx, [role])).length > 0) return;
  const told = [...(await listPeopleWithRole(tx, "help-desk")), ...(await listPeopleWithRole(tx, "administrator"))];
  const ids = new Set(told.map(({ id }) => id));
  await tell(tx, [...ids], { kind: "nobody-holds", ticketId, role }, setting);
}
