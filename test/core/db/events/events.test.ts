import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { openEvents } from "../../../../core/db/events/events.ts";
import { freshDatabase, type TestDatabase } from "../../../support/database.ts";
import { query } from "../../../support/server.ts";
import { describeEvents } from "./events-expectations.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

const ours = "datname = current_database() and application_name = 'simpul events'";

describeEvents({
  open: (onFault) => openEvents({ config: database.config, db: database.db, onFault }),
  disturb: async () => void (await query(database.config, "select pg_notify('simpul', 'not ours')")),
  cutConnections: async () =>
    void (await query(database.config, `select pg_terminate_backend(pid) from pg_stat_activity where ${ours}`)),
  async listeningConnections() {
    const { rowCount } = await query(database.config, `select from pg_stat_activity where ${ours}`);
    return rowCount ?? 0;
  },
  async letPass(bucket, seconds) {
    const ago = `${seconds} seconds`;
    await sql`update rate_bucket set refilled_at = refilled_at - ${ago}::interval where bucket = ${bucket}`.execute(
      database.owner,
    );
  },
});
