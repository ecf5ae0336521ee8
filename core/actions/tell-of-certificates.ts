import { listCertificates, saveWarning } from "../db/certificates.ts";
import { lockStates } from "../db/monitor-samples.ts";
import type { Tx } from "../db/tables.ts";
import { dayInMilliseconds } from "../domain/durations.ts";
import { dueWarning } from "../domain/monitoring/certificate.ts";
import { tellRole } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** A certificate that nobody has seen for longer says nothing. */
const seenWithinDays = 2;

/** Each day: infrastructure hears of the certificates that end soon, of each once for each of the profile's days. Safe to do twice. */
export async function tellOfCertificates(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  await lockStates(tx);
  const seen = await listCertificates(tx, new Date(now.getTime() - seenWithinDays * dayInMilliseconds));
  const ending = seen.flatMap((certificate) => {
    const toldDays = dueWarning(certificate, rules.monitoring.certificateDays, now);
    return toldDays === undefined ? [] : [{ ...certificate, toldDays }];
  });
  if (ending.length === 0) return;
  for (const each of ending) await saveWarning(tx, each);
  const certificates = ending.map(({ targetId, endsAt }) => ({ targetId, endsAt: endsAt.toISOString() }));
  await tellRole(tx, "infrastructure", { kind: "certificates-ending", certificates }, setting);
}
