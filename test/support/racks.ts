import { sql } from "kysely";
import { mountDevice, reservePlace } from "../../core/actions/rack/place-device.ts";
import { addFeed } from "../../core/actions/rack/power-feeds.ts";
import { addRack } from "../../core/actions/rack/racks.ts";
import { addRoom } from "../../core/actions/rack/rooms.ts";
import { insertAssets } from "../../core/db/inventory/assets.ts";
import { findOfficeByCode } from "../../core/db/people/offices.ts";
import { fillRacks, listRacks } from "../../core/db/rack/racks.ts";
import type { Db } from "../../core/db/tables.ts";
import type { AssetKind } from "../../core/domain/inventory/asset.ts";
import { collides, halvesOf } from "../../core/domain/rack/place.ts";
import { showSpan } from "../../core/domain/rack/units.ts";
import { accepted } from "./ipam.ts";
import { morning, type TestOffice } from "./office.ts";

/** What needs no power is not asked how many feeds. */
function deviceAnswers({ watts }: Record<string, string>): Record<string, string> {
  const device = { height: "2", face: "full", watts: "300" };
  return watts === "0" ? device : { ...device, feeds: "2" };
}

/** What the data center does, with answers where a test does not care. */
export async function withRacks(office: TestOffice) {
  const { dataCenter } = office.people;
  const { id: officeId } = await findOfficeByCode(office.db, "Dinkes");
  type Options = { by?: typeof dataCenter; now?: Date; answers?: Record<string, string> };
  let codes = 0;
  let devices = 0;

  const room = (code = `R${++codes}`, { by = dataCenter, answers = {} }: Options = {}) =>
    office.act((tx) => addRoom(tx, by, office.setting(), { answers: { code, name: "Ruang uji", ...answers } }));

  /** A rack in a room of its own. */
  async function rack({ heightU = 42, capacities = [2000, 2000] } = {}) {
    const roomId = accepted(await room());
    const rackId = accepted(
      await office.act((tx) =>
        addRack(tx, dataCenter, office.setting(), { roomId, answers: { code: "A1", height: String(heightU) } }),
      ),
    );
    const feedIds: number[] = [];
    for (const [index, capacity] of capacities.entries()) {
      const answers = { name: "ABCD"[index] ?? "", capacity: String(capacity) };
      feedIds.push(accepted(await office.act((tx) => addFeed(tx, dataCenter, office.setting(), { rackId, answers }))));
    }
    return { roomId, rackId, feedIds };
  }

  return {
    officeId,
    room,
    rack,
    asset: async (kind: AssetKind = "server", { name = `SRV-${++devices}`, ports = 0 } = {}) => {
      const device = {
        ...{ kind, name, office_id: officeId, state: "in-use" as const, ports },
        ...{ added_by: dataCenter.id, added_at: morning, changed_at: morning },
      };
      const [id = 0] = await office.act((tx) => insertAssets(tx, [device]));
      return id;
    },
    reserve: (rackId: number, bottom: number, { by = dataCenter, now = morning, answers = {} }: Options = {}) =>
      office.act((tx) =>
        reservePlace(tx, by, office.setting(now), {
          ...{ rackId, bottom, officeId },
          answers: {
            ...deviceAnswers(answers),
            name: "Server SIMPEG",
            basis: "555/210/2026",
            until: "besok",
            ...answers,
          },
        }),
      ),
    mount: (
      rackId: number,
      bottom: number,
      assetId: number,
      { by = dataCenter, now = morning, answers = {} }: Options = {},
    ) =>
      office.act((tx) =>
        mountDevice(tx, by, office.setting(now), {
          ...{ rackId, bottom, assetId },
          answers: { ...deviceAnswers(answers), basis: "555/210/2026", ...answers },
        }),
      ),
  };
}

export type TestRacks = Awaited<ReturnType<typeof withRacks>>;

/** "U1-2 full reserved Server SIMPEG", the lowest first. */
export async function placesIn(db: Db, rackId: number): Promise<string[]> {
  const racks = await fillRacks(
    db,
    (await listRacks(db)).filter(({ id }) => id === rackId),
  );
  const names = new Map(
    (await db.selectFrom("rack_place").select(["id", "name"]).execute()).map(({ id, name }) => [id, name]),
  );
  return racks.flatMap(({ places }) =>
    places.map((place) => `${showSpan(place)} ${place.face} ${place.kind} ${names.get(place.id)}`),
  );
}

/**
 * What must hold at any moment: nothing is over something else, nothing leaves its rack, no feed carries more than it
 * may, and a port is reserved for what is there only.
 *
 * @returns what does not hold
 */
export async function brokenRackRules(db: Db): Promise<string[]> {
  const broken: string[] = [];
  for (const rack of await fillRacks(db, await listRacks(db))) {
    const name = `${rack.roomCode} ${rack.code}`;
    for (const [index, one] of rack.places.entries()) {
      if (rack.places.slice(index + 1).some((other) => collides(one, other))) broken.push(`${name} overlaps`);
      if (one.bottom < 0 || one.bottom + one.height > halvesOf(rack)) broken.push(`${name} is left`);
    }
    for (const { name: feed, loadWatts, capacityWatts } of rack.feeds) {
      if (loadWatts > capacityWatts) broken.push(`${name} ${feed} carries too much`);
    }
  }
  const { rows } = await sql`select from port_use join rack_place on rack_place.id = port_use.place_id
    where port_use.ended_at is null and rack_place.ended_at is not null`.execute(db);
  if (rows.length > 0) broken.push("a port is reserved for what is gone");
  return broken;
}

/** The rows of the journal about racks, oldest first. */
export async function journalOfRacks(db: Db) {
  const { rows } = await sql<{ event: string; by: number | null; details: Record<string, unknown> }>`
    select event, actor_id as by, details from journal
    where subject_kind in ('room', 'rack', 'power-feed', 'place') order by id`.execute(db);
  return rows;
}
