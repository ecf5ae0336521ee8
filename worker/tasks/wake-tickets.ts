import type { Logger } from "pino";
import type { Setting } from "../../core/actions/setting.ts";
import { wakeTicket } from "../../core/actions/ticket/wake-ticket.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import type { Db } from "../../core/db/tables.ts";
import { listTicketsToWake, setWakesAt } from "../../core/db/ticket/tickets.ts";
import { minuteInMilliseconds } from "../../core/domain/durations.ts";

/** As many as are done well within the minute until the next run. */
const ticketsAtOnce = 200;
/** One that fails makes room for those behind it. */
const againAfterMs = 10 * minuteInMilliseconds;

/** Wakes the tickets whose time has come, oldest first, each in a transaction of its own: one that fails stops no other. */
export async function wakeTickets(
  { db, setting, log }: { db: Db; setting: (now: Date) => Setting; log: Logger },
  now = new Date(),
): Promise<void> {
  for (const ticketId of await listTicketsToWake(db, now, ticketsAtOnce)) {
    try {
      await db.transaction().execute((tx) => wakeTicket(tx, setting(now), { ticketId }));
    } catch (fault) {
      log.error({ ticketId, fault: describeFault(fault), frames: framesOf(fault) }, "waking a ticket failed");
      await db.transaction().execute((tx) => setWakesAt(tx, ticketId, new Date(now.getTime() + againAfterMs)));
    }
  }
}
