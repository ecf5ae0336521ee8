import { findFirstFree, findRangeAt, insertRanges, type StoredRange, takeOut } from "../../db/ipam/address-ranges.ts";
import { lockPrefix, type StoredPrefix } from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import type { Answers } from "../../domain/form/field.ts";
import { type Address, parseAddress, showAddress } from "../../domain/ipam/address.ts";
import type { Grounds } from "../../domain/ipam/address-range.ts";
import { groundsFields, reservedUntil } from "../../domain/ipam/grounds.ts";
import { refusalOfManaging, refusalOfTaking } from "../../domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../domain/ipam/prefix.ts";
import { reminderOf } from "../../domain/ipam/reservation.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { findBasis } from "../hosting/find-basis.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";

/** An address that was given: the id of its range, and the address. */
export type Given = { rangeId: number; address: string };

type Wish = {
  prefixId: number;
  /** null: the next that is free */
  address: string | null;
  officeId: number;
};

/**
 * Gives an address of a prefix to an office.
 *
 * @param input.answers of `groundsFields`
 */
export function assignAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Wish & { answers: Answers },
): Promise<Outcome<Given>> {
  return giveAddress(tx, person, setting, { ...input, kind: "assigned" });
}

/**
 * Keeps an address for an office until a day, such as for the time of an approval; then the clock frees it.
 *
 * @param input.answers of `groundsFields` and `reservedUntil`
 */
export function reserveAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Wish & { answers: Answers },
): Promise<Outcome<Given>> {
  return giveAddress(tx, person, setting, { ...input, kind: "reserved" });
}

async function giveAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Wish & { kind: "assigned" | "reserved"; answers: Answers },
): Promise<Outcome<Given>> {
  const { kind, officeId } = input;
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const fields = kind === "reserved" ? [...groundsFields, reservedUntil] : groundsFields;
  const answers = readEntered(setting, fields, input.answers);
  if (!answers.ok) return answers;
  const grounds = await groundsOf(tx, officeId, answers.value);
  if (!grounds.ok) return grounds;
  const until = kind === "reserved" ? endOfDay(answers.value.until ?? "", setting.rules.zone) : null;
  const { prefixId, address } = input;
  return placeAddress(tx, setting, { prefixId, address, kind, grounds: grounds.value, until }, { personId: person.id });
}

/**
 * Takes an address out of a prefix for somebody, by whoever may do that.
 *
 * @param wanted.address null: the next that is free
 * @param wanted.until the end of what is reserved; null of what is assigned
 */
export async function placeAddress(
  tx: Tx,
  setting: Setting,
  wanted: {
    prefixId: number;
    address: string | null;
    kind: "assigned" | "reserved";
    grounds: Grounds;
    until: Date | null;
  },
  { personId }: { personId: number },
): Promise<Outcome<Given>> {
  const { kind, grounds, until } = wanted;
  const { now, rules } = setting;
  const prefix = await lockPrefix(tx, wanted.prefixId);
  if (prefix === undefined || prefix.isRemoved) return refuse("no-such-prefix");
  const found = wanted.address === null ? await nextFree(tx, prefix) : await wished(tx, prefix, wanted.address);
  if (!found.ok) return found;
  const { address, free } = found.value;
  const range = { first: address.number, last: address.number };
  await takeOut(tx, prefix, free, range);
  const beginning = { kind, range, grounds, until, remindAt: until && reminderOf(until, now, rules.zone) };
  const [rangeId = 0] = await insertRanges(tx, prefix, [beginning], { begunBy: personId, now });
  const shown = showAddress(address);
  await writeJournal(tx, {
    at: now,
    actorId: personId,
    event: `address-${kind}`,
    subject: { kind: "address", id: rangeId },
    details: { address: shown, prefixId: prefix.id, officeId: grounds.officeId, ticketId: grounds.ticketId },
  });
  return accept({ rangeId, address: shown });
}

type Found = { address: Address; free: StoredRange };

async function nextFree(tx: Tx, prefix: StoredPrefix): Promise<Outcome<Found>> {
  const free = await findFirstFree(tx, prefix.id);
  if (free === undefined) return refuse("prefix-full", { prefix: showPrefix(prefix) });
  return accept({ free, address: { family: free.family, number: free.first } });
}

async function wished(tx: Tx, prefix: StoredPrefix, entered: string): Promise<Outcome<Found>> {
  const parsed = parseAddress(entered);
  const range = parsed.ok ? await findRangeAt(tx, prefix.zoneId, parsed.value) : undefined;
  const may = parsed.ok ? refusalOfTaking(prefix, prefix.id, parsed.value, range) : parsed;
  if (!may.ok) return refuseAbout("address", may.refusal);
  if (!parsed.ok || range === undefined) throw new Error(`${entered} can be given and is in no range`);
  return accept({ free: range, address: parsed.value });
}

/** @param answers of `groundsFields` that were read */
export async function groundsOf<Office extends number | null>(
  tx: Tx,
  officeId: Office,
  { name = "", basis = "" }: Answers,
): Promise<Outcome<Grounds & { officeId: Office }>> {
  const found = await findBasis(tx, basis);
  return found.ok ? accept({ name, officeId, ...found.value }) : found;
}
