import { afterAll, beforeAll, expect, test } from "vitest";
import { openBefore } from "../../support/around-migration.ts";
import { query } from "../../support/server.ts";

let before: Awaited<ReturnType<typeof openBefore>>;
beforeAll(async () => {
  before = await openBefore(63);
});
afterAll(() => before.close());

test("what an outage lies behind is what it lay behind when it began", async () => {
  await query(
    before.config,
    "insert into monitor_target (kind, name, added_at) values ('device', 'Trunk', now()), ('site', 'Kantor', now())",
  );
  await query(
    before.config,
    `insert into outage (target_id, started_at, confirmed_at, root_id)
     select target.id, now(), now(), trunk.id
     from monitor_target as target left join monitor_target as trunk on trunk.kind = 'device' and target.kind = 'site'`,
  );
  await before.migrate();
  const { rows } = await query(
    before.config,
    `select target.name, trunk.name as behind from outage join monitor_target as target on target.id = target_id
       left join monitor_target as trunk on trunk.id = began_behind_id order by target.name`,
  );
  expect(rows).toEqual([
    { name: "Kantor", behind: "Trunk" },
    { name: "Trunk", behind: null },
  ]);
});
