import { personInContact } from "../domain/monitoring/contact.ts";
import { ancestorsOf } from "../domain/monitoring/tree.ts";
import type { Person } from "../domain/people/person.ts";
import { listTargets, type StoredTarget } from "./monitor-targets.ts";
import { listPeopleOfOffice } from "./people.ts";
import type { Db } from "./tables.ts";

/** More than work in one office. */
const mostPeople = 1_000;

/** Who can be asked at a site. @property words as it was entered, with a telephone number @property person who that is in the register */
export type SiteContact = { siteName: string; words: string; person: Person | undefined };

/** Of the site whose power a target depends on: itself, what it lies behind, or the only one that lies right behind it. */
export async function findSiteContact(db: Db, targetId: number): Promise<SiteContact | undefined> {
  const targets = await listTargets(db);
  const tree = new Map(targets.map((target) => [target.id, target]));
  const above = [targetId, ...ancestorsOf(targetId, tree)].flatMap((id) => tree.get(id) ?? []);
  const behind = targets.filter(({ parentId, kind }) => parentId === targetId && kind === "site");
  const site = above.find(hasContact) ?? (behind.length === 1 ? behind.find(hasContact) : undefined);
  if (site?.contact == null) return undefined;
  const people = site.officeId === null ? [] : await listPeopleOfOffice(db, site.officeId, "", mostPeople);
  return { siteName: site.name, words: site.contact, person: personInContact(site.contact, people) };
}

function hasContact({ kind, contact }: StoredTarget): boolean {
  return kind === "site" && contact !== null;
}
