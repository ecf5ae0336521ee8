import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { migrate } from "../../../core/db/migrate.ts";
import { prepared } from "../../../core/db/postgres/preparing-client.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { databaseOf, query } from "../../support/server.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

describe("a value from the database", () => {
  it.each([
    ["a bigint is a number", "9007199254740991::bigint", 9007199254740991],
    ["a count is a number", "count(*)", 1],
    ["bigints in an array are numbers", "array[1, null, 3]::bigint[]", [1, null, 3]],
    ["an empty array of bigints is empty", "'{}'::bigint[]", []],
    ["an instant is a Date", "timestamptz '2026-01-31 23:30+07'", new Date("2026-01-31T16:30:00Z")],
    ["a day stays the day that was written", "date '2026-01-31'", "2026-01-31"],
    ["an instant as text is in UTC", "(timestamptz '2026-01-31 23:30+07')::text", "2026-01-31 16:30:00+00"],
  ])("%s", async (_, expression, expected) => {
    expect(await fetchValue(expression)).toEqual(expected);
  });

  it.each(["9007199254740993::bigint", "array[9007199254740993]::bigint[]"])(
    "is refused rather than rounded: %s",
    async (expression) => {
      await expect(fetchValue(expression)).rejects.toThrow("9007199254740993 is beyond what a number holds");
    },
  );
});

it("works as the application's role", async () => {
  expect(await fetchValue("current_user")).toBe("simpul_app");
});

it("keeps nothing of a transaction that throws", async () => {
  const work = database.db.transaction().execute(async (tx) => {
    await tx.insertInto("office").values({ code: "dinkes", name: "Dinas Kesehatan" }).execute();
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect(await database.db.selectFrom("office").selectAll().execute()).toEqual([]);
});

it("refuses a database that is not in UTF-8, in a sentence", async () => {
  const { server } = inject("postgres");
  await query(server, "create database old encoding 'SQL_ASCII' locale 'C' template template0");
  onTestFinished(async () => void (await query(server, "drop database old")));
  await expect(migrate(databaseOf(server, "old"))).rejects.toThrow("has the encoding SQL_ASCII, and Simpul needs UTF8");
});

it("has a statement that is marked prepared once on a connection, and no other", async () => {
  const texts = await database.db.transaction().execute(async (tx) => {
    for (const value of [1, 2, 3]) {
      await sql`select ${value}::int ${prepared}`.execute(tx);
      await sql`select ${value}::int`.execute(tx);
    }
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like 'select $1::int%'`.execute(tx);
    return rows.map(({ statement }) => statement.trim());
  });
  expect(texts).toEqual(["select $1::int /* prepared */"]);
});

async function fetchValue(expression: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(database.db);
  return rows[0]?.value;
}
