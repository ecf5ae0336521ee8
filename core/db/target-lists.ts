import { keyOfTarget, type ListedTarget } from "../domain/monitoring/target-file.ts";
import { listChecks } from "./monitor-checks.ts";
import { listTargets, type StoredTarget } from "./monitor-targets.ts";
import { listOffices } from "./offices.ts";
import type { Db } from "./tables.ts";

type Ping = { checkId: number; address: string };

/** What is watched already, as far as a line of a list can say it. */
export type Standing = Omit<ListedTarget, "target" | "address"> & { target: StoredTarget; pings: readonly Ping[] };

/** All of it, by `keyOfTarget`, in the order of the names. */
export async function listStanding(db: Db): Promise<Map<string, Standing>> {
  const targets = await listTargets(db);
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const codes = new Map((await listOffices(db)).map(({ id, code }) => [id, code]));
  const pings = Map.groupBy(await listPings(db), ({ targetId }) => targetId);
  return new Map(
    targets.map((target) => {
      const parentName = names.get(target.parentId ?? 0) ?? null;
      const officeCode = codes.get(target.officeId ?? 0) ?? null;
      return [keyOfTarget(target.name), { target, officeCode, parentName, pings: pings.get(target.id) ?? [] }];
    }),
  );
}

async function listPings(db: Db): Promise<(Ping & { targetId: number })[]> {
  return (await listChecks(db)).flatMap(({ id, targetId, settings }) =>
    settings.kind === "icmp" ? [{ checkId: id, targetId, address: settings.address }] : [],
  );
}
