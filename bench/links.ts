import { measureBursts } from "./links/bursts.ts";
import { measureCrowd } from "./links/crowd.ts";
import { measureCuts } from "./links/cut.ts";
import { measureYear } from "./links/year.ts";
import { numberIn } from "./number-in.ts";
import type { Row } from "./report.ts";

/** Of more in half an hour the router would be said to flap, which is no new message. */
const mostCuts = 3;
const full = {
  seconds: 60,
  cuts: mostCuts,
  depth: { samples: 7, minutes: 14, hours: 400, days: 400, outagesEach: 10 },
};
const short = { cuts: 1, depth: { samples: 1, minutes: 1, hours: 10, days: 400, outagesEach: 10 } };

/**
 * What it costs to watch links, how soon an outage is told, how the database grows, and how soon people see how all is.
 * `LINKS_SECONDS` is for how long costs are measured; with it all is less, and no figures are published.
 */
export async function links(): Promise<Row[] | undefined> {
  const given = numberIn("LINKS_SECONDS");
  const { seconds, cuts, depth } = given === undefined ? full : { ...short, seconds: given };
  const rows = [
    ...(await measureBursts(seconds)),
    ...(await measureCrowd(seconds)),
    ...(await measureCuts(seconds, cuts)),
    ...(await measureYear(depth)),
  ];
  if (given === undefined) return rows;
  for (const { what, figure, compared = "" } of rows) console.log(`${what}: ${figure} (${compared})`);
  return undefined;
}
