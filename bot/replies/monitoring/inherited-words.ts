import { listTargets } from "../../../core/db/monitoring/monitor-targets.ts";
import type { Db } from "../../../core/db/tables.ts";
import { inheritedBehind, type Policy } from "../../../core/domain/monitoring/policy.ts";
import { policyKeys } from "../../../core/domain/monitoring/target-values.ts";

/**
 * How what says nothing itself is judged, by the questions about it: "60 (mengikuti Trunk Utara)".
 *
 * @param profile its figures
 */
export async function inheritedWords(
  db: Db,
  parentId: number | null,
  profile: Policy,
): Promise<Record<string, string>> {
  const targets = new Map((await listTargets(db)).map((target) => [target.id, target]));
  const said = new Map([...targets].map(([id, { policy }]) => [id, policy]));
  const inherited = inheritedBehind(parentId, targets, said, profile);
  return Object.fromEntries(
    Object.entries(policyKeys).map(([question, key]) => {
      const { value, fromId } = inherited[key];
      const figure = `${String(value).replace(".", ",")}${key === "agreedPercent" ? "%" : ""}`;
      const from = fromId === null ? undefined : targets.get(fromId)?.name;
      return [question, `${figure} (mengikuti ${from ?? "profil"})`];
    }),
  );
}
