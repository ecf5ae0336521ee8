import { type Insertable, type SqlBool, sql, type Updateable } from "kysely";
import type { Asset } from "../../domain/inventory/asset.ts";
import type { Db, Tx } from "../tables.ts";
import type { InventoryTables } from "./inventory-tables.ts";

export function selectAssets(db: Db) {
  return db
    .selectFrom("asset")
    .innerJoin("office", "office.id", "asset.office_id")
    .select(["asset.id", "asset.kind", "asset.name", "asset.state", "asset.model", "asset.location", "asset.ports"])
    .select(["asset.office_id as officeId", "office.code as officeCode", "office.name as officeName"])
    .select(["asset.asset_tag as assetTag", "asset.serial_number as serialNumber", "asset.provider"])
    .select(["asset.circuit_number as circuitNumber", "asset.bandwidth_mbps as bandwidthMbps"])
    .select(["asset.ends_on as endsOn", "asset.maintainer", "asset.ticket_id as ticketId"])
    .select(["asset.added_by as addedBy", "asset.added_at as addedAt"])
    .select(["asset.changed_at as changedAt", "asset.version"]);
}

export function findAsset(db: Db, id: number): Promise<Asset | undefined> {
  return selectAssets(db).where("asset.id", "=", id).executeTakeFirst();
}

/** Of those that are not retired there is one of a name; capitals do not matter. */
export function findAssetNamed(db: Db, name: string): Promise<Asset | undefined> {
  return selectAssets(db)
    .where((row) => row(row.fn<string>("lower", ["asset.name"]), "=", name.toLowerCase()))
    .where("asset.state", "<>", "retired")
    .executeTakeFirst();
}

/** One whose model and serial number are these; capitals do not matter. */
export function findAssetOfSerialNumber(
  db: Db,
  { model, serialNumber }: Pick<Asset, "model" | "serialNumber">,
): Promise<Asset | undefined> {
  return selectAssets(db)
    .where(sql<SqlBool>`lower(asset.serial_number) = lower(${serialNumber})`)
    .where(sql<SqlBool>`lower(asset.model) is not distinct from lower(${model})`)
    .executeTakeFirst();
}

export function lockAsset(tx: Tx, id: number): Promise<Asset | undefined> {
  return selectAssets(tx).where("asset.id", "=", id).forUpdate("asset").executeTakeFirst();
}

/** The lowest id first, so that two who want the same ones do not wait for each other. @returns those that are there, by id */
export async function lockAssets(tx: Tx, ids: readonly number[]): Promise<Map<number, Asset>> {
  if (ids.length === 0) return new Map();
  const rows = await selectAssets(tx).where("asset.id", "in", ids).orderBy("asset.id").forUpdate("asset").execute();
  return new Map(rows.map((asset) => [asset.id, asset]));
}

/** @returns its id; undefined where another has its name, its asset tag or its serial number */
export async function insertAsset(tx: Tx, asset: Insertable<InventoryTables["asset"]>): Promise<number | undefined> {
  const row = await tx
    .insertInto("asset")
    .values(asset)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** A statement takes 65,535 values. */
const rowsAtOnce = 1_000;

/** @returns their ids, in the same order */
export async function insertAssets(tx: Tx, assets: readonly Insertable<InventoryTables["asset"]>[]): Promise<number[]> {
  const ids: number[] = [];
  for (let first = 0; first < assets.length; first += rowsAtOnce) {
    const part = assets.slice(first, first + rowsAtOnce);
    const rows = await tx.insertInto("asset").values(part).returning("id").execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

export async function updateAsset(tx: Tx, id: number, changes: Updateable<InventoryTables["asset"]>): Promise<void> {
  await tx
    .updateTable("asset")
    .set(changes)
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

/** By what another asset is the same as this one, and which it is. */
export type TakenBy = { by: "name" | "asset-tag" | "serial-number"; assetId: number };

/** @param exceptId the asset itself */
export async function findTaken(
  db: Db,
  asset: Pick<Asset, "name" | "state" | "assetTag" | "serialNumber" | "model">,
  exceptId = 0,
): Promise<TakenBy | undefined> {
  const isName = sql<SqlBool>`lower(name) = lower(${asset.name}) and state <> 'retired' and ${asset.state} <> 'retired'`;
  const isTag = sql<SqlBool>`lower(asset_tag) = lower(${asset.assetTag})`;
  const isSerial = sql<SqlBool>`lower(serial_number) = lower(${asset.serialNumber})
    and lower(model) is not distinct from lower(${asset.model})`;
  for (const [by, condition] of [
    ["name", isName],
    ["asset-tag", isTag],
    ["serial-number", isSerial],
  ] as const) {
    const found = await db
      .selectFrom("asset")
      .select("id")
      .where(condition)
      .where("id", "<>", exceptId)
      .executeTakeFirst();
    if (found !== undefined) return { by, assetId: found.id };
  }
  return undefined;
}

/** The highest port that something takes, or took; 0 where nothing ever did. */
export async function findHighestPort(db: Db, assetId: number): Promise<number> {
  const row = await db
    .selectFrom("port_use")
    .select((select) => select.fn.max("port").as("highest"))
    .where("asset_id", "=", assetId)
    .executeTakeFirst();
  return row?.highest ?? 0;
}
