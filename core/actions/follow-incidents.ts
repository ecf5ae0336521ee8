import { insertEntry } from "../db/entries.ts";
import { listRestored, listWithoutTicket } from "../db/incidents.ts";
import { writeJournal } from "../db/journal.ts";
import { lockStates } from "../db/monitor-samples.ts";
import { findOutage } from "../db/outages.ts";
import { findAllPresent } from "../db/present-states.ts";
import type { Tx } from "../db/tables.ts";
import { lockTicket } from "../db/tickets.ts";
import { minuteInMilliseconds } from "../domain/durations.ts";
import { isPlainlyDown } from "../domain/monitoring/present.ts";
import { confirmRestored } from "../domain/procedures/common-steps.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import { tell, workersOf } from "./notices.ts";
import { openIncident } from "./open-incident.ts";
import { refreshCards } from "./refresh-cards.ts";
import type { Setting } from "./setting.ts";

/** Outages that last open tickets, and tickets whose outage has ended say so. To be done from time to time. */
export async function followIncidents(tx: Tx, setting: Setting): Promise<void> {
  await lockStates(tx);
  await openDue(tx, setting);
  for (const { ticketId, outageId, isNoted } of await listRestored(tx)) {
    const ticket = await lockTicket(tx, ticketId);
    if (ticket === undefined || ticket.endedAt !== null) continue;
    if (!isNoted) await noteRestored(tx, setting, ticket, outageId);
    // Elsewhere it is for people to go on; what was moved to another procedure has no such step.
    const { name: step, from } = confirmRestored;
    if (ticket.state === from) await doStepByMachine(tx, setting, { ticketId, step });
  }
}

/** One for each cause: what lies behind it has none of its own. */
async function openDue(tx: Tx, setting: Setting): Promise<void> {
  const { opensIncidents, incidentAfterMinutes } = setting.rules.monitoring;
  if (!opensIncidents) return;
  const certainBy = new Date(setting.now.getTime() - incidentAfterMinutes * minuteInMilliseconds);
  const waiting = await listWithoutTicket(tx, certainBy);
  if (waiting.length === 0) return;
  const present = await findAllPresent(tx, setting.now);
  for (const { id, targetId } of waiting) {
    const target = present.get(targetId);
    const outage = target && isPlainlyDown(target) ? await findOutage(tx, id) : undefined;
    if (outage !== undefined) await openIncident(tx, setting, outage);
  }
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
  await tell(tx, await workersOf(tx, ticket), { kind: "ticket-card", ticketId, news: "restored" }, setting);
}
