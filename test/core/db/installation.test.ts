import { expect, test } from "vitest";
import { checkInstallation, claimInstallation } from "../../../core/db/installation.ts";
import { migrate } from "../../../core/db/migrate.ts";
import { beTheOnlyOne, ServerUnreachable } from "../../../core/db/only-one.ts";
import { emptyDatabase, freshDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";

const playground = { purpose: "playground", profile: "labura" } as const;
const telegram = { purpose: "telegram", profile: "labura" } as const;

test("a database that a token has used is refused to the playground before anything in it is changed", async () => {
  const { config, drop } = await emptyDatabase();
  await query(config, "create table installation (purpose text, profile text)");
  await query(config, "insert into installation values ('telegram', 'labura')");

  await expect(checkInstallation(config, playground)).rejects.toThrow("a bot's token has used this database");

  const { rows } = await query(config, "select tablename from pg_tables where schemaname = 'public'");
  expect(rows).toEqual([{ tablename: "installation" }]);
  await drop();
});

test("a new database may be either's, and keeps the id that names the folder of its files", async () => {
  const { config, drop } = await emptyDatabase();
  await expect(checkInstallation(config, telegram)).resolves.toBeUndefined();
  await migrate(config);
  await expect(checkInstallation(config, telegram)).resolves.toBeUndefined();
  await drop();

  const [one, other] = [await freshDatabase(), await freshDatabase()];
  const id = await claimInstallation(one.db, playground);
  expect(await claimInstallation(one.db, playground)).toBe(id);
  expect(await claimInstallation(other.db, playground)).not.toBe(id);
  await expect(claimInstallation(one.db, { ...playground, profile: "cianjur" })).rejects.toThrow(
    "it belongs to the profile labura",
  );
  await one.close();
  await other.close();
});

test("a server that cannot be reached is one sentence that names DATABASE_URL", async () => {
  const nobody = { connectionString: "postgres://simpul@127.0.0.1:1/simpul" };

  const opened = beTheOnlyOne(nobody, () => undefined);

  await expect(opened).rejects.toBeInstanceOf(ServerUnreachable);
  await expect(opened).rejects.toThrow(/^Connecting to the server of DATABASE_URL: .*ECONNREFUSED/);
});
