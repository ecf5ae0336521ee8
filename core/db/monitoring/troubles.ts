import type { Answers } from "../../domain/form/field.ts";
import { behindOf } from "../../domain/monitoring/present.ts";
import { ancestorsOf } from "../../domain/monitoring/tree.ts";
import { complaintOf, type Trouble, troublesOf } from "../../domain/monitoring/trouble.ts";
import type { Person } from "../../domain/people/person.ts";
import { findPerson } from "../people/people.ts";
import type { Db } from "../tables.ts";
import { findTicketFor, isAffected } from "./incidents.ts";
import { type FoundOutage, findJoinedOutage } from "./joined-outages.ts";
import { listWindowsAt, type MaintenanceWindow } from "./maintenance-windows.ts";
import { listStandingAlerts } from "./monitor-alerts.ts";
import { listOpenOutages } from "./outages.ts";
import { findPresent, type PresentTarget } from "./present-states.ts";

/** What somebody who is about to complain is told. */
export type KnownTrouble = Trouble<PresentTarget> & {
  /** the same as long as it is the same trouble */
  key: string;
  root: PresentTarget;
  /** what is down behind the root */
  behind: readonly PresentTarget[];
  /** of the root; undefined: it is in maintenance and answers */
  found: FoundOutage | undefined;
  /** of the outage, or still open since an earlier one of the same */
  ticketId: number | undefined;
  /** whether who complains is one of those who joined it */
  hasJoined: boolean;
  /** who takes care of it */
  takenBy: string | undefined;
  window: MaintenanceWindow | undefined;
};

/** What is known of what this complaint is about; nothing of other complaints. */
export async function findTroubles(
  db: Db,
  person: Person,
  begun: { procedure: string; answers: Answers },
  now: Date,
): Promise<KnownTrouble[]> {
  const complaint = complaintOf(begun, person.officeId);
  if (complaint === undefined) return [];
  const outages = await listOpenOutages(db);
  const windows = await listWindowsAt(db, now);
  if (outages.length === 0 && windows.length === 0) return [];
  const present = await findPresent(db, person, now);
  const tree = new Map([...present.all].map(([id, { seen }]) => [id, seen]));
  const alerts = await listStandingAlerts(db);
  const known: KnownTrouble[] = [];
  for (const trouble of troublesOf(complaint, present.mine)) {
    const { target, rootId } = trouble;
    const outage = outages.find(({ targetId }) => targetId === rootId);
    const above = [target.id, ...ancestorsOf(target.id, tree)];
    const window = windows.find(({ targetId }) => above.includes(targetId));
    const alert = alerts.find((each) => each.rootId === rootId);
    const takenById = alert?.acknowledgedBy ?? alert?.workedBy ?? undefined;
    const incident = outage && (await findTicketFor(db, outage));
    known.push({
      ...{ ...trouble, window, root: present.all.get(rootId) ?? target, behind: behindOf(present, rootId) },
      key: outage === undefined ? `target ${rootId}` : `outage ${outage.id}`,
      found: outage && (await findJoinedOutage(db, outage, present)),
      ticketId: incident?.ticketId,
      hasJoined: incident !== undefined && (await isAffected(db, incident.outageId, person.id)),
      takenBy: takenById === undefined ? undefined : (await findPerson(db, takenById))?.name,
    });
  }
  return eachWindowOnce(known);
}

/** What answers in a maintenance of which something else tells says nothing new. */
function eachWindowOnce(known: readonly KnownTrouble[]): KnownTrouble[] {
  const tells = (other: KnownTrouble, { window }: KnownTrouble) => other.window?.id === window?.id;
  return known.filter(
    (each, at) =>
      each.kind === "down" ||
      each.found !== undefined ||
      !known.some((other, place) => tells(other, each) && (other.found !== undefined || place < at)),
  );
}
