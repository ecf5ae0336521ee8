import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountScripts } from "../../worker/hosting/account-scripts.ts";
import { databaseScripts } from "../../worker/hosting/database-scripts.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";

const given = {
  ...{ MARIADB_ROOT_PASSWORD: "rahasia-admin", POSTGRES_PASSWORD: "rahasia-admin" },
  DATABASE_ADDRESS: "10.40.0.5",
};
const own = { APPLICATION_PASSWORD: "rahasia aplikasi", APPLICATION_DATABASE: "app_simpeg" };
const account = "vendor_7\n10.40.0.5\n2026-12-12T17:00:00.000Z\nrahasia vendor\n";

/** Keeps how it was called, and what psql would take a variable for: the output of what stands between backticks. */
const client = `#!/bin/sh
printf '%s\\n' "$@" >"$SEEN/arguments"
cat >"$SEEN/input"
sh -c "$(sed -n 's/^\\\\set password \`\\(.*\\)\`$/\\1/p' "$SEEN/input")" >"$SEEN/password"
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const name of ["psql", "mariadb"]) {
    writeFileSync(join(folder.path, name), client);
    chmodSync(join(folder.path, name), 0o755);
  }
});
afterAll(() => folder[Symbol.asyncDispose]());

function run(script: string, input: string) {
  const env = { ...given, ...own, SEEN: folder.path, PATH: `${folder.path}:${process.env.PATH}` };
  const { status } = spawnSync("sh", ["-c", script], { env, input });
  const read = (name: string) => readFileSync(join(folder.path, name), "utf8");
  return { status, arguments: read("arguments"), input: read("input"), password: read("password") };
}

const scripts = (["mariadb", "postgresql"] as const).flatMap((engine) => [
  ...Object.entries(databaseScripts[engine]).map(([name, script]) => [engine, name, script, ""] as const),
  ...Object.entries(accountScripts[engine]).map(([name, script]) => [engine, name, script, account] as const),
]);

it.each(scripts)("no password is seen by who lists the processes of %s: %s", (_engine, _name, script, input) => {
  const ran = run(script, input);
  expect(ran.status).toBe(0);
  expect(ran.arguments).not.toContain("rahasia");
});

it.each([
  ["the application", databaseScripts.postgresql.prepare, "", own.APPLICATION_PASSWORD],
  ["a vendor who reads", accountScripts.postgresql.read, account, "rahasia vendor"],
  ["a vendor who changes", accountScripts.postgresql.change, account, "rahasia vendor"],
])("psql takes the password of %s out of its environment", (_who, script, input, password) => {
  expect(run(script, input)).toMatchObject({ password, input: expect.not.stringContaining("rahasia") });
});

it.each(Object.entries(accountScripts.postgresql))(
  "no name that psql uses as administrator means what an application made: %s",
  (_name, script) => {
    expect(run(script, account).input).toMatch(/^SET search_path = pg_catalog;\n/);
  },
);

it.each([
  ["the application", databaseScripts.mariadb.prepare, "", own.APPLICATION_PASSWORD],
  ["a vendor", accountScripts.mariadb.read, account, "rahasia vendor"],
])("MariaDB's client reads the password of %s", (_who, script, input, password) => {
  expect(run(script, input).input).toContain(`IDENTIFIED BY '${password}'`);
});

it.each(["mariadb", "postgresql"] as const)("%s is asked where its application asks it", (engine) => {
  expect(run(databaseScripts[engine].ask, "").arguments).toContain(`--host=${given.DATABASE_ADDRESS}\n`);
});
