import { allOrNothing } from "../../db/all-or-nothing.ts";
import { findPresentCodes, insertLabel } from "../../db/cable/cable-labels.ts";
import { insertCable } from "../../db/cable/cables.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import type { Medium } from "../../domain/cable/cable.ts";
import { cableCode } from "../../domain/cable/cable-code.ts";
import { refusalOfCabling } from "../../domain/cable/cable-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { maySee } from "../../domain/ticket/ticket.ts";
import type { Setting } from "../setting.ts";
import { giveToCable, type LockedEnd, lockEnds, type PortWish } from "./cable-ends.ts";
import { recordCable } from "./record-cable.ts";

/**
 * A cable was laid between two ports. Its label is made of both nodes and waits to be printed.
 *
 * @param input.ticketId because of which it was laid
 * @returns its id. A refusal that is about one of the ends says which: `end`, 0 or 1
 */
export async function layCable(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ends: readonly [PortWish, PortWish]; medium: Medium; ticketId: number | null },
): Promise<Outcome<number>> {
  const mayCable = refusalOfCabling(person);
  if (!mayCable.ok) return mayCable;
  const { ends, medium, ticketId } = input;
  if (ticketId !== null) {
    const ticket = await findTicket(tx, ticketId);
    if (ticket === undefined || !maySee(person, ticket)) return refuse("cable-ticket-unknown", { ticketId });
  }
  const locked = await lockEnds(tx, ends, { taking: [0, 1] });
  if (!locked.ok) return locked;
  const [a, b] = locked.value;
  const code = cableCode(a, b);
  const isNew = await refusalOfCode(tx, code);
  if (!isNew.ok) return isNew;

  const { now } = setting;
  const by = { personId: person.id, now };
  return allOrNothing(tx, async () => {
    const id = await insertCable(tx, { medium, ticketId }, by);
    await giveToCable(tx, a, { id, side: "a" }, by);
    await giveToCable(tx, b, { id, side: "b" }, by);
    if (!(await insertLabel(tx, { cableId: id, code, now }))) return refuseCode(tx, code);
    await recordCable(tx, setting, person.id, "cable-laid", id, { ...endsInJournal(a, b), ticketId });
    return accept(id);
  });
}

/** Somebody gave that code to another cable meanwhile. */
async function refuseCode(tx: Tx, code: string): Promise<Outcome<never>> {
  const [other] = await findPresentCodes(tx, [code]);
  return refuse("cable-code-taken", { code, cableId: other?.cableId ?? 0 });
}

/** Two devices outside of racks may come out with the same address. @param cableId whose own label does not count */
export async function refusalOfCode(tx: Tx, code: string, cableId?: number): Promise<Outcome> {
  const other = (await findPresentCodes(tx, [code])).find((found) => found.cableId !== cableId);
  return other === undefined ? accept() : refuse("cable-code-taken", { code, cableId: other.cableId });
}

function endsInJournal(a: LockedEnd, b: LockedEnd) {
  return { assetA: a.asset.id, portA: a.port, assetB: b.asset.id, portB: b.port };
}
