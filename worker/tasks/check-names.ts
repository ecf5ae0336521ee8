import { type Answered, recordNameChecks } from "../../core/actions/names/record-name-checks.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listNamesInUse } from "../../core/db/names/names.ts";
import type { Db } from "../../core/db/tables.ts";
import { openResolver } from "../dns/resolve-name.ts";

export type CheckNamesOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Servers that are asked; none: the resolver of this machine. */
  dnsResolvers: readonly string[];
};

/** So many are asked for at a time: a resolver is no load test. */
const atOnce = 8;

/** Looks up every name in use, and keeps where it leads (R56). Names without an answer stay as they were found last. */
export async function checkNames({ db, setting, dnsResolvers }: CheckNamesOptions, now = new Date()): Promise<void> {
  const resolve = openResolver(dnsResolvers);
  const waiting = (await listNamesInUse(db)).map(({ name }) => name);
  const answered: Answered[] = [];
  const ask = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const addresses = await resolve(name);
      if (addresses !== "no-answer") answered.push({ name, addresses });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  await db.transaction().execute((tx) => recordNameChecks(tx, setting(now), answered));
}
