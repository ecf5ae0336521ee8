import { listPrefixes, lockPrefix } from "../../db/ipam/prefixes.ts";
import { type NameReading, nameImports } from "../../db/list-imports.ts";
import { findNameNow } from "../../db/names/names.ts";
import { listVillages } from "../../db/names/villages.ts";
import { listOffices } from "../../db/people/offices.ts";
import type { Tx } from "../../db/tables.ts";
import type { FileLine } from "../../domain/form/csv.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { withDomain } from "../../domain/names/domain-name.ts";
import type { PresentName } from "../../domain/names/name.ts";
import { inOrderOfNeed, type NameLine, type NameProblem, readNameLine } from "../../domain/names/name-file.ts";
import { leadsTo } from "../../domain/names/target.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { byLine, keepLists } from "../keep-lists.ts";
import type { Setting } from "../setting.ts";
import { assignName } from "./give-name.ts";
import { addVillage } from "./villages.ts";

const lists = keepLists({
  imports: nameImports,
  maySend: refusalOfManaging,
  importedAlready: (values) => refuse("list-imported-already", values),
  event: "names-imported",
});

export const { receive: receiveNameFile, discard: discardNames } = lists;

/**
 * Does with each line what is done by hand: a village is added, a name given. Whoever only wants to know what would come
 * of it rolls the transaction back.
 *
 * @returns the lines that were done, those that are there already, and what is wrong with the others
 */
export async function takeNames(
  tx: Tx,
  person: Person,
  setting: Setting,
  lines: readonly FileLine[],
): Promise<NameReading> {
  // Prefixes before names, always in the same order.
  const prefixIds = (await listPrefixes(tx)).map(({ id }) => id).sort((one, other) => one - other);
  for (const id of prefixIds) await lockPrefix(tx, id);
  const offices = await listOffices(tx);
  const taken: { ready: FileLine[]; known: number[]; problems: NameProblem[] } = { ready: [], known: [], problems: [] };
  let villages = await listVillages(tx);
  for (const each of inOrderOfNeed(lines)) {
    const read = readNameLine(each, { offices, villages });
    const done = read.ok ? await take(tx, person, setting, read.value) : read;
    if (done.ok && done.value === "known") taken.known.push(each.line);
    else if (done.ok) taken.ready.push(each);
    else taken.problems.push({ line: each.line, ...done.refusal });
    if (read.ok && read.value.kind === "village-itself") villages = await listVillages(tx);
  }
  if (taken.ready.length > 0) await setting.tasks.enqueue(tx, "write-zones", {});
  return byLine(taken);
}

async function take(tx: Tx, person: Person, setting: Setting, line: NameLine): Promise<Outcome<"known" | "done">> {
  if (line.kind === "village-itself") {
    const added = await addVillage(tx, person, setting, { answers: line.answers });
    if (added.ok) return accept("done");
    return added.refusal.code === "village-known" ? accept("known") : added;
  }
  const present = await findNameNow(tx, withDomain(line.name, setting.rules.names.domain));
  if (present !== undefined && isSame(present, line)) return accept("known");
  if (line.state !== "in-use") return refuse("name-state-not-imported");
  if (present?.state === "in-use") return refuse("domain-in-use", { name: present.name });
  const { kind, name, officeId, villageId, answers } = line;
  const input = { kind, name, officeId, villageId, answers, isOneOfMany: true };
  const given = await assignName(tx, person, setting, input);
  return given.ok ? accept("done") : given;
}

/** It is there as the list says it. */
function isSame(present: PresentName, line: Exclude<NameLine, { kind: "village-itself" }>): boolean {
  const { state, kind, grounds } = present;
  if (state !== line.state || kind !== line.kind) return false;
  if (grounds === null) return true;
  if (grounds.officeId !== line.officeId || grounds.villageId !== line.villageId) return false;
  const { name: purpose, target, elsewhere = null } = line.answers;
  return grounds.name === purpose && present.elsewhere === elsewhere && leadsTo(present, target);
}

/** Gives what the list holds. */
export const importNames = lists.importBy(takeNames);
