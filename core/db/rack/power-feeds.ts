import { sql } from "kysely";
import type { PowerFeed } from "../../domain/rack/power-feed.ts";
import type { Db, Tx } from "../tables.ts";

function selectFeeds(db: Db) {
  return db
    .selectFrom("power_feed")
    .select(["id", "rack_id as rackId", "name", "capacity_watts as capacityWatts"])
    .select(
      sql<number>`(select coalesce(sum(rack_place.watts), 0)::integer from place_feed
        join rack_place on rack_place.id = place_feed.place_id
        where place_feed.feed_id = power_feed.id and rack_place.ended_at is null)`.as("loadWatts"),
    )
    .where("removed_at", "is", null);
}

/** Of these racks, with what they carry, by their names. */
export function listFeeds(db: Db, rackIds: readonly number[]): Promise<PowerFeed[]> {
  if (rackIds.length === 0) return Promise.resolve([]);
  return selectFeeds(db).where("rack_id", "in", rackIds).orderBy(sql`lower(name)`).orderBy("id").execute();
}

export function findFeed(db: Db, id: number): Promise<PowerFeed | undefined> {
  return selectFeeds(db).where("id", "=", id).executeTakeFirst();
}

type FeedEntered = Pick<PowerFeed, "name" | "capacityWatts">;

export async function insertFeed(tx: Tx, rackId: number, { name, capacityWatts }: FeedEntered): Promise<number> {
  const { id } = await tx
    .insertInto("power_feed")
    .values({ rack_id: rackId, name, capacity_watts: capacityWatts })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateFeed(tx: Tx, id: number, { name, capacityWatts }: FeedEntered): Promise<void> {
  await tx.updateTable("power_feed").set({ name, capacity_watts: capacityWatts }).where("id", "=", id).execute();
}

export async function markFeedRemoved(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable("power_feed").set({ removed_at: now }).where("id", "=", id).execute();
}
