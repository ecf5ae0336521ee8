/** Begins a backup of the server over that folder into that archive, says so, and never ends: for tests to kill. */
import { join } from "node:path";
import { connectToRunning } from "../../core/db/postgres/embedded-postgres.ts";
import { beginPhysicalBackup } from "../../core/db/postgres/physical-backup.ts";
import { openArchive } from "../../runbooks/archive/write-archive.ts";

const [home = "", path = ""] = process.argv.slice(2);
const config = await connectToRunning(home);
if (config === undefined) throw new Error(`nothing runs over ${home}`);
const archive = await openArchive(path);
const backup = await beginPhysicalBackup(config);
await archive.addFile("postgres/PG_VERSION", join(backup.dataDirectory, "PG_VERSION"));
console.log("begun");
setInterval(() => undefined, 60_000);
