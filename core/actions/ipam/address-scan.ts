import { markTold } from "../../db/ipam/address-differences.ts";
import {
  beginScan,
  endScan,
  findLastWanted,
  listScans,
  lockScan,
  lockScans,
  markScanWanted,
  saveScan,
} from "../../db/ipam/address-scans.ts";
import { forgetSilent, holdZone, saveSighting } from "../../db/ipam/address-sightings.ts";
import { findPrefix, listPrefixes, lockPrefix, lockZone, type StoredPrefix } from "../../db/ipam/prefixes.ts";
import type { Tx } from "../../db/tables.ts";
import { localDay } from "../../domain/calendar/working-calendar.ts";
import { minuteInMilliseconds } from "../../domain/durations.ts";
import { showAddress } from "../../domain/ipam/address.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../domain/ipam/prefix.ts";
import { refusalOfScanning, type ScanProblem, scanPauseMinutes } from "../../domain/ipam/scan.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tellRole } from "../notices.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf("prefix");

type Input = { prefixId: number };

/** Has a prefix scanned, now and each day: documented is compared with seen. */
export async function beginScanning(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const prefix = await lockWithZone(tx, prefixId);
  if (prefix === undefined || prefix.isRemoved) return refuse("no-such-prefix");
  await lockScans(tx);
  const scanned = new Set((await listScans(tx)).map((scan) => scan.prefixId));
  if (scanned.has(prefixId)) return refuse("prefix-scanned-already", { prefix: showPrefix(prefix) });
  const others = (await listPrefixes(tx)).filter(({ id }) => scanned.has(id));
  const mayScan = refusalOfScanning(prefix, others);
  if (!mayScan.ok) return mayScan;
  const isTime = refusalOfHaste(await findLastWanted(tx, prefixId), setting);
  if (!isTime.ok) return isTime;
  await beginScan(tx, prefixId, { begunBy: person.id, now: setting.now });
  await setting.tasks.enqueue(tx, "scan-prefix", { prefixId });
  await record(tx, person, setting, "prefix-scan-begun", prefixId);
  return accept();
}

/** In the order of all who change prefixes: the zone, then the prefix. */
async function lockWithZone(tx: Tx, prefixId: number): Promise<StoredPrefix | undefined> {
  const seen = await findPrefix(tx, prefixId);
  if (seen === undefined) return undefined;
  await lockZone(tx, seen.zoneId);
  return lockPrefix(tx, prefixId);
}

/** One scan follows the other after a pause, also of somebody who ends and begins. */
function refusalOfHaste(lastWanted: Date | undefined, { now }: Setting): Outcome {
  if (lastWanted === undefined) return accept();
  const pauseEnds = lastWanted.getTime() + scanPauseMinutes * minuteInMilliseconds;
  const minutes = Math.ceil((pauseEnds - now.getTime()) / minuteInMilliseconds);
  return minutes > 0 ? refuse("scan-too-soon", { minutes }) : accept();
}

export async function endScanning(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  if (!(await endScan(tx, prefixId, setting.now))) return refuse("prefix-not-scanned");
  await record(tx, person, setting, "prefix-scan-ended", prefixId);
  return accept();
}

/** Somebody asks for one now, beside the schedule. */
export async function askForScan(tx: Tx, person: Person, setting: Setting, { prefixId }: Input): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const scan = await lockScan(tx, prefixId);
  if (scan === undefined) return refuse("prefix-not-scanned");
  const isTime = refusalOfHaste(scan.wantedAt, setting);
  if (!isTime.ok) return isTime;
  await markScanWanted(tx, prefixId, setting.now);
  await setting.tasks.enqueue(tx, "scan-prefix", { prefixId });
  await record(tx, person, setting, "prefix-scan-asked", prefixId);
  return accept();
}

/** The scans of the day, each a task of its own: one that fails, or takes long, stops no other. */
export async function beginScansOfDay(tx: Tx, { tasks }: Setting): Promise<void> {
  for (const { prefixId } of await listScans(tx)) await tasks.enqueue(tx, "scan-prefix", { prefixId });
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
  await holdZone(tx, prefix.zoneId);
  const isScanned = await saveScan(tx, prefixId, { ...counts, problem: isCutOff ? "nothing-answers" : null, now });
  if (!isScanned || isCutOff) return;
  const { addressSilentDays: silentDays } = rules;
  const startOfDay = localDay(now, rules.calendar).startOf("day").toJSDate();
  await saveSighting(tx, sightingOf(prefix, scan), { now, startOfDay });
  await forgetSilent(tx, prefixId, silentDays);
  const news = await markTold(tx, { prefixId, silentDays });
  if (news.unregistered + news.silent === 0) return;
  await tellRole(tx, "infrastructure", { kind: "address-differences-found", prefixId, ...news }, setting);
}

function sightingOf({ id, zoneId, family }: StoredPrefix, { asked, answered }: Extract<Scan, { asked: unknown }>) {
  const show = (number: bigint) => showAddress({ family, number });
  const silent = asked.filter((number) => !answered.has(number)).map(show);
  return { zoneId, prefixId: id, answered: [...answered].map(show), silent };
}
