import type { AssetChange } from "../../domain/inventory/asset-changes.ts";
import type { Db, Tx } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";

/** A change as it is read: what, by whom, when. */
export type ListedChange = AssetChange & { at: Date; personName: string };

export async function insertChanges(
  tx: Tx,
  assetId: number,
  changes: readonly AssetChange[],
  { personId, now }: { personId: number; now: Date },
): Promise<void> {
  await tx
    .insertInto("asset_change")
    .values(changes.map((change) => ({ ...change, asset_id: assetId, person_id: personId, at: now })))
    .execute();
}

/** All that was changed of an asset, the latest first. */
export function listChanges(db: Db, assetId: number, { offset, limit }: Page): Promise<ListedChange[]> {
  return db
    .selectFrom("asset_change")
    .innerJoin("person", "person.id", "asset_change.person_id")
    .select(["asset_change.field", "asset_change.before", "asset_change.after", "asset_change.at"])
    .select("person.name as personName")
    .where("asset_change.asset_id", "=", assetId)
    .orderBy("asset_change.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}
