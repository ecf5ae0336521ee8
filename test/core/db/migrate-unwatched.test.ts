import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../../core/db/migrate.ts";
import { emptyDatabase } from "../../support/database.ts";
import { makeTemporaryFolder, query } from "../../support/server.ts";

const files = new URL("../../../core/db/migrations", import.meta.url).pathname;
const before = 62;

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

test("what was down when its last check was removed was down until then, and no longer", async () => {
  await take((number) => number < before);
  await query(
    empty.config,
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
      empty.config,
      `insert into monitor_check (target_id, settings, added_at, removed_at)
       select id, '{"kind": "icmp", "address": "${address}"}', '2026-11-01', ${removedAt} from monitor_target where name = '${name}'`,
    );
  }
  await query(
    empty.config,
    `insert into outage (target_id, started_at, confirmed_at)
     select id, '2026-11-22 09:00Z', '2026-11-22 09:01Z' from monitor_target`,
  );
  await take((number) => number === before);
  const { rows } = await query(
    empty.config,
    "select name, ended_at from outage join monitor_target as target on target.id = target_id order by name",
  );
  expect(rows.map(({ name, ended_at }) => [name, ended_at])).toEqual([
    ["Jam mundur", new Date("2026-11-22T09:00:00Z")],
    ["Sisa", null],
    ["Tanpa", new Date("2026-11-22T11:00:00Z")],
  ]);
});
