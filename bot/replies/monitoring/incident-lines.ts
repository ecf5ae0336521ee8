import {
  countAffected,
  findIncident,
  findIncidentSince,
  type Incident,
  listBehind,
} from "../../../core/db/monitoring/incidents.ts";
import { listKnownOutages } from "../../../core/db/monitoring/known-outages.ts";
import { listAlertsOf } from "../../../core/db/monitoring/monitor-alerts.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Target } from "../../../core/domain/monitoring/target.ts";
import { type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { behindWords, downWord, showSpan } from "./monitor-words.ts";
import { causeLine, placeLine, takenLine } from "./outage-words.ts";

/** Of what lies behind. */
const namesShown = 5;
type ShownOutage = Pick<Incident, "targetName" | "targetKind" | "startedAt" | "endedAt" | "isUnwatched">;

const officesShown = 8;
const knownShown = 3;
export const longestName = 50;

/**
 * On the card of a ticket that a machine opened: the outage as it is now, who takes care of it, and for the desk who joined it. What
 * other offices have is named to the desk only.
 */
export async function incidentLines(
  db: Db,
  ticket: Pick<Ticket, "id" | "channel" | "officeId">,
  isForDesk: boolean,
  office: OfficeWords,
  now: Date,
): Promise<Html | undefined> {
  const incident = ticket.channel === "monitor" ? await findIncident(db, ticket.id) : undefined;
  if (incident === undefined) return undefined;
  const behind = await listBehind(db, incident);
  const named = behind.filter(({ officeId }) => isForDesk || officeId === null || officeId === ticket.officeId);
  const taken = (await listAlertsOf(db, incident)).findLast(({ acknowledgedBy }) => acknowledgedBy !== null);
  return lines(
    outageLine(incident, office, now),
    causeLine(incident.causeCode),
    isForDesk ? await placeLine(db, incident.targetId) : undefined,
    taken && (await takenLine(db, taken, office)),
    behindLine(named, behind),
    isForDesk ? affectedLine(await countAffected(db, incident.outageId)) : undefined,
  );
}

/** On the desk's card of a complaint: what was known to be down when it was filed, as it is now, and its ticket. */
export async function knownOutageLines(
  db: Db,
  { id }: Pick<Ticket, "id">,
  office: OfficeWords,
  now: Date,
): Promise<Html | undefined> {
  const known = await listKnownOutages(db, id);
  if (known.length === 0) return undefined;
  const shown = known.slice(0, knownShown).map(async (outage) => {
    const { targetId, startedAt: since, endedAt: until } = outage;
    const incident = await findIncidentSince(db, targetId, { since, until });
    const number = incident === undefined ? "" : html`, tiket <code>${ticketNumber(incident.ticketId)}</code>`;
    return html`${outageLine(outage, office, now)}${number}`;
  });
  return lines(html`⚠️ Dilaporkan di samping gangguan yang sudah diketahui:`, ...(await Promise.all(shown)));
}

/**
 * "🔴 Trunk Utara terputus sejak 28 Nov 2026 10.00 WIB (12 menit)", or until when it was; of what nobody watched to its end not that
 * it is back. The word of a job is awaited since then.
 */
export function outageLine(
  { targetName, targetKind, startedAt, endedAt, isUnwatched }: ShownOutage,
  office: OfficeWords,
  now: Date,
): Html {
  const name = shorten(targetName, longestName);
  const span = showSpan((endedAt ?? now).getTime() - startedAt.getTime());
  const isJob = targetKind === "job";
  if (endedAt !== null && isUnwatched)
    return html`⏸ <b>${name}</b> berhenti dipantau ${showTime(endedAt, office)}, saat masih ${downWord(targetKind)} (${span})`;
  return endedAt === null
    ? html`🔴 <b>${name}</b> ${downWord(targetKind)}${isJob ? ", ditunggu" : ""} sejak ${showTime(startedAt, office)} (${span})`
    : html`✅ <b>${name}</b> ${isJob ? "berkabar" : "tidak terputus"} lagi sejak ${showTime(endedAt, office)}, setelah ${span}`;
}

type Behind = Pick<Target, "name" | "kind">;

/** @param named as many as may be named */
export function behindLine(named: readonly Behind[], all: readonly Behind[]): Html | undefined {
  if (all.length === 0) return undefined;
  const shown = named.slice(0, namesShown).map(({ name }) => shorten(name, longestName));
  if (shown.length === 0) return html`⛓ <b>${behindWords(all)}</b>`;
  const more = all.length > shown.length ? `, dan ${all.length - shown.length} lagi` : "";
  return html`⛓ <b>${behindWords(all)}</b>: ${shown.join(", ")}${more}`;
}

function affectedLine(offices: readonly { officeCode: string; people: number }[]): Html | undefined {
  if (offices.length === 0) return undefined;
  const people = offices.reduce((sum, each) => sum + each.people, 0);
  const shown = offices.slice(0, officesShown).map(({ officeCode, people: count }) => `${officeCode} (${count})`);
  const more = offices.length > officesShown ? `, dan ${offices.length - officesShown} kantor lagi` : "";
  return html`🙋 <b>${people} orang juga terdampak</b>: ${shown.join(", ")}${more}`;
}
