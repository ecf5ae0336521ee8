import type { NameRules } from "../../domain/names/name-rules.ts";
import { reverseZoneFiles } from "../../domain/names/reverse-zone.ts";
import { lostNameServer, recordsOfNames, type Zone, type ZoneRules } from "../../domain/names/zone-file.ts";
import { listPrefixes } from "../ipam/prefixes.ts";
import type { Db, Tx } from "../tables.ts";
import { listRecords } from "./dns-records.ts";
import { listNamesInUse } from "./names.ts";

/** A zone file as it was written last. */
export type WrittenZone = { name: string; serial: number; sha256: string; problem: string | null };

/** Between the beginning and the end of a writing; who finds it later writes once more. */
export const unfinished = "unfinished";

/**
 * The zones of the register: that of the main domain, and the reverse zones of the local prefixes.
 *
 * @returns `lost`: a name server whose name leads nowhere, so that nobody would find them
 */
export async function findZones(
  db: Db,
  rules: NameRules & ZoneRules,
): Promise<{ zones: Zone[]; lost: string | undefined }> {
  const { domain } = rules;
  const names = await listNamesInUse(db);
  const records = [...recordsOfNames(names, domain), ...(await listRecords(db))];
  const reverse = reverseZoneFiles(await listPrefixes(db), names, domain);
  return { zones: [{ name: domain, records }, ...reverse], lost: lostNameServer(rules, domain, records) };
}

export function findWrittenZone(db: Db, name: string): Promise<WrittenZone | undefined> {
  return db
    .selectFrom("dns_zone")
    .select(["name", "serial", "sha256", "problem"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** Those whose file of now is not in its place. */
export function listZoneProblems(db: Db): Promise<WrittenZone[]> {
  return db
    .selectFrom("dns_zone")
    .select(["name", "serial", "sha256", "problem"])
    .where("problem", "is not", null)
    .where("problem", "<>", unfinished)
    .orderBy("name")
    .execute();
}

export async function saveZone(tx: Tx, { name, serial, sha256, problem }: WrittenZone, now: Date): Promise<void> {
  const row = { serial, sha256, problem, tried_at: now };
  await tx
    .insertInto("dns_zone")
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}
