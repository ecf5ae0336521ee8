import type { Logger } from "pino";
import { recordScan, type Scan } from "../../core/actions/address-scan.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listRegistered, listScans } from "../../core/db/address-scans.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listPrefixes, type StoredPrefix } from "../../core/db/prefixes.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Address } from "../../core/domain/ipam/address.ts";
import { nestedIn } from "../../core/domain/ipam/nesting.ts";
import { addressesToScan } from "../../core/domain/ipam/scan.ts";

export type ScanAddressesOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Asks whether they are there. @returns those that answered; undefined: the tool for it is missing */
  ping: (addresses: readonly Address[]) => Promise<Address[] | undefined>;
  log: Logger;
};

/** Asks the addresses of a prefix, or of all that are scanned, whether they are there, and keeps what was seen. */
export async function scanAddresses(
  { prefixId }: { prefixId?: number },
  { db, setting, ping, log }: ScanAddressesOptions,
  now = () => new Date(),
): Promise<void> {
  const prefixes = await listPrefixes(db);
  const scanned = new Set((await listScans(db)).map((scan) => scan.prefixId));
  for (const prefix of prefixes) {
    if (!scanned.has(prefix.id) || (prefixId !== undefined && prefix.id !== prefixId)) continue;
    const scan = await scanOne(prefix, prefixes, { db, log, ping });
    await db.transaction().execute((tx) => recordScan(tx, setting(now()), scan));
  }
}

/** A prefix that cannot be scanned stops no other. */
async function scanOne(
  prefix: StoredPrefix,
  prefixes: readonly StoredPrefix[],
  { db, log, ping }: Omit<ScanAddressesOptions, "setting">,
): Promise<Scan> {
  const { id: prefixId, zoneId, family } = prefix;
  const nested = nestedIn(
    prefix,
    prefixes.filter((other) => other.zoneId === zoneId),
  );
  const asked = addressesToScan(prefix, nested, await listRegistered(db, prefixId));
  if (asked.length === 0) return { prefixId, asked, answered: new Set() };
  try {
    const answered = await ping(asked.map((number) => ({ family, number })));
    if (answered === undefined) return { prefixId, problem: "no-fping" };
    return { prefixId, asked, answered: new Set(answered.map(({ number }) => number)) };
  } catch (fault) {
    log.error({ prefixId, fault: describeFault(fault), frames: framesOf(fault) }, "scanning a prefix failed");
    return { prefixId, problem: "failed" };
  }
}
