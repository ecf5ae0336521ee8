import { listPrefixes } from "../../db/ipam/prefixes.ts";
import { deleteOtherChecks, listChecks, saveCheck } from "../../db/names/name-checks.ts";
import { listNamesInUse } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import { type Address, addressOf, showAddress } from "../../domain/ipam/address.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { findingOf } from "../../domain/names/finding.ts";
import type { PresentName } from "../../domain/names/name.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** What the resolver answered for a name; one that got no answer is not among them, and stays as it was found last. */
export type Answered = { name: string; addresses: readonly Address[] };

/** Somebody asks for it now, beside the schedule. */
export async function askForNameCheck(tx: Tx, person: Person, setting: Setting): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  await setting.tasks.enqueue(tx, "check-names", {});
  return accept();
}

/** Keeps what was found. Infrastructure is told once of all that have changed since the last time; a name that is right on first sight has not. */
export async function recordNameChecks(tx: Tx, setting: Setting, answered: readonly Answered[]): Promise<void> {
  const { now } = setting;
  const prefixes = await listPrefixes(tx);
  const inUse = new Map((await listNamesInUse(tx)).map((name) => [name.name, name]));
  const former = new Map((await listChecks(tx)).map((check) => [check.name, check]));
  let hasNews = false;
  for (const { name, addresses } of answered) {
    const present = inUse.get(name);
    if (present === undefined) continue;
    const registered = registeredOf(present, inUse);
    const finding = findingOf({ addresses, registered, isElsewhere: present.elsewhere !== null }, prefixes);
    const before = former.get(name);
    const isNews = finding !== (before?.finding ?? "as-registered");
    const changedAt = isNews ? now : (before?.changedAt ?? null);
    await saveCheck(tx, { name, finding, seen: addresses.map(showAddress), checkedAt: now, changedAt });
    hasNews ||= isNews;
  }
  await deleteOtherChecks(tx, [...inUse.keys()]);
  if (!hasNews) return;
  await tellRole(tx, "infrastructure", { kind: "names-flagged", changedAt: now.toISOString() }, setting);
}

/** Where the register says that it leads, over aliases. */
function registeredOf(name: PresentName, inUse: ReadonlyMap<string, PresentName>): Address[] {
  const seen = new Set<string>();
  for (let at: PresentName | undefined = name; at !== undefined && !seen.has(at.name); ) {
    if (at.aliasOf === null) return at.addresses.map(({ address }) => addressOf(address));
    seen.add(at.name);
    at = inUse.get(at.aliasOf);
  }
  return [];
}
