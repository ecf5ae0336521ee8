import { findApplicationOfTicket } from "../../db/hosting/applications.ts";
import { listAddressesOfTicket } from "../../db/ipam/address-lists.ts";
import { endRange, giveBack, insertRanges, type StoredRange } from "../../db/ipam/address-ranges.ts";
import type { StoredPrefix } from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { showAddress } from "../../domain/ipam/address.ts";
import { quarantineEnd } from "../../domain/ipam/ipam-rules.ts";
import { showRange } from "../../domain/ipam/range-text.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { releaseNamesAt } from "../names/change-name.ts";
import type { Setting } from "../setting.ts";
import { type LockedRange, lockRange, lockRangeAs } from "./lock-range.ts";
import { tellOfReservation } from "./tell-of-reservation.ts";

/** An assigned address is given back, with the names that lead to it: nobody gets it for the time of its quarantine. */
export async function releaseAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rangeId: number },
): Promise<Outcome<number>> {
  const found = await lockRangeAs(tx, person, input.rangeId, ["assigned"]);
  return found.ok ? release(tx, setting, found.value, person.id) : found;
}

/** The assigned addresses of a ticket are given back with their names, by whoever may end what had them. */
export async function releaseAddressesOfTicket(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  { personId }: { personId: number },
): Promise<Outcome> {
  for (const { id } of await listAddressesOfTicket(tx, ticketId)) {
    const found = await lockRange(tx, id);
    if (found?.range.kind !== "assigned") continue;
    const released = await release(tx, setting, found, personId);
    if (!released.ok) return released;
  }
  return accept();
}

async function release(
  tx: Tx,
  setting: Setting,
  { range, prefix }: LockedRange,
  personId: number,
): Promise<Outcome<number>> {
  const { now, rules } = setting;
  const released = await releaseNamesAt(tx, setting, placeOf({ range, prefix }), personId);
  if (!released.ok) return released;
  await endRange(tx, range.id, { endedBy: personId, now });
  const quarantine = { kind: "quarantined", range, grounds: null, until: quarantineEnd(now, rules) } as const;
  const [quarantineId = 0] = await insertRanges(tx, prefix, [quarantine], { begunBy: personId, now });
  await record(tx, setting, "address-released", range, { personId, prefix });
  return accept(quarantineId);
}

/** What was reserved is given to whom it was reserved for. */
export async function useReservation(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rangeId: number },
): Promise<Outcome<number>> {
  const found = await lockRangeAs(tx, person, input.rangeId, ["reserved"]);
  return found.ok ? accept(await use(tx, setting, found.value, person.id)) : found;
}

/** What is reserved for a ticket is given to it, by whoever may decide that. */
export async function useReservationsOfTicket(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  { personId }: { personId: number },
): Promise<void> {
  for (const { id } of await listAddressesOfTicket(tx, ticketId)) {
    const found = await lockRange(tx, id);
    if (found?.range.kind === "reserved") await use(tx, setting, found, personId);
  }
}

/** @returns the id of its range from now on */
async function use(tx: Tx, setting: Setting, { range, prefix }: LockedRange, personId: number): Promise<number> {
  const { now } = setting;
  await endRange(tx, range.id, { endedBy: personId, now });
  const assignment = { kind: "assigned", range, grounds: range.grounds, until: null } as const;
  const [assignmentId = 0] = await insertRanges(tx, prefix, [assignment], { begunBy: personId, now });
  await record(tx, setting, "address-assigned", { ...range, id: assignmentId }, { personId, prefix });
  return assignmentId;
}

/** Frees at once what is reserved, quarantined or kept free. */
export async function freeRange(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rangeId: number },
): Promise<Outcome> {
  const found = await lockRangeAs(tx, person, input.rangeId, ["reserved", "quarantined", "kept-free"]);
  if (!found.ok) return found;
  const freed = await free(tx, setting, found.value, person.id);
  if (freed.ok) await withdrawPlanWith(tx, setting, found.value.range);
  return freed;
}

/** What is planned with an address that is somebody else's from now on is built by nobody's hand. */
async function withdrawPlanWith(tx: Tx, { tasks }: Setting, { kind, grounds }: StoredRange): Promise<void> {
  const ticketId = grounds?.ticketId ?? null;
  if (kind !== "reserved" || ticketId === null) return;
  const planned = await findApplicationOfTicket(tx, ticketId);
  if (planned !== undefined) await tasks.enqueue(tx, "withdraw-plan", { stack: planned.stack });
}

/** Frees what was reserved for something that will not be, by whoever may end that. */
export async function freeReservedAddress(
  tx: Tx,
  setting: Setting,
  rangeId: number,
  { personId }: { personId: number | null },
): Promise<void> {
  const found = await lockRange(tx, rangeId);
  if (found?.range.kind !== "reserved") return;
  const freed = await free(tx, setting, found, personId);
  if (!freed.ok) throw new Error(`freeing address ${rangeId}, which is not needed: ${freed.refusal.code}`);
}

/**
 * The clock: the addresses of a ticket are free at once, without a quarantine: nobody has heard of them for a long time. No
 * names lead to them.
 */
export async function freeAddressesOfTicket(tx: Tx, setting: Setting, ticketId: number): Promise<void> {
  for (const { id } of await listAddressesOfTicket(tx, ticketId)) {
    const found = await lockRange(tx, id);
    const freed = found && (await free(tx, setting, found, null));
    if (freed?.ok === false) throw new Error(`freeing address ${id} by the clock: ${freed.refusal.code}`);
  }
}

/** The clock: frees what was reserved or quarantined until now, and tells whose reservation that was. Safe to do twice. */
export async function freeExpired(tx: Tx, setting: Setting, input: { rangeId: number }): Promise<void> {
  const found = await lockRange(tx, input.rangeId);
  const until = found?.range.until ?? null;
  if (found === undefined || until === null || until > setting.now) return;
  const freed = await free(tx, setting, found, null);
  if (!freed.ok) throw new Error(`freeing address ${input.rangeId} by the clock: ${freed.refusal.code}`);
  const { range } = found;
  await withdrawPlanWith(tx, setting, range);
  if (range.kind === "reserved") {
    await tellOfReservation(tx, setting, range, { kind: "reservation-ended", rangeId: range.id });
  }
}

/** Only names that are reserved themselves lead to what is reserved. */
async function free(
  tx: Tx,
  setting: Setting,
  { range, prefix }: LockedRange,
  personId: number | null,
): Promise<Outcome> {
  if (range.kind === "reserved") {
    const released = await releaseNamesAt(tx, setting, placeOf({ range, prefix }), personId);
    if (!released.ok) return released;
  }
  await endRange(tx, range.id, { endedBy: personId, now: setting.now });
  await giveBack(tx, prefix, range);
  await record(tx, setting, "address-freed", range, { personId, prefix });
  return accept();
}

/** Of a range of one address. */
function placeOf({ range: { family, first: number }, prefix }: LockedRange): { zoneId: number; address: string } {
  return { zoneId: prefix.zoneId, address: showAddress({ family, number }) };
}

function record(
  tx: Tx,
  { now }: Setting,
  event: "address-released" | "address-assigned" | "address-freed",
  range: StoredRange,
  { personId, prefix }: { personId: number | null; prefix: StoredPrefix },
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "infrastructure" } : {}),
    event,
    subject: { kind: "address", id: range.id },
    details: { address: showRange(range), prefixId: prefix.id, kind: range.kind },
  });
}
