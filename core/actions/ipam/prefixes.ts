import {
  countTaken,
  deleteAllFree,
  findRangeAt,
  giveBack,
  insertFree,
  moveRanges,
  takeOut,
} from "../../db/ipam/address-ranges.ts";
import { endScan } from "../../db/ipam/address-scans.ts";
import {
  insertPrefix,
  keepZone,
  listPrefixes,
  lockPrefix,
  lockZone,
  markRemoved,
  renamePrefix,
  type StoredPrefix,
  type Zone,
} from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { rangeName } from "../../domain/ipam/grounds.ts";
import { refusalOfAdding, refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { nestedIn, parentOf } from "../../domain/ipam/nesting.ts";
import { ownRangesOf, type Prefix, parsePrefix, showPrefix, usableOf } from "../../domain/ipam/prefix.ts";
import { prefixFields } from "../../domain/ipam/prefix-fields.ts";
import { intersection, type Range, subtract } from "../../domain/ipam/ranges.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";

/**
 * Adds a prefix to a zone, which is made where it is new. What lies in it goes over to it from the prefix around it.
 *
 * @param input.answers of `prefixFields`
 * @returns its id
 */
export async function addPrefix(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, prefixFields, input.answers);
  if (!answers.ok) return answers;
  const { zone: zoneName = "", network = "", name = "" } = answers.value;
  const parsed = parsePrefix(network);
  if (!parsed.ok) return parsed;
  const zone = await keepZone(tx, zoneName);
  return placePrefix(tx, setting, { zone, prefix: parsed.value, name }, { personId: person.id });
}

/** What is done after the authorisation, in a zone that is locked. */
export async function placePrefix(
  tx: Tx,
  setting: Setting,
  { zone, prefix, name }: { zone: Zone; prefix: Prefix; name: string },
  { personId }: { personId: number },
): Promise<Outcome<number>> {
  const known = await listPrefixes(tx, zone.id);
  const parent = parentOf(prefix, known);
  const locked = parent && (await lockPrefix(tx, parent.id));
  const edges = await rangesAtEdges(tx, { ...prefix, zoneId: zone.id }, locked);
  const mayAdd = refusalOfAdding(
    prefix,
    known,
    edges.filter(({ kind }) => kind !== "free"),
  );
  if (!mayAdd.ok) return refuseAbout("network", mayAdd.refusal);

  const id = await insertPrefix(tx, { zoneId: zone.id, prefix, name, addedBy: personId, now: setting.now });
  const added = { ...prefix, id, zoneId: zone.id };
  if (locked === undefined) await insertFree(tx, added, ownRangesOf(prefix, nestedIn(prefix, known)));
  else await takeOver(tx, locked, added, nestedIn(prefix, known));
  await setting.tasks.enqueue(tx, "write-zones", {});
  await record(tx, personId, setting, "prefix-added", id, { zoneId: zone.id, network: showPrefix(prefix) });
  return accept(id);
}

type Place = Pick<StoredPrefix, "id" | "zoneId" | "family" | "first" | "last" | "length">;

/** What is now at its first and its last address, of the prefix around it. */
async function rangesAtEdges(tx: Tx, prefix: Omit<Place, "id">, parent: StoredPrefix | undefined) {
  const found = [];
  for (const number of [prefix.first, prefix.last]) {
    const range = await findRangeAt(tx, prefix.zoneId, { family: prefix.family, number });
    if (range !== undefined && range.prefixId === parent?.id) found.push(range);
  }
  return found;
}

/**
 * What lies in the new prefix goes over to it. Only free ranges reach out of it: they are cut at its edges. What one of
 * both cannot give, as its network's own or its broadcast address, the other may.
 *
 * @param nested the prefixes right below the new one
 */
async function takeOver(tx: Tx, parent: StoredPrefix, added: Place, nested: readonly Range[]): Promise<void> {
  const rangeAt = (number: bigint) => findRangeAt(tx, added.zoneId, { family: added.family, number });
  for (const number of [added.first, added.last]) {
    const range = await rangeAt(number);
    const inside = range && intersection(range, added);
    if (range?.kind !== "free" || range.prefixId !== parent.id || inside === undefined) continue;
    await takeOut(tx, parent, range, inside);
    await insertFree(tx, parent, [inside]);
  }
  await moveRanges(tx, parent.id, added);
  for (const edge of subtract(added, [usableOf(added)])) {
    const range = await rangeAt(edge.first);
    if (range?.prefixId === added.id) await takeOut(tx, added, range, edge);
  }
  for (const edge of subtract(usableOf(added), [usableOf(parent), ...nested])) await giveBack(tx, added, edge);
}

/** What it is for; its network stays what it is. */
export async function changePrefix(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { prefixId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, [rangeName], input.answers);
  if (!answers.ok) return answers;
  const prefix = await lockPrefix(tx, input.prefixId);
  if (prefix === undefined || prefix.isRemoved) return refuse("no-such-prefix");
  await renamePrefix(tx, prefix.id, answers.value.name ?? "");
  await record(tx, person.id, setting, "prefix-renamed", prefix.id);
  return accept();
}

/** Of a prefix in which nothing is given; what is nested in it stays, and the rest goes back to the prefix around it. */
export async function removePrefix(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { prefixId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  return takePrefixAway(tx, setting, input.prefixId, { personId: person.id });
}

/** What is done after the authorisation. @param by.personId null: a machine, whose work is not wanted any more */
export async function takePrefixAway(
  tx: Tx,
  setting: Setting,
  prefixId: number,
  { personId }: { personId: number | null },
): Promise<Outcome> {
  const removed = await lockWithParent(tx, prefixId);
  if (removed === undefined) return refuse("no-such-prefix");
  const { prefix, parent, nested } = removed;
  const taken = await countTaken(tx, prefix.id);
  if (taken > 0) return refuse("prefix-in-use", { count: taken });

  await endScan(tx, prefix.id, setting.now);
  await deleteAllFree(tx, prefix.id);
  await markRemoved(tx, prefix.id, { removedBy: personId, now: setting.now });
  const regained = parent && intersection(prefix, usableOf(parent));
  if (parent !== undefined && regained !== undefined) {
    for (const range of subtract(regained, nested)) await giveBack(tx, parent, range);
  }
  await setting.tasks.enqueue(tx, "write-zones", {});
  await record(tx, personId, setting, "prefix-removed", prefix.id);
  return accept();
}

/** Its zone is locked before: the prefixes in it stay as they are. */
async function lockWithParent(tx: Tx, prefixId: number) {
  const seen = (await listPrefixes(tx)).find(({ id }) => id === prefixId);
  if (seen === undefined) return undefined;
  await lockZone(tx, seen.zoneId);
  const known = await listPrefixes(tx, seen.zoneId);
  const parent = parentOf(seen, known);
  const locked = parent && (await lockPrefix(tx, parent.id));
  const prefix = await lockPrefix(tx, prefixId);
  if (prefix === undefined || prefix.isRemoved) return undefined;
  return { prefix, parent: locked, nested: nestedIn(prefix, known) };
}

function record(
  tx: Tx,
  actorId: number | null,
  { now }: Setting,
  event: "prefix-added" | "prefix-renamed" | "prefix-removed",
  id: number,
  details: Record<string, string | number> = {},
): Promise<void> {
  const onBehalfOf = actorId === null ? { onBehalfOf: "infrastructure" as const } : {};
  return writeJournal(tx, { at: now, actorId, ...onBehalfOf, event, subject: { kind: "prefix", id }, details });
}
