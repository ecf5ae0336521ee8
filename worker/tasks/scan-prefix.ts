import type { Logger } from "pino";
import { beginScansOfDay, recordScan, type Scan } from "../../core/actions/ipam/address-scan.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { findScan, listRegistered } from "../../core/db/ipam/address-scans.ts";
import { listPrefixes, type StoredPrefix } from "../../core/db/ipam/prefixes.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Address } from "../../core/domain/ipam/address.ts";
import { nestedIn } from "../../core/domain/ipam/nesting.ts";
import { addressesOf, isTooLarge, mostScanned } from "../../core/domain/ipam/scan.ts";

export type ScanPrefixOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Asks whether they are there. @returns those that answered, or why nobody was asked */
  ping: (addresses: readonly Address[], signal: AbortSignal) => Promise<Address[] | "no-fping" | "playground">;
  log: Logger;
};

/** Each day: one task for each prefix. */
export async function beginScans({ db, setting }: Pick<ScanPrefixOptions, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => beginScansOfDay(tx, setting(new Date())));
}

/** Asks the addresses of a prefix whether they are there, and keeps what was seen. One that is scanned no more is left alone. */
export async function scanPrefix(
  { prefixId }: { prefixId: number },
  { db, setting, ping, log }: ScanPrefixOptions,
  { signal, now = () => new Date() }: { signal: AbortSignal; now?: () => Date },
): Promise<void> {
  if ((await findScan(db, prefixId)) === undefined) return;
  const prefixes = await listPrefixes(db);
  const prefix = prefixes.find(({ id }) => id === prefixId);
  if (prefix === undefined) return;
  const asked = await numbersToAsk(db, prefix, prefixes);
  const scan = await ask(prefix, asked, { ping, log, signal });
  signal.throwIfAborted();
  await db.transaction().execute((tx) => recordScan(tx, setting(now()), scan));
}

async function numbersToAsk(db: Db, prefix: StoredPrefix, prefixes: readonly StoredPrefix[]): Promise<bigint[]> {
  const zone = prefixes.filter(({ zoneId }) => zoneId === prefix.zoneId);
  const nested = nestedIn(prefix, zone);
  return isTooLarge(prefix, nested) ? listRegistered(db, prefix.id, mostScanned) : addressesOf(prefix, nested);
}

async function ask(
  { id: prefixId, family }: StoredPrefix,
  asked: readonly bigint[],
  { ping, log, signal }: Pick<ScanPrefixOptions, "ping" | "log"> & { signal: AbortSignal },
): Promise<Scan> {
  if (asked.length === 0) return { prefixId, asked, answered: new Set() };
  try {
    const answered = await ping(
      asked.map((number) => ({ family, number })),
      signal,
    );
    if (typeof answered === "string") return { prefixId, problem: answered };
    return { prefixId, asked, answered: new Set(answered.map(({ number }) => number)) };
  } catch (fault) {
    signal.throwIfAborted();
    log.error({ prefixId, fault: describeFault(fault), frames: framesOf(fault) }, "scanning a prefix failed");
    return { prefixId, problem: "failed" };
  }
}
