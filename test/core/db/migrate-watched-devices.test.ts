import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../../core/db/migrate.ts";
import { emptyDatabase } from "../../support/database.ts";
import { makeTemporaryFolder, query } from "../../support/server.ts";

const files = new URL("../../../core/db/migrations", import.meta.url).pathname;
const before = 61;

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

test("what is watched by the name of a device of the inventory becomes that device", async () => {
  await take((number) => number < before);
  await query(
    empty.config,
    `with office as (insert into office (code, name) values ('Dinkes', 'Dinas Kesehatan') returning id),
       person as (insert into person (name, office_id, created_at) select 'Rina', id, now() from office returning id)
     insert into asset (kind, name, office_id, state, added_by, added_at, changed_at)
     select kind, asset.name, office.id, state, person.id, now(), now() from office, person, (values
       ('switch', 'SW-1', 'in-use'), ('outlet', 'Outlet', 'in-use'), ('router', 'Gudang', 'retired'), ('router', 'Kantor', 'in-use')
     ) as asset (kind, name, state)`,
  );
  await query(
    empty.config,
    `insert into monitor_target (kind, name, added_at, removed_at) values ('device', 'sw-1', now(), null), ('device', 'SW-1', now(), now()),
       ('device', 'Outlet', now(), null), ('device', 'Gudang', now(), null), ('site', 'Kantor', now(), null)`,
  );
  await take((number) => number === before);
  const { rows } = await query(
    empty.config,
    "select target.name as target, asset.name as asset from monitor_target as target join asset on asset.id = asset_id",
  );
  expect(rows).toEqual([{ target: "sw-1", asset: "SW-1" }]);
});
