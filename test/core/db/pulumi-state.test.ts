import { expect, test } from "vitest";
import { preparePulumiState, pulumiStateOf } from "../../../core/db/pulumi-state.ts";
import { emptyDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";

test.each([
  [
    "of a server",
    { connectionString: "postgres://owner:ge%23heim@db:5433/simpul?sslmode=require" },
    "postgres://owner@db:5433/simpul?sslmode=require&search_path=pulumi",
    "ge#heim",
  ],
  [
    "of a server without TLS",
    { connectionString: "postgres://owner@db/simpul" },
    "postgres://owner@db/simpul?search_path=pulumi&sslmode=disable",
    undefined,
  ],
  [
    "that is embedded",
    { host: "/run/simpul", port: 5432, user: "simpul_owner", password: "geheim", database: "simpul" },
    "postgres:///simpul?host=%2Frun%2Fsimpul&port=5432&user=simpul_owner&search_path=pulumi&sslmode=disable",
    "geheim",
  ],
])(
  "Pulumi's state is in a schema of the database %s, and its address holds no password",
  (_, config, url, password) => {
    expect(pulumiStateOf(config)).toEqual({ backendUrl: url, password });
  },
);

test("the schema is made once", async () => {
  const { config, drop } = await emptyDatabase();
  await preparePulumiState(config);
  await preparePulumiState(config);
  const schemas = await query(config, "select 1 from pg_namespace where nspname = 'pulumi'");
  expect(schemas).toMatchObject({ rowCount: 1 });
  await drop();
});
