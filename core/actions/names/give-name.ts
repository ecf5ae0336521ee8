import { writeJournal } from "../../db/journal/journal.ts";
import { findNameNow, insertName, listLookAlikes } from "../../db/names/names.ts";
import { findVillage } from "../../db/names/villages.ts";
import { findOffice } from "../../db/people/offices.ts";
import type { Tx } from "../../db/tables.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Grounds } from "../../domain/ipam/address-range.ts";
import { groundsFields, reservedUntil } from "../../domain/ipam/grounds.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { parentOfName } from "../../domain/names/domain-name.ts";
import type { NameKind } from "../../domain/names/name.ts";
import { firstTargetFields } from "../../domain/names/name-fields.ts";
import { readWish, refusalOfGiving } from "../../domain/names/name-rules.ts";
import { accept, type Outcome, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { groundsOf } from "../ipam/give-address.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { findPointing, type PointingWish } from "./find-pointing.ts";

/** A name that was given: the id of its row, and the name. */
export type GivenName = { nameId: number; name: string };

/** What is to be given, by somebody who may. */
export type Placing = {
  /** In full, or a label right below the main domain. */
  name: string;
  kind: NameKind;
  /** null for a village's name */
  officeId: number | null;
  villageId?: number | null;
  /** Its office is the one above. */
  grounds: Omit<Grounds, "officeId">;
  /** It was asked whether it may look like another name, and it may. */
  acceptsLookAlikes?: boolean;
  /** One of many that are given at once: who gives them has the zones written after the last. */
  isOneOfMany?: boolean;
  /** null: it is in use; else it is reserved until then. */
  until: Date | null;
} & PointingWish;

type NameInput = Pick<
  Placing,
  "name" | "kind" | "officeId" | "villageId" | "acceptsLookAlikes" | "isOneOfMany" | "zoneId"
>;

/**
 * Gives a name to an office or to a village.
 *
 * @param input.answers of `groundsFields` and `firstTargetFields`
 */
export function assignName(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: NameInput & { answers: Answers },
): Promise<Outcome<GivenName>> {
  return giveName(tx, person, setting, { ...input, isReserved: false });
}

/**
 * Keeps a name for somebody until a day, such as for the time of an approval; then the clock frees it.
 *
 * @param input.answers of `groundsFields`, `firstTargetFields` and `reservedUntil`
 */
export function reserveName(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: NameInput & { answers: Answers },
): Promise<Outcome<GivenName>> {
  return giveName(tx, person, setting, { ...input, isReserved: true });
}

async function giveName(
  tx: Tx,
  person: Person,
  setting: Setting,
  { answers, isReserved, ...input }: NameInput & { answers: Answers; isReserved: boolean },
): Promise<Outcome<GivenName>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const fields = [...groundsFields, ...firstTargetFields, ...(isReserved ? [reservedUntil] : [])];
  const read = readEntered(setting, fields, answers);
  if (!read.ok) return read;
  const grounds = await groundsOf(tx, input.officeId, read.value);
  if (!grounds.ok) return grounds;
  const until = isReserved ? endOfDay(read.value.until ?? "", setting.rules.zone) : null;
  const { target, elsewhere } = read.value;
  const placing = { ...input, target, elsewhere, grounds: grounds.value, until };
  return placeName(tx, setting, placing, { personId: person.id });
}

/** What is done after the authorisation: the name is checked, given, written down, and goes into the zone. */
export async function placeName(
  tx: Tx,
  setting: Setting,
  placing: Placing,
  { personId }: { personId: number },
): Promise<Outcome<GivenName>> {
  const { kind, officeId, until, isOneOfMany = false } = placing;
  const village = placing.villageId == null ? null : ((await findVillage(tx, placing.villageId)) ?? null);
  const isOfDomainOffice = officeId !== null && (await findOffice(tx, officeId)).code === setting.rules.itOffice;
  const name = readWish({ name: placing.name, kind, village }, setting.rules.names, { isOfDomainOffice });
  if (!name.ok) return refuseAbout("domain-name", name.refusal);
  const state = until === null ? ("in-use" as const) : ("reserved" as const);
  const pointing = await findPointing(tx, setting, { name: name.value, state }, placing);
  if (!pointing.ok) return pointing;
  const may = await mayGive(tx, setting, name.value, placing);
  if (!may.ok) return refuseAbout("domain-name", may.refusal);

  const grounds = { ...placing.grounds, officeId, villageId: village?.id ?? null };
  const beginning = { name: name.value, kind, state, grounds, until, ...pointing.value };
  const nameId = await insertName(tx, beginning, { begunBy: personId, now: setting.now });
  if (nameId === undefined) throw new Error(`giving ${name.value}: somebody has it, in spite of the lock`);
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    event: `name-${state}`,
    subject: { kind: "name", id: nameId },
    details: { name: name.value, officeId, villageId: village?.id ?? null, ticketId: grounds.ticketId },
  });
  if (state === "in-use" && !isOneOfMany) await setting.tasks.enqueue(tx, "write-zones", {});
  return accept({ nameId, name: name.value });
}

/** Under the lock of the names. */
async function mayGive(
  tx: Tx,
  { rules }: Setting,
  name: string,
  { kind, officeId, acceptsLookAlikes = false }: Placing,
): Promise<Outcome> {
  const surroundings = {
    present: await findNameNow(tx, name),
    parent: await findNameNow(tx, parentOfName(name)),
    lookAlikes: await listLookAlikes(tx, name),
  };
  return refusalOfGiving({ name, kind, officeId, acceptsLookAlikes }, surroundings, rules.names);
}
