import { type SqlBool, sql } from "kysely";
import { type Asset, type AssetKind, assetKinds } from "../../domain/inventory/asset.ts";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";
import { selectAssets } from "./assets.ts";

/** Which assets: of a kind, of an office, or both. */
export type AssetsOf = { kind?: AssetKind | undefined; officeId?: number | undefined };

/** What there is of a kind that is not retired, and how much of it is broken. */
export type KindCount = { kind: AssetKind; count: number; broken: number };

const kindOrder = sql`array_position(${assetKinds}::text[], asset.kind)`;

/** In the order of the kinds; a kind of which there is nothing is left out. */
export function countAssets(db: Db): Promise<KindCount[]> {
  return db
    .selectFrom("asset")
    .select(["kind", (row) => row.fn.countAll<number>().as("count")])
    .select((row) => row.fn.countAll<number>().filterWhere("state", "=", "broken").as("broken"))
    .where("state", "<>", "retired")
    .groupBy("kind")
    .orderBy(kindOrder)
    .execute();
}

/** Kind by kind, each by its name; what is retired comes last. */
export function listAssets(db: Db, { kind, officeId }: AssetsOf, { offset, limit }: Page): Promise<Asset[]> {
  return selectAssets(db)
    .$if(kind !== undefined, (query) => query.where("asset.kind", "=", kind ?? "other"))
    .$if(officeId !== undefined, (query) => query.where("asset.office_id", "=", officeId ?? 0))
    .orderBy((row) => row("asset.state", "=", "retired"))
    .orderBy(kindOrder)
    .orderBy("asset.name")
    .orderBy("asset.id")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** Those that have each of the words somewhere in what is known of them; what is retired comes last. */
export function searchAssets(
  db: Db,
  text: string,
  { offset, limit }: Page,
  options: {
    /** What it has comes first. */
    officeId?: number;
    /** What others have is left out. */
    isOfOffice?: true;
    isPresent?: true;
    /** What is tied to it already is left out. */
    exceptTicketId?: number;
  } = {},
): Promise<Asset[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = sql`lower(concat_ws(' ', asset.name, asset.asset_tag, asset.serial_number, asset.model, asset.location,
    asset.circuit_number, asset.provider, office.code, office.name))`;
  const { officeId, isOfOffice, isPresent, exceptTicketId } = options;
  return selectAssets(db)
    .where((row) => row.and(words.map((word) => sql<SqlBool>`strpos(${all}, ${word}) > 0`)))
    .$if(isPresent === true, (query) => query.where("asset.state", "<>", "retired"))
    .$if(isOfOffice === true, (query) => query.where("asset.office_id", "=", officeId ?? 0))
    .$if(exceptTicketId !== undefined, (query) =>
      query.where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom("ticket_asset")
              .select("ticket_asset.asset_id")
              .whereRef("ticket_asset.asset_id", "=", "asset.id")
              .where("ticket_asset.ticket_id", "=", exceptTicketId ?? 0),
          ),
        ),
      ),
    )
    .orderBy((row) => row("asset.office_id", "<>", officeId ?? 0))
    .orderBy((row) => row("asset.state", "=", "retired"))
    .orderBy("asset.name")
    .orderBy("asset.id")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** What ends some day and is not retired, the next one first; contracts of which no end is known come last. */
export function listContracts(db: Db, { offset, limit }: Page): Promise<Asset[]> {
  return selectAssets(db)
    .where("asset.state", "<>", "retired")
    .where((row) => row.or([row("asset.kind", "=", "bandwidth"), row("asset.ends_on", "is not", null)]))
    .orderBy("asset.ends_on", (order) => order.asc().nullsLast())
    .orderBy("asset.name")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** Offices that have something that is not retired, with how much, by name. */
export function listOfficesWithAssets(
  db: Db,
  { offset, limit }: Page,
): Promise<{ id: number; code: string; count: number }[]> {
  return db
    .selectFrom("asset")
    .innerJoin("office", "office.id", "asset.office_id")
    .select(["office.id", "office.code", (row) => row.fn.countAll<number>().as("count")])
    .where("asset.state", "<>", "retired")
    .groupBy(["office.id", "office.code", "office.name"])
    .orderBy("office.name")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** All that there is and was, office by office. */
export function listAllAssets(db: Db): Promise<Asset[]> {
  return selectAssets(db).orderBy("office.code").orderBy(kindOrder).orderBy("asset.name").orderBy("asset.id").execute();
}
