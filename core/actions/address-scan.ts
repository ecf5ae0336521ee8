import {
  deleteScan,
  findScan,
  forgetSilent,
  insertScan,
  listScans,
  lockScans,
  markScanWanted,
  markTold,
  type ScanProblem,
  saveScan,
  saveSighting,
} from "../db/address-scans.ts";
import { writeJournal } from "../db/journal.ts";
import { findPrefix, listPrefixes, type StoredPrefix } from "../db/prefixes.ts";
import type { Tx } from "../db/tables.ts";
import { localDay } from "../domain/calendar/working-calendar.ts";
import { minuteInMilliseconds } from "../domain/durations.ts";
import { showAddress } from "../domain/ipam/address.ts";
import { refusalOfManaging } from "../domain/ipam/ipam-rules.ts";
import { showPrefix } from "../domain/ipam/prefix.ts";
import { refusalOfScanning, scanPauseMinutes } from "../domain/ipam/scan.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { tellRole } from "./notices.ts";
import type { Setting } from "./setting.ts";

type Input = { prefixId: number };

/** Has a prefix scanned, now and each day: documented is compared with seen. */
export async function beginScanning(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  await lockScans(tx);
  const prefixes = await listPrefixes(tx);
  const prefix = prefixes.find(({ id }) => id === prefixId);
  if (prefix === undefined) return refuse("no-such-prefix");
  const scanned = new Set((await listScans(tx)).map((scan) => scan.prefixId));
  if (scanned.has(prefixId)) return refuse("prefix-scanned-already", { prefix: showPrefix(prefix) });
  const mayScan = refusalOfScanning(
    prefix,
    prefixes.filter(({ id }) => scanned.has(id)),
  );
  if (!mayScan.ok) return mayScan;
  const { now } = setting;
  await insertScan(tx, prefixId, { begunBy: person.id, now });
  await markScanWanted(tx, prefixId, now);
  await setting.tasks.enqueue(tx, "scan-addresses", { prefixId });
  await record(tx, person, setting, "prefix-scan-begun", prefixId);
  return accept();
}

export async function endScanning(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  if (!(await deleteScan(tx, prefixId))) return refuse("prefix-not-scanned");
  await record(tx, person, setting, "prefix-scan-ended", prefixId);
  return accept();
}

/** Somebody asks for one now, beside the schedule. */
export async function askForScan(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  await lockScans(tx);
  const scan = await findScan(tx, prefixId);
  if (scan === undefined) return refuse("prefix-not-scanned");
  const pauseEnds = (scan.wantedAt?.getTime() ?? 0) + scanPauseMinutes * minuteInMilliseconds;
  if (setting.now.getTime() < pauseEnds) return refuse("scan-too-soon", { minutes: scanPauseMinutes });
  await markScanWanted(tx, prefixId, setting.now);
  await setting.tasks.enqueue(tx, "scan-addresses", { prefixId });
  return accept();
}

/** What came of asking the addresses of a prefix, all of one family; or why they could not be asked. */
export type Scan =
  | { prefixId: number; asked: readonly bigint[]; answered: ReadonlySet<bigint> }
  | { prefixId: number; problem: Exclude<ScanProblem, "nothing-answers"> };

/**
 * Keeps what was seen. Where no address answered, the way there is cut rather than every device away: nothing is
 * concluded. Infrastructure is told once of each address that differs.
 */
export async function recordScan(tx: Tx, setting: Setting, scan: Scan): Promise<void> {
  const { now, rules } = setting;
  const { prefixId } = scan;
  const prefix = await findPrefix(tx, prefixId);
  if (prefix === undefined) return;
  if ("problem" in scan) {
    await saveScan(tx, prefixId, { asked: 0, answered: 0, problem: scan.problem, now });
    return;
  }
  const counts = { asked: scan.asked.length, answered: scan.answered.size };
  const isCutOff = counts.asked > 0 && counts.answered === 0;
  const isScanned = await saveScan(tx, prefixId, { ...counts, problem: isCutOff ? "nothing-answers" : null, now });
  if (!isScanned || isCutOff) return;
  const startOfDay = localDay(now, rules.calendar).startOf("day").toJSDate();
  await saveSighting(tx, sightingOf(prefix, scan), { now, startOfDay });
  await forgetSilent(tx, prefix, rules.addressSilentDays);
  const news = await markTold(tx, { prefixId, silentDays: rules.addressSilentDays });
  if (news.unregistered + news.silent === 0) return;
  await tellRole(tx, "infrastructure", { kind: "address-differences-found", prefixId, ...news }, setting);
}

function sightingOf({ id, zoneId, family }: StoredPrefix, { asked, answered }: Extract<Scan, { asked: unknown }>) {
  const show = (number: bigint) => showAddress({ family, number });
  const silent = asked.filter((number) => !answered.has(number)).map(show);
  return { zoneId, prefixId: id, answered: [...answered].map(show), silent };
}

async function record(tx: Tx, person: Person, { now }: Setting, event: string, prefixId: number): Promise<void> {
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event,
    subject: { kind: "prefix", id: prefixId },
    details: {},
  });
}
