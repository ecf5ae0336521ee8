import type { Insertable } from "kysely";
import type { Db, Tx } from "../tables.ts";
import type { HandoverTables } from "./handover-tables.ts";

/** A device that was received into the server room, or handed back, as it stands on the record (BAST). */
export type Handover = {
  id: number;
  kind: "received" | "returned";
  recordNumber: string;
  /** 2026-11-20 */
  recordDate: string;
  assetId: number;
  assetName: string;
  model: string | null;
  serialNumber: string | null;
  assetTag: string | null;
  officeId: number;
  officeName: string;
  /** Who hands it over, or gets it, for the office. */
  counterpart: string;
  place: string;
  accessories: string | null;
  ticketId: number | null;
  /** Who receives it, or hands it back, for the IT office. */
  personName: string;
  personNip: string | null;
  personOfficeName: string;
};

function selectHandovers(db: Db) {
  return db
    .selectFrom("handover")
    .innerJoin("office", "office.id", "handover.office_id")
    .innerJoin("person", "person.id", "handover.person_id")
    .innerJoin("office as own", "own.id", "person.office_id")
    .select(["handover.id", "handover.kind", "handover.record_number as recordNumber"])
    .select(["handover.record_date as recordDate", "handover.asset_id as assetId", "handover.asset_name as assetName"])
    .select(["handover.model", "handover.serial_number as serialNumber", "handover.asset_tag as assetTag"])
    .select(["handover.office_id as officeId", "office.name as officeName", "handover.counterpart"])
    .select(["handover.place", "handover.accessories", "handover.ticket_id as ticketId"])
    .select(["person.name as personName", "person.nip as personNip", "own.name as personOfficeName"]);
}

export function findHandover(db: Db, id: number): Promise<Handover | undefined> {
  return selectHandovers(db).where("handover.id", "=", id).executeTakeFirst();
}

/** The latest one last. */
export function listHandoversOfTicket(db: Db, ticketId: number): Promise<Handover[]> {
  return selectHandovers(db).where("handover.ticket_id", "=", ticketId).orderBy("handover.id").execute();
}

/** By which a device left its place at that moment. */
export function findReturn(db: Db, { assetId, at }: { assetId: number; at: Date }): Promise<Handover | undefined> {
  return selectHandovers(db)
    .where("handover.asset_id", "=", assetId)
    .where("handover.kind", "=", "returned")
    .where("handover.at", "=", at)
    .executeTakeFirst();
}

/** All devices of one record: a record may be of several. Its number may come again in another year. */
export function listOfRecord(db: Db, { kind, officeId, recordNumber, recordDate }: Handover): Promise<Handover[]> {
  return selectHandovers(db)
    .where("handover.kind", "=", kind)
    .where("handover.office_id", "=", officeId)
    .where("handover.record_number", "=", recordNumber)
    .where("handover.record_date", "=", recordDate)
    .orderBy("handover.id")
    .execute();
}

type NewHandover = Omit<
  Insertable<HandoverTables["handover"]>,
  "office_id" | "asset_name" | "model" | "serial_number" | "asset_tag"
>;

/** What the device is called and marked with, and whose it is, is kept as the inventory has it now. */
export async function insertHandover(tx: Tx, handover: NewHandover): Promise<number> {
  const device = await tx
    .selectFrom("asset")
    .select(["office_id", "name as asset_name", "model", "serial_number", "asset_tag"])
    .where("id", "=", handover.asset_id)
    .executeTakeFirstOrThrow();
  const row = { ...handover, ...device };
  const { id } = await tx.insertInto("handover").values(row).returning("id").executeTakeFirstOrThrow();
  return id;
}
