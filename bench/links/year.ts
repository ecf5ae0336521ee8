import { THROW_AWAY } from "../../test/support/server.ts";
import type { Row } from "../report.ts";
import { rowsOfGrowth, sizesOf } from "./growth.ts";
import { type Depth, makeHistory } from "./history.ts";
import { openWatchedOffice } from "./office.ts";
import { measurePictures } from "./pictures.ts";
import { measureScreens } from "./screens.ts";

/** How a year of 400 targets lies on disk, and how soon people see something of it. */
export async function measureYear(depth: Depth): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  // What is read is as in an office; only that it is made is quicker.
  const { office } = await openWatchedOffice(stack, THROW_AWAY.settings);
  const before = await sizesOf(office.database.owner);
  const begin = performance.now();
  const history = await makeHistory(office, depth);
  const after = await sizesOf(office.database.owner);
  console.log(`links: a year was made in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  return [
    ...rowsOfGrowth(before, after),
    ...(await measureScreens(office, history)),
    ...(await measurePictures(office, history)),
  ];
}
