import { afterAll, beforeAll, expect, test } from "vitest";
import { openBefore } from "../../support/around-migration.ts";
import { query } from "../../support/server.ts";

let before: Awaited<ReturnType<typeof openBefore>>;
beforeAll(async () => {
  before = await openBefore(53);
});
afterAll(() => before.close());

test("what was an application with nothing but heartbeats becomes a job; all may be public as before", async () => {
  await query(
    before.config,
    `insert into monitor_target (kind, name, added_at) select kind, name, now() from (values
      ('application', 'Backup'), ('application', 'SIMPEG'), ('application', 'Keduanya'), ('application', 'Tanpa'),
      ('device', 'Kotak')) as target (kind, name)`,
  );
  const beat = '{"kind": "heartbeat", "everySeconds": 60, "graceSeconds": 60}';
  const page = '{"kind": "http", "url": "http://10.1.1.1/", "status": null, "text": null}';
  for (const [name, settings, removed] of [
    ["Backup", beat, null],
    ["Backup", page, "now"],
    ["SIMPEG", page, null],
    ["Keduanya", page, null],
    ["Keduanya", beat, null],
    ["Kotak", beat, null],
  ]) {
    const removedAt = removed === null ? "null" : "now()";
    await query(
      before.config,
      `insert into monitor_check (target_id, settings, added_at, removed_at)
       select id, '${settings}', now(), ${removedAt} from monitor_target where name = '${name}'`,
    );
  }
  await before.migrate();
  const { rows } = await query(before.config, "select name, kind, is_public from monitor_target order by name");
  expect(rows.map(({ name, kind, is_public }) => [name, kind, is_public])).toEqual([
    ["Backup", "job", true],
    ["Keduanya", "application", true],
    ["Kotak", "device", true],
    ["SIMPEG", "application", true],
    ["Tanpa", "application", true],
  ]);
});
