import { personInContact } from "../../domain/monitoring/contact.ts";
import { ancestorsOf } from "../../domain/monitoring/tree.ts";
import type { Person } from "../../domain/people/person.ts";
import { listPeopleOfOffice } from "../people/people.ts";
import type { Db } from "../tables.ts";
import { listTargetsAround, type StoredTarget } from "./monitor-targets.ts";

/** More than work in one office. */
const mostPeople = 1_000;

/** Who can be asked at a site. @property words as it was entered, with a telephone number @property person who that is in the register */
export type SiteContact = { siteName: string; words: string; person: Person | undefined };

/** Of the site whose power a target depends on. */
export async function findSiteContact(db: Db, targetId: number): Promise<SiteContact | undefined> {
  const site = await findSite(db, targetId, ({ contact }) => contact !== null);
  if (site?.contact == null) return undefined;
  const people = site.officeId === null ? [] : await listPeopleOfOffice(db, site.officeId, "", mostPeople);
  return { siteName: site.name, words: site.contact, person: personInContact(site.contact, people) };
}

/** Where to go when a target is down. @property words an address, or what tells the way */
export type SitePlace = { siteName: string; words: string };

export async function findSitePlace(db: Db, targetId: number): Promise<SitePlace | undefined> {
  const site = await findSite(db, targetId, ({ place }) => place !== null);
  return site?.place == null ? undefined : { siteName: site.name, words: site.place };
}

/**
 * The nearest of which that is known: itself, what it lies behind, or the only one that lies right behind it. A link ends at the one
 * behind it, which comes first.
 */
async function findSite(
  db: Db,
  targetId: number,
  isKnown: (site: StoredTarget) => boolean,
): Promise<StoredTarget | undefined> {
  const targets = await listTargetsAround(db, targetId);
  const tree = new Map(targets.map((target) => [target.id, target]));
  const above = [targetId, ...ancestorsOf(targetId, tree)].flatMap((id) => tree.get(id) ?? []);
  const behind = targets.filter(({ parentId, kind }) => parentId === targetId && kind === "site");
  const fits = (target: StoredTarget) => target.kind === "site" && isKnown(target);
  const end = behind.length === 1 ? behind.find(fits) : undefined;
  return (tree.get(targetId)?.kind === "link" ? end : undefined) ?? above.find(fits) ?? end;
}
