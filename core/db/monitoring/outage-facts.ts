import { type CauseCode, causeOf, inheritedFrom } from "../../domain/monitoring/outage.ts";
import { linkAtFault, linkTo } from "../../domain/monitoring/tree.ts";
import { findOffice } from "../people/offices.ts";
import type { Db } from "../tables.ts";
import { findTargetEver, findTargetName, listTargets, type StoredTarget } from "./monitor-targets.ts";
import { findOutage, placeOutages, type StoredOutage } from "./outages.ts";
import { findSiteContact, findSitePlace, type SiteContact, type SitePlace } from "./site-contacts.ts";

/** What there is to say of one outage. */
export type OutageFacts = {
  outage: StoredOutage;
  target: StoredTarget;
  /** "Kantor Dinkes, Dinas Kesehatan": its site and its office, or its name where nobody knows either */
  location: string;
  /** where to go */
  place: SitePlace | undefined;
  /** of what it was down by */
  rootName: string | null;
  /** of what it lay behind when it began, and may have come back before it */
  beganBehindName: string | null;
  /** as it was said of it, else of what it lay behind */
  cause: CauseCode | null;
  /** of what it lay behind and has its cause of */
  causeFromName: string | null;
  /**
   * Whose provider can be told: the link that failed; of what was down by itself, the one by which it is reached. undefined: there is
   * none, or what failed is the office's own
   */
  link: StoredTarget | undefined;
  contact: SiteContact | undefined;
};

/** undefined: there is none */
export async function findOutageFacts(db: Db, outageId: number): Promise<OutageFacts | undefined> {
  const outage = await findOutage(db, outageId);
  const target = outage && (await findTargetEver(db, outage.targetId));
  if (outage === undefined || target === undefined) return undefined;
  const root = outage.rootId === null ? undefined : await findTargetEver(db, outage.rootId);
  const known = [...(await listTargets(db)), target, ...(root === undefined ? [] : [root])];
  const targets = new Map(known.map((each) => [each.id, each]));
  const placed = (await placeOutages(db, [outage]))[0] ?? { ...outage, above: [] };
  const nameOf = async (id: number | null | undefined) =>
    id == null ? null : ((await findTargetName(db, id)) ?? null);
  const officeName = target.officeId === null ? undefined : (await findOffice(db, target.officeId)).name;
  const [contact, place] = [await findSiteContact(db, target.id), await findSitePlace(db, target.id)];
  return {
    ...{ outage, target, rootName: root?.name ?? null, beganBehindName: await nameOf(outage.beganBehindId) },
    ...{ cause: causeOf(placed), causeFromName: await nameOf(inheritedFrom(placed)?.targetId) },
    ...{ place, contact, location: locationOf(target, { officeName, siteName: (contact ?? place)?.siteName }) },
    link: root === undefined ? linkTo(target.id, targets) : linkAtFault(root.id, targets),
  };
}

/** A link is no place: it ends at a site. */
function locationOf(
  { kind, name }: StoredTarget,
  { siteName, officeName }: { siteName: string | undefined; officeName: string | undefined },
): string {
  const known = [kind === "link" ? siteName : name, officeName].filter((each) => each !== undefined);
  return known.length === 0 ? name : known.join(", ");
}
