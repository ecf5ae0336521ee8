import { findRangeAt } from "../../db/ipam/address-ranges.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import {
  endName,
  findName,
  findNameNow,
  insertName,
  listNamesOfTicket,
  lockNames,
  type NameBeginning,
} from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import { addressOf } from "../../domain/ipam/address.ts";
import { quarantineEnd, refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { type NameAddress, type NameState, type PresentName, pointsNowhere } from "../../domain/names/name.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { findNamesOfAddress, findReleasedWith } from "./find-released-names.ts";

/** A name in use is given back, and its aliases with it: nobody gets for the time of a quarantine what was in use. */
export async function releaseName(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { nameId: number },
): Promise<Outcome> {
  const found = await lockAs(tx, person, input.nameId, ["in-use"]);
  if (!found.ok) return found;
  const released = await findReleasedWith(tx, setting.rules, found.value);
  if (!released.ok) return released;
  for (const each of released.value) await giveUp(tx, setting, each, person.id);
  return accept();
}

/** What was reserved is in use from now on. */
export async function useName(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { nameId: number },
): Promise<Outcome<number>> {
  const found = await lockAs(tx, person, input.nameId, ["reserved"]);
  return found.ok ? takeIntoUse(tx, setting, found.value, { personId: person.id }) : found;
}

/** Frees at once what is reserved or rests. */
export async function freeName(tx: Tx, person: Person, setting: Setting, input: { nameId: number }): Promise<Outcome> {
  const found = await lockAs(tx, person, input.nameId, ["reserved", "quarantined"]);
  if (!found.ok) return found;
  await free(tx, setting, found.value, person.id);
  return accept();
}

/** The clock: frees what was reserved or rested until now. Safe to do twice. */
export async function freeExpiredName(tx: Tx, setting: Setting, input: { nameId: number }): Promise<void> {
  await lockNames(tx);
  const name = await findName(tx, input.nameId);
  if (name === undefined || name.until === null || name.until > setting.now) return;
  await free(tx, setting, name, null);
}

/**
 * What is done after the authorisation: a reserved name goes into use. Its addresses have to be in use before it.
 *
 * @returns the id of its row from now on
 */
async function takeIntoUse(
  tx: Tx,
  setting: Setting,
  name: PresentName,
  { personId }: { personId: number | null },
): Promise<Outcome<number>> {
  for (const { zoneId, address } of name.addresses) {
    const range = zoneId === null ? undefined : await findRangeAt(tx, zoneId, addressOf(address));
    if (range?.kind === "reserved") return refuse("domain-address-reserved", { address });
  }
  return accept(await change(tx, setting, name, { state: "in-use", until: null }, personId));
}

/** Frees all names of a ticket that does not need them any more: what is reserved at once, what is in use after its quarantine. */
export async function freeNamesOfTicket(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  personId: number | null,
): Promise<Outcome<number>> {
  await lockNames(tx);
  const names = await listNamesOfTicket(tx, ticketId);
  const gone = new Set<number>();
  for (const name of names) {
    if (gone.has(name.id)) continue;
    const released = name.state === "in-use" ? await findReleasedWith(tx, setting.rules, name) : accept([name]);
    if (!released.ok) return released;
    for (const each of released.value) {
      gone.add(each.id);
      await giveUp(tx, setting, each, personId);
    }
  }
  return accept(gone.size);
}

/** What is kept of names for a ticket that does not need them is free at once; what is in use stays. */
export async function freeReservedNames(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  personId: number | null,
): Promise<void> {
  await lockNames(tx);
  for (const name of await listNamesOfTicket(tx, ticketId)) {
    if (name.state === "reserved") await free(tx, setting, name, personId);
  }
}

/** What is reserved of names for a ticket is kept until then. */
export async function renewReservedNames(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  { personId, until }: { personId: number; until: Date },
): Promise<void> {
  await lockNames(tx);
  for (const name of await listNamesOfTicket(tx, ticketId)) {
    if (name.state === "reserved") await change(tx, setting, name, { until }, personId);
  }
}

/** What is reserved of names for a ticket is in use from now on: what a machine was to build stands. */
export async function useReservedNames(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  by: { personId: number | null },
): Promise<Outcome> {
  await lockNames(tx);
  for (const name of await listNamesOfTicket(tx, ticketId)) {
    const used = name.state === "reserved" ? await takeIntoUse(tx, setting, name, by) : accept(name.id);
    if (!used.ok) return used;
  }
  return accept();
}

/** A name that is not needed any more, with its aliases; nothing where it is not in use. @param by.personId null: a machine */
export async function releaseNameInUse(
  tx: Tx,
  setting: Setting,
  name: string,
  { personId }: { personId: number | null },
): Promise<Outcome> {
  await lockNames(tx);
  const present = await findNameNow(tx, name);
  if (present?.state !== "in-use") return accept();
  const released = await findReleasedWith(tx, setting.rules, present);
  if (!released.ok) return released;
  for (const each of released.value) await giveUp(tx, setting, each, personId);
  return accept();
}

/** The names that lead to an address which is given back: they go with it, or lead to their other addresses only. */
export async function releaseNamesAt(
  tx: Tx,
  setting: Setting,
  place: NameAddress,
  personId: number | null,
): Promise<Outcome> {
  await lockNames(tx);
  const found = await findNamesOfAddress(tx, setting.rules, place);
  if (!found.ok) return found;
  for (const name of found.value.released) await giveUp(tx, setting, name, personId);
  for (const name of found.value.kept) {
    const isOther = ({ zoneId, address }: NameAddress) => zoneId !== place.zoneId || address !== place.address;
    await change(tx, setting, name, { addresses: name.addresses.filter(isOther) }, personId);
  }
  return accept();
}

async function lockAs(
  tx: Tx,
  person: Person,
  nameId: number,
  states: readonly NameState[],
): Promise<Outcome<PresentName>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  await lockNames(tx);
  const name = await findName(tx, nameId);
  return name !== undefined && states.includes(name.state) ? accept(name) : refuse("domain-changed");
}

function giveUp(tx: Tx, setting: Setting, name: PresentName, personId: number | null): Promise<unknown> {
  return name.state === "in-use" ? release(tx, setting, name, personId) : free(tx, setting, name, personId);
}

function release(tx: Tx, setting: Setting, name: PresentName, personId: number | null): Promise<number> {
  const rest = {
    state: "quarantined",
    grounds: null,
    until: quarantineEnd(setting.now, setting.rules),
    ...pointsNowhere,
  } as const;
  return change(tx, setting, name, rest, personId);
}

async function free(tx: Tx, setting: Setting, name: PresentName, personId: number | null): Promise<void> {
  await endName(tx, name.id, { endedBy: personId, now: setting.now });
  await record(tx, setting, "name-freed", name, personId);
}

/** Ends the row of a name and begins the next. @returns its id */
export async function change(
  tx: Tx,
  setting: Setting,
  name: PresentName,
  into: Partial<NameBeginning>,
  personId: number | null,
): Promise<number> {
  const { id, ...present } = name;
  const { now } = setting;
  await endName(tx, id, { endedBy: personId, now });
  const next = { ...present, ...into };
  const nextId = await insertName(tx, next, { begunBy: personId, now });
  if (nextId === undefined) throw new Error(`changing ${name.name}: somebody has it, in spite of the lock`);
  const event = next.state === name.state ? "name-pointed" : `name-${next.state}`;
  await record(tx, setting, event, { ...next, id: nextId }, personId);
  if (name.state === "in-use" || next.state === "in-use") await setting.tasks.enqueue(tx, "write-zones", {});
  return nextId;
}

function record(
  tx: Tx,
  { now }: Setting,
  event: string,
  { id, name, state, addresses, aliasOf }: PresentName,
  personId: number | null,
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "infrastructure" } : {}),
    event,
    subject: { kind: "name", id },
    details: { name, state, pointsAt: aliasOf ?? addresses.map(({ address }) => address).join(" ") },
  });
}
