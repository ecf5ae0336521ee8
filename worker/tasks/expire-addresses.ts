import { freeExpired } from "../../core/actions/ipam/release-address.ts";
import { remindOfReservation } from "../../core/actions/ipam/tell-of-reservation.ts";
import { listRangesDue, listRangesToRemind } from "../../core/db/ipam/address-ranges.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** As many as are done well within the minute until the next run. */
const rangesAtOnce = 500;

/** Frees addresses whose reservation or quarantine is over, then tells of the reservations that soon are. */
export async function expireAddresses(options: AloneOptions, now = new Date()): Promise<void> {
  const { db, setting } = options;
  await eachAlone(
    options,
    await listRangesDue(db, now, rangesAtOnce),
    (tx, rangeId) => freeExpired(tx, setting(now), { rangeId }),
    { idName: "rangeId", message: "freeing an address failed" },
  );
  await eachAlone(
    options,
    await listRangesToRemind(db, now, rangesAtOnce),
    (tx, rangeId) => remindOfReservation(tx, setting(now), { rangeId }),
    { idName: "rangeId", message: "reminding of a reservation failed" },
  );
}
