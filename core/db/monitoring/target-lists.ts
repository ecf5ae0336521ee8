import type { Check } from "../../domain/monitoring/check.ts";
import { followsHosting } from "../../domain/monitoring/hosted.ts";
import { keyOfTarget, type ListedTarget } from "../../domain/monitoring/target-file.ts";
import { listOffices } from "../people/offices.ts";
import type { Db } from "../tables.ts";
import { listChecks } from "./monitor-checks.ts";
import { listTargets, type StoredTarget } from "./monitor-targets.ts";

/** What is watched already, as far as a line of a list can say it. */
export type Standing = Omit<ListedTarget, "checks" | "target"> & { target: StoredTarget; checks: readonly Check[] };

/** All of it, by `keyOfTarget`, in the order of the names. */
export async function listStanding(db: Db): Promise<Map<string, Standing>> {
  const targets = await listTargets(db);
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const codes = new Map((await listOffices(db)).map(({ id, code }) => [id, code]));
  // A machine's own come and go by themselves.
  const listed = (await listChecks(db)).filter(({ settings }) => !followsHosting(settings));
  const checks = Map.groupBy(listed, ({ targetId }) => targetId);
  return new Map(
    targets.map((target) => {
      const parentName = names.get(target.parentId ?? 0) ?? null;
      const officeCode = codes.get(target.officeId ?? 0) ?? null;
      return [keyOfTarget(target.name), { target, officeCode, parentName, checks: checks.get(target.id) ?? [] }];
    }),
  );
}
