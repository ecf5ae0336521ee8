import { findRecordOwner, receivesMail } from "../../db/names/dns-records.ts";
import { listDependants, listNamesAt } from "../../db/names/names.ts";
import type { Db } from "../../db/tables.ts";
import type { NameAddress, PresentName } from "../../domain/names/name.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";

type Rules = Pick<Setting["rules"], "names">;

/**
 * What goes when a name goes: itself, and all that are its alias. It stays as long as there are names below it, mail comes
 * to it, it is a name server, or has records: who gets it next would have them, too.
 */
export async function findReleasedWith(db: Db, rules: Rules, name: PresentName): Promise<Outcome<PresentName[]>> {
  const released: PresentName[] = [];
  for (const waiting = [name]; ; ) {
    const next = waiting.shift();
    if (next === undefined) break;
    if (rules.names.nameServers.includes(next.name)) return refuse("domain-is-name-server", { name: next.name });
    if (await receivesMail(db, next.name)) return refuse("domain-receives-mail", { name: next.name });
    const { aliases, below } = await listDependants(db, next.name);
    const [child] = below.filter((each) => !aliases.some(({ id }) => id === each.id));
    if (child !== undefined) return refuse("domain-has-below", { name: next.name, below: child.name });
    const owner = await findRecordOwner(db, next.name);
    if (owner !== undefined) return refuse("domain-has-records", { owner });
    released.push(next);
    waiting.push(...aliases.filter((each) => !released.some(({ id }) => id === each.id)));
  }
  return accept(released);
}

/** What becomes of names when an address goes. */
export type NamesOfAddress = {
  /** They lead nowhere else, or are aliases of such. */
  released: PresentName[];
  /** They lead to another address, too. */
  kept: PresentName[];
};

export async function findNamesOfAddress(db: Db, rules: Rules, place: NameAddress): Promise<Outcome<NamesOfAddress>> {
  const names = await listNamesAt(db, place);
  const isKept = ({ addresses }: PresentName) => addresses.length > 1;
  const released = new Map<number, PresentName>();
  for (const name of names.filter((each) => !isKept(each))) {
    const found = await findReleasedWith(db, rules, name);
    if (!found.ok) return found;
    for (const each of found.value) released.set(each.id, each);
  }
  return accept({ released: [...released.values()], kept: names.filter(isKept) });
}
