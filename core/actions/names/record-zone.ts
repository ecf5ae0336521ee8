import { DateTime } from "luxon";
import { findWrittenZone, saveZone, unfinished } from "../../db/names/dns-zones.ts";
import type { Tx } from "../../db/tables.ts";
import { nextSerial } from "../../domain/names/zone-file.ts";
import { tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";

/**
 * A zone is about to be written: it gets the next serial, which nobody gets again, whatever comes of it.
 *
 * @param zone.sha256 of what its file says beside the serial
 */
export async function beginZone(
  tx: Tx,
  { now, rules }: Setting,
  { name, sha256 }: { name: string; sha256: string },
): Promise<number> {
  const former = await findWrittenZone(tx, name);
  const day = DateTime.fromJSDate(now, { zone: rules.zone }).toISODate() ?? "";
  const serial = nextSerial(former?.serial, day);
  await saveZone(tx, { name, serial, sha256, problem: unfinished }, now);
  return serial;
}

/** It is in its place, or was refused by the check: then the former file stays, and infrastructure is told why. */
export async function endZone(
  tx: Tx,
  setting: Setting,
  { name, problem }: { name: string; problem: string | null },
): Promise<void> {
  const zone = await findWrittenZone(tx, name);
  if (zone === undefined) throw new Error(`zone ${name} was written and never begun`);
  await saveZone(tx, { ...zone, problem }, setting.now);
  if (problem !== null) await tellRole(tx, "infrastructure", { kind: "zone-refused", zone: name }, setting);
}
