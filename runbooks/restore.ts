import { resolve } from "node:path";
import { Readable } from "node:stream";
import { $, quote } from "zx";
import type { Environment } from "../config/env.ts";
import { beTheOnlyOne } from "../core/db/only-one.ts";
import { isEmptyDatabase, readServerVersion } from "../core/db/postgres/contents.ts";
import { openEmbeddedPostgres } from "../core/db/postgres/embedded-postgres.ts";
import { embeddedVersion } from "../core/db/postgres/postgres-binaries.ts";
import { checkReachable } from "../core/db/postgres/postgres-cluster.ts";
import type { Manifest } from "./archive/manifest.ts";
import { type CheckedArchive, openCheckedArchive } from "./archive/read-archive.ts";
import { checkEmptyHome, checkMembers, checkNoFiles, placeMembers } from "./place-members.ts";
import { connectionOf, findTool, majorOf } from "./postgres-tools.ts";
import { Refused } from "./refused.ts";
import { checkRestored, type Restored } from "./restored.ts";
import { step } from "./step.ts";

export const summary = "makes an installation out of an archive, in an empty folder or database";
export const parameters = "BACKUP";
export const leastParameters = 1;
export const mostParameters = 1;

/** A recovery reads what was written while the backup was made. */
const recoveryPatienceMs = 10 * 60_000;

/** @param given the archive */
export async function run(environment: Environment, [given = ""]: readonly string[]): Promise<void> {
  const path = resolve(process.env.INIT_CWD ?? ".", given);

  step(`check every byte of ${path}`);
  await using archive = await openCheckedArchive(path);
  const { manifest } = archive;
  checkMembers(manifest);

  const restored =
    manifest.database.kind === "embedded"
      ? await restoreCluster(environment, archive)
      : await restoreDump(environment, archive, manifest.database);
  report(environment, manifest, restored);
}

/** An embedded database: its data directory, which recovers at the first start. */
async function restoreCluster({ home, databaseUrl }: Environment, archive: CheckedArchive): Promise<Restored> {
  const { manifest } = archive;
  step(`see that ${home} is empty`);
  if (databaseUrl !== undefined) {
    throw new Refused(
      "This backup holds an embedded database: leave DATABASE_URL unset, and set SIMPUL_HOME to an empty folder.",
    );
  }
  await checkEmptyHome(home);
  await checkReachable(home);
  const [made, present] = [manifest.database.server, await embeddedVersion()];
  if (majorOf(made) !== majorOf(present)) {
    throw new Refused(
      `The backup is of PostgreSQL ${made}, and this Simpul brings ${present}: restore with a version of Simpul that brings ${majorOf(made)}.`,
    );
  }

  step("put everything in its place");
  await placeMembers(home, archive);

  step("start the database once, which recovers it");
  const postgres = await openEmbeddedPostgres({ home, patienceMs: recoveryPatienceMs });
  try {
    step("check migrations and journal");
    return await checkRestored(postgres.config, manifest);
  } finally {
    await postgres.stop();
  }
}

/** A dump, into the empty database of DATABASE_URL, by the server's own tool. */
async function restoreDump(
  { home, databaseUrl }: Environment,
  archive: CheckedArchive,
  made: { server: string; pgDump: string },
): Promise<Restored> {
  const { manifest } = archive;
  step("see that the database of DATABASE_URL is empty");
  if (databaseUrl === undefined) {
    throw new Refused("This backup is the dump of a server's database: set DATABASE_URL to an empty database.");
  }
  await checkNoFiles(home, manifest);
  const config = { connectionString: databaseUrl };
  const held = await beTheOnlyOne(config, () => undefined);
  try {
    if (!(await isEmptyDatabase(config))) {
      throw new Refused(
        "The database of DATABASE_URL is not empty: make a new one, for example CREATE DATABASE simpul2.",
      );
    }
    const server = await readServerVersion(config);
    if (majorOf(server) < majorOf(made.server)) {
      throw new Refused(
        `The backup is of PostgreSQL ${made.server}, and the server of DATABASE_URL is ${server}: take a newer one.`,
      );
    }

    step("find pg_restore");
    await findTool("pg_restore", made.pgDump);

    step("restore the database");
    await loadDump(archive, databaseUrl);

    step("put the files in their place");
    await placeMembers(home, archive);

    step("check migrations and journal");
    return await checkRestored(config, manifest);
  } finally {
    await held.close();
  }
}

/** All of it in one transaction. Owner and rights are set by the next start. */
async function loadDump(archive: CheckedArchive, databaseUrl: string): Promise<void> {
  const { address, env } = connectionOf(databaseUrl);
  for await (const { path, content } of archive.members()) {
    if (path !== "database.dump") continue;
    await $({
      env,
      input: Readable.from(content),
    })`pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname=${address}`;
    return;
  }
  throw new Refused("The backup holds no dump.");
}

function report({ home, databaseUrl }: Environment, manifest: Manifest, restored: Restored): void {
  const { pending, journal, tickets, people, newestMessageAt } = restored;
  const upgrades = pending.length === 0 ? "" : `\n  migrations      ${pending.length} run at the next start`;
  const settings = [
    `SIMPUL_HOME=${quote(home)}`,
    ...(databaseUrl === undefined ? [] : ["DATABASE_URL=…"]),
    `SIMPUL_PROFILE=${manifest.profile}`,
    ...(manifest.purpose === "telegram" ? ["TELEGRAM_BOT_TOKEN=…"] : []),
  ];
  process.stdout.write(`
Restored the backup of ${manifest.madeAt}:
  tickets         ${tickets}
  people          ${people}
  journal         ${journal.rows} rows, head ${journal.head}
  newest message  ${newestMessageAt?.toISOString() ?? "none"}${upgrades}
What happened after that is not in it. See that no other Simpul goes on with the same token, then start this one:
  ${settings.join(" ")} npm start
`);
}
