import { expect, test } from "vitest";
import { preparePulumiState, pulumiStateOf } from "../../../../core/db/hosting/pulumi-state.ts";
import { emptyDatabase } from "../../../support/database.ts";
import { query } from "../../../support/server.ts";

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

test("what is written of a stack is known by its hash, also where the same is written at another time", async () => {
  const { config, drop } = await emptyDatabase();
  const state = await preparePulumiState(config);
  const hash = () => state.hashOfWritten("stacks/simpul/app-x.json");
  expect(await hash()).toBe("");

  await query(config, "create table pulumi.pulumi_state (key text primary key, data json)");
  expect(await hash()).toBe("");
  const write = async (time: string, file = "app-x.json") => {
    const row = `(current_database() || '/.pulumi/stacks/simpul/${file}', '{"manifest":{"time":"${time}"}}')`;
    const again = "on conflict (key) do update set data = excluded.data";
    await query(config, `insert into pulumi.pulumi_state values ${row} ${again}`);
    return hash();
  };
  const first = await write("10:00");
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await write("10:00")).toBe(first);
  expect(await write("10:01", "app-x.json.bak")).toBe(first);
  expect(await write("10:01", "app-y.json")).toBe(first);
  expect(await write("10:01")).not.toBe(first);
  await drop();
});
