import { afterAll, beforeAll, expect, test } from "vitest";
import { openBefore } from "../../support/around-migration.ts";
import { query } from "../../support/server.ts";

let before: Awaited<ReturnType<typeof openBefore>>;
beforeAll(async () => {
  before = await openBefore(62);
});
afterAll(() => before.close());

test("what was down when its last check was removed was down until then, and no longer", async () => {
  await query(
    before.config,
    `insert into monitor_target (kind, name, added_at) select 'device', name, now() from (values
      ('Tanpa'), ('Sisa'), ('Jam mundur')) as target (name)`,
  );
  for (const [name, address, removedAt] of [
    ["Tanpa", "10.1.1.1", "'2026-11-22 10:00Z'"],
    ["Tanpa", "10.1.1.2", "'2026-11-22 11:00Z'"],
    ["Sisa", "10.1.1.3", "'2026-11-22 11:00Z'"],
    ["Sisa", "10.1.1.4", "null"],
    ["Jam mundur", "10.1.1.5", "'2026-11-22 08:00Z'"],
  ]) {
    await query(
      before.config,
      `insert into monitor_check (target_id, settings, added_at, removed_at)
       select id, '{"kind": "icmp", "address": "${address}"}', '2026-11-01', ${removedAt} from monitor_target where name = '${name}'`,
    );
  }
  await query(
    before.config,
    `insert into outage (target_id, started_at, confirmed_at)
     select id, '2026-11-22 09:00Z', '2026-11-22 09:01Z' from monitor_target`,
  );
  await before.migrate();
  const { rows } = await query(
    before.config,
    "select name, ended_at from outage join monitor_target as target on target.id = target_id order by name",
  );
  expect(rows.map(({ name, ended_at }) => [name, ended_at])).toEqual([
    ["Jam mundur", new Date("2026-11-22T09:00:00Z")],
    ["Sisa", null],
    ["Tanpa", new Date("2026-11-22T11:00:00Z")],
  ]);
});
