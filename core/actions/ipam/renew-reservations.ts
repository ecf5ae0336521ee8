import { listAddressesOfTicket } from "../../db/ipam/address-lists.ts";
import { endRange, insertRanges } from "../../db/ipam/address-ranges.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { showRange } from "../../domain/ipam/range-text.ts";
import { reminderOf } from "../../domain/ipam/reservation.ts";
import { endOfReservation } from "../hosting/reserve-application-name.ts";
import { renewReservedNames } from "../names/change-name.ts";
import type { Setting } from "../setting.ts";
import { type LockedRange, lockRange } from "./lock-range.ts";

/**
 * What is reserved for a ticket is kept as long as if it were reserved today, by whoever may decide that.
 *
 * @param by.isUnused what was given to it counts as reserved again: nothing has come of it
 */
export async function renewReservations(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  { isUnused = false, ...by }: { personId: number; isUnused?: boolean },
): Promise<void> {
  const until = endOfReservation(setting);
  for (const { id } of await listAddressesOfTicket(tx, ticketId)) {
    const found = await lockRange(tx, id);
    const isReserved = found?.range.kind === "reserved" || (isUnused && found?.range.kind === "assigned");
    if (found !== undefined && isReserved) await renewAddress(tx, setting, found, { ...by, until });
  }
  await renewReservedNames(tx, setting, ticketId, { ...by, until });
}

async function renewAddress(
  tx: Tx,
  { now, rules }: Setting,
  { range, prefix }: LockedRange,
  { personId, until }: { personId: number; until: Date },
): Promise<void> {
  await endRange(tx, range.id, { endedBy: personId, now });
  const kept = { kind: "reserved", range, grounds: range.grounds, until } as const;
  const renewed = { ...kept, remindAt: reminderOf(until, now, rules.zone) };
  const [rangeId = 0] = await insertRanges(tx, prefix, [renewed], { begunBy: personId, now });
  await writeJournal(tx, {
    ...{ at: now, actorId: personId, event: "address-reserved" },
    subject: { kind: "address", id: rangeId },
    details: { address: showRange(range), prefixId: prefix.id, formerId: range.id },
  });
}
