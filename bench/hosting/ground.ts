import type pg from "pg";
import { connect } from "../../core/db/database.ts";
import { migrate } from "../../core/db/migrate.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import { installTasks } from "../../core/db/tasks.ts";
import { type DockerEngine, openDockerEngine } from "../../test/e2e/support/docker-engine.ts";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import { makeYardImages, openYard, type Yard } from "../../test/e2e/support/hosting-yard.ts";
import { openDatabase } from "../../test/support/database.ts";
import { databaseOf, query } from "../../test/support/server.ts";

/** An engine of the benchmark's own, and yards on it, each with its office, its worker and its proxy. */
export async function openGround(
  stack: AsyncDisposableStack,
  { yards: count }: { yards: number },
): Promise<{ engine: DockerEngine; yards: Yard[] }> {
  const folder = stack.use(await temporaryFolder());
  const postgres = await openEmbeddedPostgres({ home: folder.path });
  stack.defer(() => postgres.stop());
  const engine = stack.use(await openDockerEngine());
  const images = await makeYardImages(engine, folder.path);
  const yards: Yard[] = [];
  for (let number = 1; number <= count; number++) {
    const config = await newDatabase(postgres.config, `yard_${number}`);
    const drop = () => Promise.resolve();
    yards.push(stack.use(await openYard(engine, openDatabase(config, drop), { number, images })));
  }
  return { engine, yards };
}

async function newDatabase(server: pg.ClientConfig, name: string): Promise<pg.ClientConfig> {
  await query(server, `create database ${name} encoding 'UTF8' template template0`);
  const config = databaseOf(server, name);
  await migrate(config);
  const { pool, close } = connect(config, { as: "owner", max: 2 });
  await installTasks(pool);
  await close();
  return config;
}
