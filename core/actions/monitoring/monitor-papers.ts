import { listChecksIn } from "../../db/monitoring/monitor-checks.ts";
import { hasRollupsSince } from "../../db/monitoring/monitor-rollups.ts";
import { findTarget } from "../../db/monitoring/monitor-targets.ts";
import { findOutage } from "../../db/monitoring/outages.ts";
import type { AvailabilityListDetails, OutageEvidenceDetails, PaperContent } from "../../db/paper-content.ts";
import { insertPaper, isAskedSince } from "../../db/papers.ts";
import { lockPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { dayInMilliseconds, minuteInMilliseconds } from "../../domain/durations.ts";
import type { PictureDays } from "../../domain/monitoring/picture-days.ts";
import { maySeeTarget, seesAllTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";

/** Has the picture of a target drawn for who asks: latency, loss and outages of so many days. */
export async function askForTargetPicture(
  tx: Tx,
  person: Person,
  setting: Setting,
  { targetId, days }: { targetId: number; days: PictureDays },
): Promise<Outcome> {
  const target = await findTarget(tx, targetId);
  if (target === undefined || !maySeeTarget(person, target)) return refuse("no-such-target");
  const since = new Date(setting.now.getTime() - days * dayInMilliseconds);
  const checks = await listChecksIn(tx, [targetId], { from: since, until: setting.now });
  const checkIds = checks.map(({ id }) => id);
  if (!(await hasRollupsSince(tx, days === 1 ? "minute" : "hour", checkIds, since)))
    return refuse("nothing-to-draw", { days });
  return ask(tx, person, setting, [{ kind: "target-picture", details: { targetId, days } }]);
}

/** Has one picture drawn of all that who asks may see: offices by their state, and how many are in which. */
export function askForStatusPicture(tx: Tx, person: Person, setting: Setting): Promise<Outcome> {
  return ask(tx, person, setting, [{ kind: "status-picture", details: {} }]);
}

/** Has the availability of a month made as a list of all that who asks may see. */
export function askForAvailabilityList(
  tx: Tx,
  person: Person,
  setting: Setting,
  { month }: AvailabilityListDetails,
): Promise<Outcome> {
  return ask(tx, person, setting, [{ kind: "availability-list", details: { month } }]);
}

/** Has the evidence of an outage made for its provider: as a PDF, and the samples around it as a list. */
export async function askForEvidence(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Omit<OutageEvidenceDetails, "as">,
): Promise<Outcome> {
  if (!seesAllTargets(person)) return refuse("not-at-desk");
  if ((await findOutage(tx, input.outageId)) === undefined) return refuse("no-such-outage");
  return ask(tx, person, setting, [
    { kind: "outage-evidence", details: { ...input, as: "pdf" } },
    { kind: "outage-evidence", details: { ...input, as: "csv" } },
  ]);
}

/** Each of them once in a minute for one person: it takes half a second of a processor. */
async function ask(
  tx: Tx,
  { id: personId }: Person,
  { now, tasks }: Setting,
  papers: readonly PaperContent[],
): Promise<Outcome> {
  await lockPerson(tx, personId);
  const minuteAgo = new Date(now.getTime() - minuteInMilliseconds);
  for (const paper of papers) {
    if (await isAskedSince(tx, { ...paper, personId }, minuteAgo)) return refuse("picture-asked-just-now");
  }
  for (const paper of papers) {
    const paperId = await insertPaper(tx, { ...paper, personId, now });
    await tasks.enqueue(tx, "make-paper", { paperId });
  }
  return accept();
}
