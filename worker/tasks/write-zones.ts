import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { beginZone, endZone } from "../../core/actions/names/record-zone.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findWrittenZone, findZones, unfinished } from "../../core/db/names/dns-zones.ts";
import type { Db } from "../../core/db/tables.ts";
import { showZone, type Zone } from "../../core/domain/names/zone-file.ts";
import { checkZone } from "../dns/check-zone.ts";
import {
  hasZone,
  listZonesInFolder,
  makeZoneFolder,
  putInPlace,
  remove,
  writeBeside,
  zonePath,
} from "../dns/zone-folder.ts";

export type WriteZonesOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Where a name server reads the zones. */
  dnsFolder: string;
  log: Logger;
  /** BIND's program, where it is not in the path. */
  zoneChecker?: string;
};

/**
 * Writes the zone files that do not say what the register says. A file that the check refuses does not take the place of the former
 * one. Without an address of the name server nothing is written: nobody would find it.
 */
export async function writeZones(options: WriteZonesOptions, now = new Date()): Promise<void> {
  const { db, setting, dnsFolder, log } = options;
  const { zones, lost } = await findZones(db, setting(now).rules.names);
  if (lost !== undefined) {
    log.info({ nameServer: lost }, "no zone is written: the name server has no address in the register");
    return;
  }
  await makeZoneFolder(dnsFolder);
  for (const zone of zones) await writeZone(zone, options, now);
  await listZonesInFolder(
    dnsFolder,
    zones.map(({ name }) => name),
  );
}

async function writeZone(zone: Zone, options: WriteZonesOptions, now: Date): Promise<void> {
  const { db, setting, dnsFolder, log, zoneChecker } = options;
  const { name } = zone;
  const rules = setting(now).rules.names;
  const sha256 = createHash("sha256")
    .update(showZone(zone, rules, 0))
    .digest("hex");
  const former = await findWrittenZone(db, name);
  const isSame = former?.sha256 === sha256 && former.problem !== unfinished;
  if (isSame && (former.problem !== null || (await hasZone(dnsFolder, name)))) return;

  const serial = await db.transaction().execute((tx) => beginZone(tx, setting(now), { name, sha256 }));
  const path = zonePath(dnsFolder, name);
  const beside = await writeBeside(path, showZone(zone, rules, serial));
  const found = await checkZone(name, beside, zoneChecker);
  const problem = typeof found === "string" ? null : found.problem;
  if (problem === null) await putInPlace(dnsFolder, beside, path);
  else await remove(beside);
  if (found === "unchecked")
    log.warn({ zone: name }, "a zone was written without named-checkzone, which is not installed");
  await db.transaction().execute((tx) => endZone(tx, setting(now), { name, problem }));
}
