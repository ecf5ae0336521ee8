import { listCertificates, type SeenCertificate, saveWarning } from "../../db/monitoring/certificates.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { dayInMilliseconds } from "../../domain/durations.ts";
import { warningDays } from "../../domain/monitoring/certificate.ts";
import { dueWarning } from "../../domain/monitoring/ending.ts";
import { runsInDataCenter } from "../../domain/monitoring/target.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** A certificate that nobody has seen for longer says nothing. */
const seenWithinDays = 2;

/**
 * Each day: infrastructure hears of the certificates that end soon, of each once for each of the profile's days; the data center
 * of those of applications. Safe to do twice.
 */
export async function tellOfCertificates(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  await lockStates(tx);
  const seen = await listCertificates(tx, new Date(now.getTime() - seenWithinDays * dayInMilliseconds));
  const ending = seen.flatMap((certificate) => {
    const days = warningDays(certificate.settings, rules.monitoring.certificateDays);
    const toldDays = dueWarning(certificate, days, now);
    return toldDays === undefined ? [] : [{ ...certificate, toldDays }];
  });
  for (const each of ending) await saveWarning(tx, each);
  const network = (await listPeopleWithRole(tx, "infrastructure")).map(({ id }) => id);
  await tellOf(tx, setting, ending, network);
  const others = (await listPeopleWithRole(tx, "data-center"))
    .map(({ id }) => id)
    .filter((id) => !network.includes(id));
  const ofDataCenter = ending.filter(({ targetKind }) => runsInDataCenter({ kind: targetKind }));
  await tellOf(tx, setting, ofDataCenter, others);
}

async function tellOf(tx: Tx, setting: Setting, ending: readonly SeenCertificate[], personIds: readonly number[]) {
  if (ending.length === 0) return;
  const certificates = ending.map(({ targetId, endsAt }) => ({ targetId, endsAt: endsAt.toISOString() }));
  await tell(tx, personIds, { kind: "certificates-ending", certificates }, setting);
}
