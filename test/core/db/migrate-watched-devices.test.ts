import { afterAll, beforeAll, expect, test } from "vitest";
import { openBefore } from "../../support/around-migration.ts";
import { query } from "../../support/server.ts";

let before: Awaited<ReturnType<typeof openBefore>>;
beforeAll(async () => {
  before = await openBefore(61);
});
afterAll(() => before.close());

test("what is watched by the name of a device of the inventory becomes that device", async () => {
  await query(
    before.config,
    `with office as (insert into office (code, name) values ('Dinkes', 'Dinas Kesehatan') returning id),
       person as (insert into person (name, office_id, created_at) select 'Rina', id, now() from office returning id)
     insert into asset (kind, name, office_id, state, added_by, added_at, changed_at)
     select kind, asset.name, office.id, state, person.id, now(), now() from office, person, (values
       ('switch', 'SW-1', 'in-use'), ('outlet', 'Outlet', 'in-use'), ('router', 'Gudang', 'retired'), ('router', 'Kantor', 'in-use')
     ) as asset (kind, name, state)`,
  );
  await query(
    before.config,
    `insert into monitor_target (kind, name, added_at, removed_at) values ('device', 'sw-1', now(), null), ('device', 'SW-1', now(), now()),
       ('device', 'Outlet', now(), null), ('device', 'Gudang', now(), null), ('site', 'Kantor', now(), null)`,
  );
  await before.migrate();
  const { rows } = await query(
    before.config,
    "select target.name as target, asset.name as asset from monitor_target as target join asset on asset.id = asset_id",
  );
  expect(rows).toEqual([{ target: "sw-1", asset: "SW-1" }]);
});
