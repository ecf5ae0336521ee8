import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { beOneOfMany, beTheOnlyOne, type Place } from "../../../core/db/only-one.ts";
import { AlreadyRunning } from "../../../core/db/postgres/embedded-postgres.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";

let database: TestDatabase;
let held: Place[] = [];
const onLost = vi.fn();

beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(held.map((place) => place.close()));
  held = [];
  onLost.mockClear();
});
afterAll(() => database.close());

async function hold(take: typeof beTheOnlyOne): Promise<void> {
  held.push(await take(database.config, onLost));
}

const holders = async () => {
  const { rowCount } = await query(
    database.config,
    `select from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and datname = current_database() and application_name = 'simpul one per database'`,
  );
  return rowCount;
};

describe("the database of DATABASE_URL", () => {
  it("has one whole Simpul", async () => {
    await hold(beTheOnlyOne);
    await expect(hold(beTheOnlyOne)).rejects.toThrow(AlreadyRunning);
  });

  it("has many parts, and beside them no whole one", async () => {
    await hold(beOneOfMany);
    await hold(beOneOfMany);
    await expect(hold(beTheOnlyOne)).rejects.toThrow("Simpul is already running on the database of DATABASE_URL");
  });

  it("has no part beside a whole one", async () => {
    await hold(beTheOnlyOne);
    await expect(hold(beOneOfMany)).rejects.toThrow("A whole Simpul (npm start), or a restore, is already running");
  });

  it("is free for a whole one when the last part has gone", async () => {
    await hold(beOneOfMany);
    await held.pop()?.close();
    await hold(beTheOnlyOne);
  });

  it("gives a part that lost its connection its place again", async () => {
    await hold(beOneOfMany);
    await hold(beOneOfMany);
    await query(
      database.config,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'simpul one per database'`,
    );

    await expect.poll(holders, { interval: 10 }).toBe(2);

    expect(onLost).not.toHaveBeenCalled();
    await expect(hold(beTheOnlyOne)).rejects.toThrow(AlreadyRunning);
  });
});
