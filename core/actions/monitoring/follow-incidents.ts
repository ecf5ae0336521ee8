import { faultOf } from "../../db/all-or-nothing.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { listRestored, listWithoutTicket, type Restored } from "../../db/monitoring/incidents.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { findOutage, type StoredOutage } from "../../db/monitoring/outages.ts";
import { findAllPresent } from "../../db/monitoring/present-states.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { minuteInMilliseconds } from "../../domain/durations.ts";
import { isPlainlyDownSince } from "../../domain/monitoring/present.ts";
import { confirmRestored } from "../../domain/procedures/common-steps.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { doStepByMachine } from "../hosting/do-step-by-machine.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { workersOf } from "../ticket/readers-of-ticket.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";
import { refreshFiledBeside } from "./known-outages.ts";
import { openIncident } from "./open-incident.ts";
import { tellAffectedOfReturn } from "./tell-affected.ts";

/**
 * Outages that last open tickets, and tickets whose outage has ended say so. To be done from time to time.
 *
 * @returns what was thrown: each outage and each ticket is by itself, and keeps no other from being followed
 */
export async function followIncidents(tx: Tx, setting: Setting): Promise<unknown[]> {
  await lockStates(tx);
  const faults: unknown[] = [];
  for (const outage of await listDue(tx, setting)) {
    faults.push(await faultOf(tx, async () => void (await openIncident(tx, setting, outage))));
  }
  for (const restored of await listRestored(tx)) {
    faults.push(await faultOf(tx, () => followRestored(tx, setting, restored)));
  }
  return faults.filter((fault) => fault !== undefined);
}

/** One for each cause: what lies behind it has none of its own. */
async function listDue(tx: Tx, setting: Setting): Promise<StoredOutage[]> {
  const { opensIncidents, incidentAfterMinutes } = setting.rules.monitoring;
  if (!opensIncidents) return [];
  const certainBy = new Date(setting.now.getTime() - incidentAfterMinutes * minuteInMilliseconds);
  const waiting = await listWithoutTicket(tx, certainBy);
  if (waiting.length === 0) return [];
  const all = await findAllPresent(tx, setting.now);
  const due: StoredOutage[] = [];
  for (const each of waiting) {
    const outage = isPlainlyDownSince({ all }, each.targetId, certainBy) ? await findOutage(tx, each.id) : undefined;
    if (outage !== undefined) due.push(outage);
  }
  return due;
}

async function followRestored(
  tx: Tx,
  setting: Setting,
  { ticketId, outageId, isNoted, isDoubted }: Restored,
): Promise<void> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket === undefined || ticket.endedAt !== null) return;
  if (!isNoted) await noteRestored(tx, setting, ticket, outageId);
  // Who complains though it answers is asked. Elsewhere it is for people to go on; what was moved to another procedure has no such step.
  const { name: step, from } = confirmRestored;
  if (!isDoubted && ticket.state === from) await doStepByMachine(tx, setting, { ticketId, step });
}

async function noteRestored(tx: Tx, setting: Setting, ticket: Ticket, outageId: number): Promise<void> {
  const { now } = setting;
  const { id: ticketId, state } = ticket;
  const entryId = await insertEntry(tx, {
    ...{ ticketId, kind: "restored", personId: null, role: "help-desk", at: now, fromState: state, toState: state },
  });
  await writeJournal(tx, {
    ...{ at: now, actorId: null, onBehalfOf: "help-desk", event: "outage-restored" },
    ...{ subject: { kind: "ticket", id: ticketId }, details: { outageId, entryId } },
  });
  await refreshCards(tx, ticketId, setting);
  await refreshFiledBeside(tx, outageId, setting);
  await tell(tx, await workersOf(tx, ticket), { kind: "ticket-card", ticketId, news: "restored" }, setting);
  await tellAffectedOfReturn(tx, setting, { ticketId, outageId });
}
