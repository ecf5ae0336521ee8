import { afterAll, beforeAll, expect, test } from "vitest";
import { openBefore } from "../../support/around-migration.ts";
import { query } from "../../support/server.ts";

let before: Awaited<ReturnType<typeof openBefore>>;
beforeAll(async () => {
  before = await openBefore(71);
});
afterAll(() => before.close());

test("an outage that ended when its target was paused was not watched to its end", async () => {
  await query(
    before.config,
    `insert into monitor_target (kind, name, added_at) select 'device', name, now() from (values
      ('Dijeda'), ('Pulih'), ('Terputus')) as target (name)`,
  );
  await query(
    before.config,
    `insert into outage (target_id, started_at, confirmed_at, ended_at)
     select id, '2026-11-22 09:00Z', '2026-11-22 09:01Z', case when name <> 'Terputus' then timestamptz '2026-11-22 10:00Z' end
     from monitor_target`,
  );
  await query(
    before.config,
    `insert into monitor_change (target_id, from_state, to_state, at, confirmed_at)
     select id, 'down', case name when 'Pulih' then 'up' else 'unknown' end, '2026-11-22 10:00Z', '2026-11-22 10:00Z'
     from monitor_target`,
  );
  await before.migrate();
  const { rows } = await query(
    before.config,
    "select name, is_unwatched from outage join monitor_target as target on target.id = target_id order by name",
  );
  expect(rows.map(({ name, is_unwatched }) => [name, is_unwatched])).toEqual([
    ["Dijeda", true],
    ["Pulih", false],
    ["Terputus", false],
  ]);
});
