import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { migrate } from "../../core/db/migrate.ts";
import { emptyDatabase } from "./database.ts";
import { makeTemporaryFolder } from "./server.ts";

const files = new URL("../../core/db/migrations", import.meta.url).pathname;

/** A database as it was right before a migration, for a test of what that makes of its rows. */
export async function openBefore(migration: number) {
  const folder = await makeTemporaryFolder();
  const { config, drop } = await emptyDatabase();
  async function take(isMeant: (number: number) => boolean): Promise<void> {
    for (const name of await readdir(files))
      if (isMeant(Number.parseInt(name, 10))) await cp(join(files, name), join(folder, name));
    await migrate(config, folder);
  }
  await take((number) => number < migration);
  return {
    config,
    /** Takes that migration, and no later one. */
    migrate: () => take((number) => number === migration),
    async close(): Promise<void> {
      await drop();
      await rm(folder, { recursive: true });
    },
  };
}
