import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../../core/db/migrate.ts";
import { emptyDatabase } from "../../support/database.ts";
import { makeTemporaryFolder, query } from "../../support/server.ts";

const files = new URL("../../../core/db/migrations", import.meta.url).pathname;
const before = 63;

let folder: string;
let empty: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => {
  folder = await makeTemporaryFolder();
  empty = await emptyDatabase();
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await empty.drop();
  await rm(folder, { recursive: true });
});

async function take(isMeant: (number: number) => boolean): Promise<void> {
  for (const name of await readdir(files))
    if (isMeant(Number.parseInt(name, 10))) await cp(join(files, name), join(folder, name));
  await migrate(empty.config, folder);
}

test("what an outage lies behind is what it lay behind when it began", async () => {
  await take((number) => number < before);
  await query(
    empty.config,
    "insert into monitor_target (kind, name, added_at) values ('device', 'Trunk', now()), ('site', 'Kantor', now())",
  );
  await query(
    empty.config,
    `insert into outage (target_id, started_at, confirmed_at, root_id)
     select target.id, now(), now(), trunk.id
     from monitor_target as target left join monitor_target as trunk on trunk.kind = 'device' and target.kind = 'site'`,
  );
  await take((number) => number === before);
  const { rows } = await query(
    empty.config,
    `select target.name, trunk.name as behind from outage join monitor_target as target on target.id = target_id
       left join monitor_target as trunk on trunk.id = began_behind_id order by target.name`,
  );
  expect(rows).toEqual([
    { name: "Kantor", behind: "Trunk" },
    { name: "Trunk", behind: null },
  ]);
});
