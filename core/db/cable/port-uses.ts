import { sql } from "kysely";
import type { Side } from "../../domain/cable/cable.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import type { Db, Tx } from "../tables.ts";

/** Something that takes a port of a device now: what it is reserved for, or the end of a cable. */
export type PortUse = {
  id: number;
  assetId: number;
  port: number;
  placeId: number | null;
  cableId: number | null;
};

function selectUses(db: Db) {
  return db
    .selectFrom("port_use")
    .select(["id", "asset_id as assetId", "port", "place_id as placeId", "cable_id as cableId"])
    .where("ended_at", "is", null);
}

/** What takes the ports of a device, the lowest port first. */
export function listPortUses(db: Db, assetId: number): Promise<PortUse[]> {
  return selectUses(db).where("asset_id", "=", assetId).orderBy("port").execute();
}

export function findPortUse(
  db: Db,
  { assetId, port }: { assetId: number; port: number },
): Promise<PortUse | undefined> {
  return selectUses(db).where("asset_id", "=", assetId).where("port", "=", port).executeTakeFirst();
}

/** The ports of a device that nothing takes, the lowest first. */
export async function listFreePortsOf(db: Db, { id, ports }: Pick<Asset, "id" | "ports">): Promise<number[]> {
  const taken = new Set((await listPortUses(db, id)).map(({ port }) => port));
  return Array.from({ length: ports }, (_, index) => index + 1).filter((port) => !taken.has(port));
}

/** A switch, or a patch panel, with its lowest free port and how many are free. */
export type FreePort = { assetId: number; name: string; port: number; free: number };

/** Where a device of the server room can be plugged in, by name. */
export async function listFreePorts(db: Db): Promise<FreePort[]> {
  const { rows } = await sql<FreePort>`
    select asset.id as "assetId", asset.name, min(number) as port, count(*) as free
    from asset cross join lateral generate_series(1, asset.ports) as number
    where asset.kind in ('switch', 'patch-panel') and asset.state = 'in-use' and not exists (
      select from port_use where asset_id = asset.id and port = number and ended_at is null)
    group by asset.id order by asset.name`.execute(db);
  return rows;
}

/** The ports that are reserved for what has that place. */
export function listPortsOfPlace(db: Db, placeId: number): Promise<PortUse[]> {
  return selectUses(db).where("place_id", "=", placeId).orderBy("asset_id").orderBy("port").execute();
}

/** @param asset that is locked, whose port is free */
export async function takePort(
  tx: Tx,
  asset: Pick<Asset, "id" | "ports">,
  use: { port: number; placeId: number | null; cable?: { id: number; side: Side } },
  by: { personId: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("port_use")
    .values({
      ...{ asset_id: asset.id, asset_ports: asset.ports, port: use.port, place_id: use.placeId },
      ...{ cable_id: use.cable?.id ?? null, cable_side: use.cable?.side ?? null },
      ...{ since: by.now, begun_by: by.personId },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** @param by.personId null: the clock */
export async function endPortUse(tx: Tx, id: number, by: { personId: number | null; now: Date }): Promise<void> {
  await tx
    .updateTable("port_use")
    .set({ ended_at: by.now, ended_by: by.personId })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}
