/**
 * A Simpul as far as its database, for tests to kill: opens the folder, then writes numbers until it dies.
 * Says a line for each thing that happened: `open`, the name of the refusal, or a number that was committed.
 */
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import { query, WITHOUT_SYNC } from "./server.ts";

const [home = "", task] = process.argv.slice(2);

try {
  const server = await openEmbeddedPostgres({ home, ...WITHOUT_SYNC });
  console.log("open");
  if (task === "stop") await server.stop();
  if (task === "write")
    await query(server.config, "drop table if exists number; create table number (number int primary key)");
  for (let number = 1; task === "write"; number++) {
    await query(server.config, "insert into number values ($1)", [number]);
    console.log(number);
  }
} catch (error) {
  console.log(error instanceof Error && error.name === "AlreadyRunning" ? "AlreadyRunning" : error);
  process.exitCode = 1;
}
