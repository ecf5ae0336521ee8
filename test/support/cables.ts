import { sql } from "kysely";
import { layCable } from "../../core/actions/cable/lay-cable.ts";
import { moveCableEnd } from "../../core/actions/cable/move-cable.ts";
import { relabelCablesOf } from "../../core/actions/cable/relabel-cables.ts";
import { removeCable, removeCablesOf } from "../../core/actions/cable/remove-cable.ts";
import { findCable } from "../../core/db/cable/cables.ts";
import { insertAssets, lockAsset } from "../../core/db/inventory/assets.ts";
import { findOfficeByCode } from "../../core/db/people/offices.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Face } from "../../core/domain/rack/place.ts";
import { minutesAfter, morning, type TestOffice } from "./office.ts";

type Device = {
  ports?: number;
  assetTag?: string | null;
  state?: "in-use" | "retired";
  kind?: "switch" | "server";
  location?: string | null;
};

/** A device of the inventory, as the inventory writes it. */
export async function putDevice(
  db: Db,
  name: string,
  { ports = 24, assetTag = null, state = "in-use", kind = "switch", location = null }: Device = {},
): Promise<number> {
  const { id: officeId } = await findOfficeByCode(db, "Diskominfo");
  const { id: addedBy } = await db.selectFrom("person").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  const device = {
    ...{ kind, name, office_id: officeId, state, asset_tag: assetTag, ports, location },
    ...{ added_by: addedBy, added_at: morning, changed_at: morning },
  };
  const [id = 0] = await db.transaction().execute((tx) => insertAssets(tx, [device]));
  return id;
}

/** A rack in a room of its own, as racks write it. @returns its id */
export async function putRack(db: Db, roomCode: string, code: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with room as (insert into room (code, name) values (${roomCode}, 'Uji') returning id)
    insert into rack (room_id, code, height_u, added_by, added_at)
    select room.id, ${code}, 42, (select min(id) from person), ${morning} from room returning id`.execute(db);
  return rows[0]?.id ?? 0;
}

/**
 * What takes room in a rack, from the middle of a unit where `unit` ends in .5; the place that the device had before ends.
 *
 * @param assetId null: it is only reserved
 * @returns the id of the place
 */
export async function putPlace(
  db: Db,
  rackId: number,
  unit: number,
  assetId: number | null,
  { face = "full", name = "Server SIMPEG" }: { face?: Face; name?: string } = {},
): Promise<number> {
  if (assetId !== null) await takeOutOfRack(db, assetId);
  const { id: officeId } = await findOfficeByCode(db, "Dinkes");
  const { id: begunBy } = await db.selectFrom("person").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto("rack_place")
    .values({
      ...{ rack_id: rackId, rack_height_u: 42, kind: assetId === null ? "reserved" : "occupied", asset_id: assetId },
      ...{ bottom: (unit - 1) * 2, height: 1, face, watts: 0, name, office_id: officeId, ticket_id: null },
      ...{
        letter: null,
        since: morning,
        begun_by: begunBy,
        until: assetId === null ? minutesAfter(morning, 60) : null,
      },
      ...{ ended_at: null, ended_by: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function takeOutOfRack(db: Db, assetId: number): Promise<void> {
  await db
    .updateTable("rack_place")
    .set({ ended_at: morning })
    .where("asset_id", "=", assetId)
    .where("ended_at", "is", null)
    .execute();
}

/** A port that is reserved for a place. */
export async function reservePort(db: Db, assetId: number, port: number, placeId: number): Promise<void> {
  await sql`
    insert into port_use (asset_id, asset_ports, port, place_id, since, begun_by)
    select id, ports, ${port}, ${placeId}, ${morning}, added_by from asset where id = ${assetId}`.execute(db);
}

/** What the teams do with cables. */
export function withCables(office: TestOffice) {
  const { infrastructure } = office.people;
  type Options = { by?: Person; now?: Date; ticketId?: number | null };
  type End = readonly [assetId: number, port: number];
  return {
    lay: (
      [assetA, portA]: End,
      [assetB, portB]: End,
      { by = infrastructure, now = morning, ticketId = null }: Options = {},
    ) =>
      office.act((tx) =>
        layCable(tx, by, office.setting(now), {
          ends: [
            { assetId: assetA, port: portA },
            { assetId: assetB, port: portB },
          ],
          ...{ medium: "copper", ticketId },
        }),
      ),
    /** The end that is in that port now. */
    move: async (
      cableId: number,
      from: End,
      [assetId, port]: End,
      { by = infrastructure, now = morning }: Options = {},
    ) => {
      const useId = await useOf(office.db, from);
      return office.act((tx) => moveCableEnd(tx, by, office.setting(now), { cableId, useId, to: { assetId, port } }));
    },
    /** As who sees it now. */
    remove: async (cableId: number, { by = infrastructure, now = morning }: Options = {}) => {
      const labelId = (await findCable(office.db, cableId))?.label.id ?? 0;
      return office.act((tx) => removeCable(tx, by, office.setting(now), { cableId, labelId }));
    },
    removeAllOf: (assetId: number) =>
      office.act((tx) => removeCablesOf(tx, office.setting(), assetId, { personId: infrastructure.id })),
    relabel: (assetId: number, now = morning) =>
      office.act(async (tx) => {
        await lockAsset(tx, assetId);
        return relabelCablesOf(tx, office.setting(now), assetId, { personId: infrastructure.id });
      }),
    codeOf: async (cableId: number) => (await findCable(office.db, cableId))?.label.code,
  };
}

/** What takes a port now; 0 where nothing does. */
export async function useOf(db: Db, [assetId, port]: readonly [number, number]): Promise<number> {
  const row = await db
    .selectFrom("port_use")
    .select("id")
    .where("asset_id", "=", assetId)
    .where("port", "=", port)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** "3 cable 7", "4 place 2": what takes the ports of a device. */
export async function portsOf(db: Db, assetId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("port_use")
    .select(["port", "cable_id", "place_id"])
    .where("asset_id", "=", assetId)
    .where("ended_at", "is", null)
    .orderBy("port")
    .execute();
  return rows.map((row) => `${row.port} ${row.cable_id === null ? `place ${row.place_id}` : `cable ${row.cable_id}`}`);
}

/** The labels that a cable had and has: the present one with a star, a printed one with a P. */
export async function labelsOf(db: Db, cableId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("cable_label")
    .select(["code", "ended_at", "printed_at"])
    .where("cable_id", "=", cableId)
    .orderBy("id")
    .execute();
  return rows.map((row) => `${row.code}${row.ended_at === null ? " *" : ""}${row.printed_at === null ? "" : " P"}`);
}
