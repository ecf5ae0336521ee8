import { listPeopleWithRole, listReachable } from "../db/people.ts";
import type { Tx } from "../db/tables.ts";
import type { Role } from "../domain/people/roles.ts";
import { tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/**
 * A ticket has come to a role that nobody holds whom the bot can write to: it would lie there unseen. The help desk and
 * the administrators are told; nobody else gets the right to act on it.
 */
export async function tellWhereNobodyHolds(tx: Tx, ticketId: number, role: Role, setting: Setting): Promise<void> {
  if ((await listReachable(tx, [role])).length > 0) return;
  const told = [...(await listPeopleWithRole(tx, "help-desk")), ...(await listPeopleWithRole(tx, "administrator"))];
  const ids = new Set(told.map(({ id }) => id));
  await tell(tx, [...ids], { kind: "nobody-holds", ticketId, role }, setting);
}
