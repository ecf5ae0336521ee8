import type { Node } from "../../domain/cable/cable-code.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import type { Db } from "../tables.ts";

/** A device with what its address on a label is made of. */
export type StoredNode = Node & Pick<Asset, "id" | "kind" | "state" | "ports" | "location"> & { officeCode: string };

function selectNodes(db: Db) {
  return db
    .selectFrom("asset")
    .innerJoin("office", "office.id", "asset.office_id")
    .leftJoin("rack_place", (join) =>
      join.onRef("rack_place.asset_id", "=", "asset.id").on("rack_place.ended_at", "is", null),
    )
    .leftJoin("rack", "rack.id", "rack_place.rack_id")
    .leftJoin("room", "room.id", "rack.room_id")
    .select(["asset.id", "asset.kind", "asset.name", "asset.state", "asset.ports", "asset.location"])
    .select(["asset.asset_tag as assetTag", "office.code as officeCode"])
    .select(["room.code as roomCode", "rack.code as rackCode", "rack_place.bottom", "rack_place.face"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectNodes>["executeTakeFirstOrThrow"]>>;

function nodeOf({ roomCode, rackCode, bottom, face, ...node }: Row): StoredNode {
  const isMounted = roomCode !== null && rackCode !== null && bottom !== null && face !== null;
  return { ...node, position: isMounted ? { roomCode, rackCode, bottom, face } : null };
}

export async function findNode(db: Db, assetId: number): Promise<StoredNode | undefined> {
  const row = await selectNodes(db).where("asset.id", "=", assetId).executeTakeFirst();
  return row && nodeOf(row);
}

/** Those devices, by their ids. */
export async function findNodes(db: Db, assetIds: readonly number[]): Promise<Map<number, StoredNode>> {
  if (assetIds.length === 0) return new Map();
  const rows = await selectNodes(db).where("asset.id", "in", assetIds).execute();
  return new Map(rows.map((row) => [row.id, nodeOf(row)]));
}

/** All devices into which a cable can go, by their names. */
export async function listNodes(db: Db): Promise<StoredNode[]> {
  const rows = await selectNodes(db)
    .where("asset.ports", ">", 0)
    .where("asset.state", "<>", "retired")
    .orderBy("asset.name")
    .orderBy("asset.id")
    .execute();
  return rows.map(nodeOf);
}

/** Devices with ports whose name or asset tag has these words. */
export async function searchNodes(db: Db, words: string, limit: number): Promise<StoredNode[]> {
  const rows = await selectNodes(db)
    .where("asset.ports", ">", 0)
    .where("asset.state", "<>", "retired")
    .where((row) =>
      row.or(
        (["asset.name", "asset.asset_tag"] as const).map((column) =>
          row(row.fn<number>("strpos", [row.fn("lower", [column]), row.val(words.toLowerCase())]), ">", 0),
        ),
      ),
    )
    .orderBy("asset.name")
    .orderBy("asset.id")
    .limit(limit)
    .execute();
  return rows.map(nodeOf);
}
