import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../../core/db/migrate.ts";
import { emptyDatabase } from "../../support/database.ts";
import { makeTemporaryFolder, query } from "../../support/server.ts";

const files = new URL("../../../core/db/migrations", import.meta.url).pathname;
const before = 53;

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

test("what was an application with nothing but heartbeats becomes a job; all may be public as before", async () => {
  await take((number) => number < before);
  await query(
    empty.config,
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
      empty.config,
      `insert into monitor_check (target_id, settings, added_at, removed_at)
       select id, '${settings}', now(), ${removedAt} from monitor_target where name = '${name}'`,
    );
  }
  await take((number) => number === before);
  const { rows } = await query(empty.config, "select name, kind, is_public from monitor_target order by name");
  expect(rows.map(({ name, kind, is_public }) => [name, kind, is_public])).toEqual([
    ["Backup", "job", true],
    ["Keduanya", "application", true],
    ["Kotak", "device", true],
    ["SIMPEG", "application", true],
    ["Tanpa", "application", true],
  ]);
});
