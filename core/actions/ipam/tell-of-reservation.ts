import { markReminded, type StoredRange } from "../../db/ipam/address-ranges.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { mayManageAddresses } from "../../domain/ipam/ipam-rules.ts";
import type { Notice } from "../notice.ts";
import { tell, tellRole } from "../notices.ts";
import { reachable } from "../people/reachable.ts";
import type { Setting } from "../setting.ts";
import { lockRange } from "./lock-range.ts";

/** The clock: tells that a reservation is nearly over. Safe to do twice. */
export async function remindOfReservation(tx: Tx, setting: Setting, input: { rangeId: number }): Promise<void> {
  const found = await lockRange(tx, input.rangeId);
  const remindAt = found?.range.remindAt ?? null;
  if (found === undefined || remindAt === null || remindAt > setting.now) return;
  await markReminded(tx, found.range.id);
  await tellOfReservation(tx, setting, found.range, { kind: "reservation-ends-soon", rangeId: found.range.id });
}

/** Tells whoever reserved it, or all of infrastructure where they do not manage addresses any more or cannot be reached. */
export async function tellOfReservation(
  tx: Tx,
  setting: Setting,
  { begunBy }: Pick<StoredRange, "begunBy">,
  notice: Extract<Notice, { kind: "reservation-ends-soon" | "reservation-ended" }>,
): Promise<void> {
  const person = begunBy === null ? undefined : await findPerson(tx, begunBy);
  const mayTell = person !== undefined && mayManageAddresses(person) && (await reachable(tx, [person.id])).length > 0;
  if (mayTell) await tell(tx, [person.id], notice, setting);
  else await tellRole(tx, "infrastructure", notice, setting);
}
