import { temporaryFolder } from "../test/e2e/support/folders.ts";
import { sharesOf } from "./load/cpu-profile.ts";
import { openLoad } from "./load/desk.ts";
import type { Row } from "./report.ts";

const [users, seconds] = [200, 20];

/** What Simpul's process does with its time under the load of `intake`. */
export async function profile(): Promise<Row[]> {
  await using folder = await temporaryFolder();
  const load = await openLoad("unlimited", ["--cpu-prof", `--cpu-prof-dir=${folder.path}/profile`]);
  await load.ask({ do: "keep-asking", users, seconds, text: "/menu" });
  // It writes the profile at its end.
  await load[Symbol.asyncDispose]();
  const shares = await sharesOf(`${folder.path}/profile`);
  return shares.map(([what, share]) => ({ what, figure: `${(share * 100).toFixed(1)} %` }));
}
