import type { Medium, Side } from "../../domain/cable/cable.ts";
import type { Db, Tx } from "../tables.ts";
import { findNodes, type StoredNode } from "./cable-nodes.ts";

/** An end of a cable: the last one of its side, also of a cable that was removed. */
export type CableEnd = { useId: number; side: Side; port: number; node: StoredNode };

/** What is written on both ends now; of a cable that was removed, what was written last. */
export type PresentLabel = { id: number; code: string; since: Date; printedAt: Date | null };

export type StoredCable = {
  id: number;
  medium: Medium;
  ticketId: number | null;
  laidByName: string;
  laidAt: Date;
  removedByName: string | null;
  removedAt: Date | null;
  label: PresentLabel;
  /** Side `a`, side `b`. */
  ends: readonly [CableEnd, CableEnd];
};

/** Locks cables one after the other, so that two who want the same ones do not wait for each other. @returns those that lie */
export async function lockCables(tx: Tx, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom("cable")
    .select("id")
    .where("id", "in", ids)
    .where("removed_at", "is", null)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export async function findCable(db: Db, id: number): Promise<StoredCable | undefined> {
  return (await findCables(db, [id])).at(0);
}

/** In the order of the ids; an id of no cable is left out. */
export async function findCables(db: Db, ids: readonly number[]): Promise<StoredCable[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("cable")
    .innerJoin("person as layer", "layer.id", "cable.laid_by")
    .leftJoin("person as remover", "remover.id", "cable.removed_by")
    .select(["cable.id", "cable.medium", "cable.ticket_id as ticketId", "cable.laid_at as laidAt"])
    .select(["cable.removed_at as removedAt", "layer.name as laidByName", "remover.name as removedByName"])
    .where("cable.id", "in", ids)
    .execute();
  const [ends, labels] = [await lastEnds(db, ids), await lastLabels(db, ids)];
  const cables = new Map(
    rows.map((row) => {
      const [a, b] = [ends.get(`${row.id} a`), ends.get(`${row.id} b`)];
      const label = labels.get(row.id);
      if (a === undefined || b === undefined || label === undefined) throw new Error(`cable ${row.id} is not whole`);
      return [row.id, { ...row, label, ends: [a, b] as const }];
    }),
  );
  return ids.flatMap((id) => cables.get(id) ?? []);
}

async function lastEnds(db: Db, cableIds: readonly number[]): Promise<Map<string, CableEnd>> {
  const rows = await db
    .selectFrom("port_use")
    .distinctOn(["cable_id", "cable_side"])
    .select(["id", "cable_id", "cable_side", "asset_id", "port"])
    .where("cable_id", "in", cableIds)
    .orderBy("cable_id")
    .orderBy("cable_side")
    .orderBy("id", "desc")
    .execute();
  const nodes = await findNodes(db, [...new Set(rows.map((row) => row.asset_id))]);
  return new Map(
    rows.flatMap((row) => {
      const [node, side] = [nodes.get(row.asset_id), row.cable_side];
      if (node === undefined || side === null) return [];
      return [[`${row.cable_id} ${side}`, { useId: row.id, side, port: row.port, node }] as const];
    }),
  );
}

async function lastLabels(db: Db, cableIds: readonly number[]): Promise<Map<number, PresentLabel>> {
  const rows = await db
    .selectFrom("cable_label")
    .distinctOn("cable_id")
    .select(["id", "cable_id", "code", "since", "printed_at as printedAt"])
    .where("cable_id", "in", cableIds)
    .orderBy("cable_id")
    .orderBy("id", "desc")
    .execute();
  return new Map(rows.map(({ cable_id, ...label }) => [cable_id, label]));
}

/** The cables in the ports of a device, the lowest first. */
export async function listCableIdsOf(db: Db, assetId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("port_use")
    .select("cable_id")
    .distinct()
    .where("asset_id", "=", assetId)
    .where("ended_at", "is", null)
    .where("cable_id", "is not", null)
    .$narrowType<{ cable_id: number }>()
    .orderBy("cable_id")
    .execute();
  return rows.map((row) => row.cable_id);
}

/** What a reserved port is reserved for. @returns `assetId` of what is mounted there; null while nothing is */
export function findPlaceOfPort(
  db: Db,
  placeId: number,
): Promise<{ name: string; assetId: number | null; officeCode: string } | undefined> {
  return db
    .selectFrom("rack_place")
    .innerJoin("office", "office.id", "rack_place.office_id")
    .select(["rack_place.name", "rack_place.asset_id as assetId", "office.code as officeCode"])
    .where("rack_place.id", "=", placeId)
    .executeTakeFirst();
}

export async function insertCable(
  tx: Tx,
  cable: { medium: Medium; ticketId: number | null },
  by: { personId: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("cable")
    .values({ medium: cable.medium, ticket_id: cable.ticketId, laid_by: by.personId, laid_at: by.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function markCableRemoved(tx: Tx, id: number, by: { personId: number; now: Date }): Promise<void> {
  await tx
    .updateTable("cable")
    .set({ removed_by: by.personId, removed_at: by.now })
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .execute();
}
