import type { Logger } from "pino";
import { freeExpired } from "../../core/actions/ipam/release-address.ts";
import { remindOfReservation } from "../../core/actions/ipam/tell-of-reservation.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listRangesDue, listRangesToRemind } from "../../core/db/ipam/address-ranges.ts";
import type { Db, Tx } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const rangesAtOnce = 500;

type Options = { db: Db; setting: (now: Date) => Setting; log: Logger };

/** Frees addresses whose reservation or quarantine is over, then tells of the reservations that soon are. */
export async function expireAddresses(options: Options, now = new Date()): Promise<void> {
  const { db, setting } = options;
  const due = await listRangesDue(db, now, rangesAtOnce);
  await each(options, due, "freeing an address failed", (tx, rangeId) => freeExpired(tx, setting(now), { rangeId }));
  const toRemind = await listRangesToRemind(db, now, rangesAtOnce);
  await each(options, toRemind, "reminding of a reservation failed", (tx, rangeId) =>
    remindOfReservation(tx, setting(now), { rangeId }),
  );
}

/** Each in a transaction of its own: one that fails stops no other. */
async function each(
  { db, log }: Options,
  rangeIds: readonly number[],
  failure: string,
  work: (tx: Tx, rangeId: number) => Promise<void>,
): Promise<void> {
  for (const rangeId of rangeIds) {
    try {
      await db.transaction().execute((tx) => work(tx, rangeId));
    } catch (fault) {
      log.error({ rangeId, fault: describeFault(fault), frames: framesOf(fault) }, failure);
    }
  }
}
