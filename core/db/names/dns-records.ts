import type { Db, Tx } from "../tables.ts";

/** A record of the main domain that infrastructure entered, beside those of the names. */
export type DnsRecord = {
  id: number;
  /** The name that has it, in full. */
  owner: string;
  type: "MX" | "TXT";
  preference: number | null;
  value: string;
};

function selectRecords(db: Db) {
  return db
    .selectFrom("dns_record")
    .select(["id", "owner", "type", "preference", "value"])
    .where("ended_at", "is", null);
}

/** All, in the order of their names. */
export function listRecords(db: Db): Promise<DnsRecord[]> {
  return selectRecords(db).orderBy("owner").orderBy("type").orderBy("preference").orderBy("value").execute();
}

export function findRecord(db: Db, id: number): Promise<DnsRecord | undefined> {
  return selectRecords(db).where("id", "=", id).executeTakeFirst();
}

export function lockRecord(tx: Tx, id: number): Promise<DnsRecord | undefined> {
  return selectRecords(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

export async function hasRecords(db: Db, owner: string): Promise<boolean> {
  return (await selectRecords(db).where("owner", "=", owner).limit(1).executeTakeFirst()) !== undefined;
}

/** Whose records are at a name or right or deeper below it, such as "_dmarc.simpeg.labura.go.id"; undefined: there are none. */
export async function findRecordOwner(db: Db, name: string): Promise<string | undefined> {
  const row = await selectRecords(db)
    .where((record) => record.or([record("owner", "=", name), record("owner", "like", `%.${name}`)]))
    .orderBy("owner")
    .limit(1)
    .executeTakeFirst();
  return row?.owner;
}

/** A mail server that is named so. */
export async function receivesMail(db: Db, name: string): Promise<boolean> {
  const row = await selectRecords(db).where("type", "=", "MX").where("value", "=", name).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** @returns its id; undefined where it is there already */
export async function insertRecord(
  tx: Tx,
  record: Omit<DnsRecord, "id">,
  { addedBy, now }: { addedBy: number; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("dns_record")
    .values({ ...record, added_by: addedBy, added_at: now })
    .onConflict((conflict) => conflict.columns(["owner", "type", "value"]).where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function endRecord(tx: Tx, id: number, by: { endedBy: number; now: Date }): Promise<void> {
  await tx.updateTable("dns_record").set({ ended_by: by.endedBy, ended_at: by.now }).where("id", "=", id).execute();
}
