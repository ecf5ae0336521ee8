import type { Asset } from "../../domain/inventory/asset.ts";
import type { Db, Tx } from "../tables.ts";
import { type ListedTicket, type Page, selectListed } from "../ticket/tickets.ts";
import { selectAssets } from "./assets.ts";

/** @returns false where it was tied to it already */
export async function insertTicketAsset(
  tx: Tx,
  link: { ticketId: number; assetId: number; personId: number; now: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto("ticket_asset")
    .values({ ticket_id: link.ticketId, asset_id: link.assetId, linked_by: link.personId, linked_at: link.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("asset_id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** @returns false where it was not tied to it */
export async function deleteTicketAsset(
  tx: Tx,
  { ticketId, assetId }: { ticketId: number; assetId: number },
): Promise<boolean> {
  const deleted = await tx
    .deleteFrom("ticket_asset")
    .where("ticket_id", "=", ticketId)
    .where("asset_id", "=", assetId)
    .returning("asset_id")
    .executeTakeFirst();
  return deleted !== undefined;
}

/** What a ticket is about, by name. */
export function listAssetsOfTicket(db: Db, ticketId: number): Promise<Asset[]> {
  return selectAssets(db)
    .innerJoin("ticket_asset", "ticket_asset.asset_id", "asset.id")
    .where("ticket_asset.ticket_id", "=", ticketId)
    .orderBy("asset.name")
    .orderBy("asset.id")
    .execute();
}

/** The tickets that are about it: first those that are open, the newest first. */
export function listTicketsOfAsset(db: Db, assetId: number, { offset, limit }: Page): Promise<ListedTicket[]> {
  return selectListed(db)
    .innerJoin("ticket_asset", "ticket_asset.ticket_id", "ticket.id")
    .where("ticket_asset.asset_id", "=", assetId)
    .orderBy((row) => row("ticket.ended_at", "is not", null))
    .orderBy("ticket.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function countTicketsOfAsset(db: Db, assetId: number): Promise<number> {
  const { count } = await db
    .selectFrom("ticket_asset")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("asset_id", "=", assetId)
    .executeTakeFirstOrThrow();
  return count;
}
