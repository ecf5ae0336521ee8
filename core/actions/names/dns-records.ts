import { writeJournal } from "../../db/journal/journal.ts";
import { endRecord, insertRecord, lockRecord } from "../../db/names/dns-records.ts";
import { findNameNow, lockNames } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { isBelow } from "../../domain/names/domain-name.ts";
import { readRecord, recordFields, type WishedRecord } from "../../domain/names/record.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";

/**
 * Adds a record of mail or a text to the zone of the main domain.
 *
 * @param input.answers of `recordFields`
 * @returns its id
 */
export async function addRecord(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const fields = recordFields(input.answers.type === "MX" ? "MX" : "TXT");
  const answers = readEntered(setting, fields, input.answers);
  if (!answers.ok) return answers;
  const { domain } = setting.rules.names;
  const read = readRecord(answers.value, domain);
  if (!read.ok) return read;
  await lockNames(tx);
  const may = await refusalOfRecord(tx, read.value, domain);
  if (!may.ok) return may;
  const id = await insertRecord(tx, read.value, { addedBy: person.id, now: setting.now });
  if (id === undefined) return refuse("record-known", { owner: read.value.owner, field: "value" });
  await record(tx, person, setting, "record-added", id);
  return accept(id);
}

export async function removeRecord(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { recordId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  if ((await lockRecord(tx, input.recordId)) === undefined) return refuse("no-such-record");
  await endRecord(tx, input.recordId, { endedBy: person.id, now: setting.now });
  await record(tx, person, setting, "record-removed", input.recordId);
  return accept();
}

/** source: RFC 1034, 3.6.2 (an alias has no other records); RFC 2181, 10.3 (mail goes to no alias) */
async function refusalOfRecord(tx: Tx, { owner, type, value }: WishedRecord, domain: string): Promise<Outcome> {
  const present = await findNameNow(tx, owner);
  if (present?.aliasOf != null) return refuse("record-at-alias", { owner, field: "owner" });
  if (type === "TXT" || !isBelow(value, domain)) return accept();
  const server = await findNameNow(tx, value);
  const hasAddress = server?.state === "in-use" && server.addresses.length > 0;
  return hasAddress ? accept() : refuse("record-server-unknown", { server: value, field: "value" });
}

async function record(
  tx: Tx,
  person: Person,
  setting: Setting,
  event: "record-added" | "record-removed",
  id: number,
): Promise<void> {
  await writeJournal(tx, { at: setting.now, actorId: person.id, event, subject: { kind: "record", id } });
  await setting.tasks.enqueue(tx, "write-zones", {});
}
