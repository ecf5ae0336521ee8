import type { TestOffice } from "./office.ts";
import { withTargets } from "./watched.ts";

/**
 * An hour in which a trunk of provider B was down for ten minutes, with all behind it: a link of A, an office behind that, and
 * another link of B.
 *
 * @returns ids
 */
export async function putFallenTrunk(office: TestOffice) {
  const watched = withTargets(office);
  const link = (name: string, provider: string, behind: number | null = null) =>
    watched.put(name, { kind: "link", ...(behind === null ? {} : { behind }), answers: { provider } });
  const trunk = await link("Trunk", "B");
  const other = await link("Link A", "A", trunk.targetId);
  const site = await watched.put("Kantor", { kind: "site", officeCode: "Dinkes", behind: other.targetId });
  const same = await link("Link B", "B", trunk.targetId);
  const checkIds = [trunk, other, site, same].map(({ checkId }) => checkId);
  for (let seconds = 0; seconds < 3_600; seconds += 60) {
    const isDown = seconds >= 600 && seconds < 1_200;
    await watched.record(seconds, isDown ? { down: checkIds } : { up: checkIds });
    if (isDown) await watched.look(seconds + 31);
  }
  return { trunkId: trunk.targetId, otherId: other.targetId, siteId: site.targetId, sameId: same.targetId };
}
